package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Default;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.OneOf;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.WordsForms;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The words of Holdfast in a stack file, under `x-holdfast` of a service: so the file works without Holdfast, too.
///
/// Volumes are called as the service calls them under `volumes`: by their key in the stack, or by the host path.
@Doc("What Holdfast is told of a service of a stack file, under x-holdfast.")
public record StackExtension(
        @Doc("Hostname or ID of the node that holds the data; Holdfast looks for the data, or chooses, where absent.")
        @Example("worker-1")
        @Nullable
        String node,

        @ReadAs(WordsForms.OneOrMore.class)
        @Doc("Volumes and host paths of the service that are no data: each node has its own, and it may be lost at any"
                + " time.")
        @Example("[\"cache\"]")
        List<String> scratch,

        @Doc("A global service has data of its own on each node.")
        boolean eachNode,

        @Doc("Volumes and host paths that another service owns and this one writes too, each with the owner.")
        @Example("{\"uploads\": \"web\"}")
        Map<String, String> with,

        @ReadAs(WordsForms.OneOrMore.class)
        @Doc("Volumes and host paths of which every node sees the same data.")
        @Example("[\"/mnt/media\"]")
        List<String> shared,

        @ReadAs(WordsForms.OneOrMore.class)
        @Doc("Volumes or host paths that the service gives up and that stay behind. Remove the line after it has worked"
                + " once.")
        List<String> leave,

        @Doc("The node whose data a move leaves behind. Remove the line after it has worked once.") @Nullable
        String leaveDataOn,

        @Doc("Take over a service, volume or directory that Holdfast did not create. Remove it after it has worked"
                + " once.")
        boolean adopt,

        @ReadAs(WordsForms.Names.class)
        @Doc("Services that must have converged before this one is changed; depends_on of the file orders nothing.")
        List<String> dependsOn,

        @Valid
        @Doc("The service is no server: it runs at these times, one task that ends. A change of its file does not run"
                + " it.")
        @Example("0 2 * * *")
        @Nullable
        Schedule schedule,

        @Valid
        @Doc("A command that runs to its end before the service is changed, with its new image: a migration. If it"
                + " fails, the service stays as it is.")
        @Example("[\"./manage.py\", \"migrate\"]")
        @Nullable
        Hook before,

        @Valid @Doc("A command that runs to its end once the changed service has converged.") @Nullable
        Hook after,

        @Default("5m") @Doc("How long a rollout may take.") Duration timeout,

        @OneOf({App.PINNED, App.FOLLOW})
        @Doc("What becomes of a tag that moves: nothing until the image's line changes (pinned), or it is looked up"
                + " again and rolled out (follow). Default: what the label dev.holdfast.image_policy under deploy"
                + " says, else pinned.")
        @Nullable
        String imagePolicy,

        @Doc("What people may change by hand: replicas, for scaling by hand.")
        List<@OneOf("replicas") String> ignoreDrift) {

    public static final String KEY = "x-holdfast";

    public StackExtension {
        scratch = scratch.stream().map(TidyPath::of).toList();
        shared = shared.stream().map(TidyPath::of).toList();
        leave = leave.stream().map(TidyPath::of).toList();
    }

    /// The same with the names of the Swarm: of volumes, and of the apps that other services are.
    StackExtension inSwarm(UnaryOperator<String> source, UnaryOperator<String> app) {
        var owners = new LinkedHashMap<String, String>();
        with.forEach((word, owner) -> owners.putIfAbsent(source.apply(word), app.apply(owner)));
        return new StackExtension(
                node,
                scratch.stream().map(source).toList(),
                eachNode,
                owners,
                shared.stream().map(source).toList(),
                leave.stream().map(source).toList(),
                leaveDataOn,
                adopt,
                dependsOn.stream().map(app).toList(),
                schedule,
                before,
                after,
                timeout,
                imagePolicy,
                ignoreDrift);
    }

    public static final StackExtension NONE = new StackExtension(
            null,
            List.of(),
            false,
            Map.of(),
            List.of(),
            List.of(),
            null,
            false,
            List.of(),
            null,
            null,
            null,
            Duration.ofMinutes(5),
            null,
            List.of());
}

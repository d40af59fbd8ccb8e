package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Deploy.UpdateConfig;
import dev.holdfast.app.Directory;
import dev.holdfast.app.Port;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.Source;
import dev.holdfast.live.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From an app to the spec of its service: whole, and in the form in which the engine keeps it. Networks are named, not
/// numbered (the engine resolves them); secrets and configs have an empty ID that is filled in when the spec is sent.
public final class SpecBuilder {

    private static final Duration MONITOR = Duration.ofSeconds(10);

    private final App app;
    private final SpecContext context;

    private SpecBuilder(App app, SpecContext context) {
        this.app = app;
        this.context = context;
    }

    /// @param notSupported what the engine is too old for and the spec leaves out, a sentence for each. Sent, the
    ///     engine would drop it silently, and the app would differ for ever
    public record Built(ObjectNode spec, List<String> notSupported) {}

    public static Built build(App app, SpecContext context) {
        var notSupported = new ArrayList<String>();
        var spec = new SpecBuilder(app, context).service(notSupported);
        return new Built(spec, List.copyOf(notSupported));
    }

    private ObjectNode service(List<String> notSupported) {
        var spec = object();
        spec.put("Name", app.name());
        put(spec, "Labels", labels());
        spec.set("TaskTemplate", new TaskTemplateBuilder(app, context).taskTemplate(notSupported));
        spec.set("Mode", mode());
        var given = app.deploy();
        spec.set("UpdateConfig", replacing(given.updateConfig(), onFailure()));
        spec.set("RollbackConfig", replacing(given.rollbackConfig(), "pause"));
        spec.set("EndpointSpec", endpoint());
        return spec;
    }

    /// Swarm takes a task that ends while it is still watched for a failure: one that is never started again is
    /// meant to end.
    private String onFailure() {
        return context.persistent()
                ? "pause"
                : "none".equals(TaskTemplateBuilder.policy(app).condition()) ? "continue" : "rollback";
    }

    private TreeMap<String, String> labels() {
        var labels = new TreeMap<>(app.deploy().labels());
        labels.put(Labels.CLUSTER, context.cluster());
        labels.put(Labels.APP, app.name());
        if (context.commit() != null) {
            labels.put(Labels.COMMIT, context.commit());
        }
        labels.put(Labels.STACK, context.cluster());
        labels.put(Labels.STACK_IMAGE, app.image());
        var claims =
                app.directories().stream().map(SpecBuilder::claim).distinct().sorted();
        var list = claims.collect(Collectors.joining(","));
        if (!list.isEmpty()) {
            labels.put(Labels.CLAIMS, list);
        }
        return labels;
    }

    /// As it stands in the label. A path may hold the comma that separates claims.
    static String claim(Directory directory) {
        return ClaimsLabel.mount(Source.of(directory), directory.target(), directory.readOnly());
    }

    private ObjectNode mode() {
        var mode = object();
        if (app.deploy().isGlobal()) {
            mode.putObject("Global");
        } else {
            var replicas = app.deploy().replicas();
            mode.putObject("Replicated").put("Replicas", replicas == null ? 1 : replicas);
        }
        return mode;
    }

    /// How tasks are replaced. Two tasks side by side are safe only where they share neither data nor a port of the
    /// node; and there is no rollback of a rollback.
    private ObjectNode replacing(@Nullable UpdateConfig given, String failureAction) {
        var config = given != null ? given : new UpdateConfig(null, null, null, null, null, null);
        var hostPorts = app.ports().stream().anyMatch(port -> port.mode().equals("host"));
        var node = object();
        node.put("Parallelism", config.parallelism() == null ? 1 : config.parallelism());
        put(node, "Delay", config.delay());
        node.put("FailureAction", config.failureAction() == null ? failureAction : config.failureAction());
        put(node, "Monitor", config.monitor() == null ? MONITOR : config.monitor());
        node.put("MaxFailureRatio", config.maxFailureRatio() == null ? 0.0 : config.maxFailureRatio());
        var order = context.persistent() || hostPorts ? "stop-first" : "start-first";
        node.put("Order", config.order() == null ? order : config.order());
        return node;
    }

    private ObjectNode endpoint() {
        var endpoint = object();
        var mode = app.deploy().endpointMode();
        endpoint.put("Mode", mode == null ? "vip" : mode);
        var ports = Specs.array();
        var order = Comparator.comparingInt((Port port) -> port.published() == null ? 0 : port.published())
                .thenComparingInt(Port::target)
                .thenComparing(Port::protocol)
                .thenComparing(Port::mode);
        app.ports().stream().sorted(order).forEach(port -> {
            var node = ports.addObject();
            node.put("Protocol", port.protocol());
            node.put("TargetPort", port.target());
            put(node, "PublishedPort", port.published());
            node.put("PublishMode", port.mode());
        });
        put(endpoint, "Ports", ports);
        return endpoint;
    }
}

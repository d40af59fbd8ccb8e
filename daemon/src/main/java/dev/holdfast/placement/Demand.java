package dev.holdfast.placement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.PublishedPort;
import dev.holdfast.live.Resources;
import dev.holdfast.spec.Specs;
import dev.holdfast.spec.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a service's spec asks of a node for each of its tasks.
///
/// @param platforms `os/architecture`, either half may be empty; none where any will do
/// @param plugins `TYPE/NAME` that the node's engine must have
/// @param mostOnANode how many tasks of the service one node may run; 0 for any number
public record Demand(
        List<String> constraints,
        List<String> platforms,
        List<String> plugins,
        String isolation,
        Resources reserved,
        Set<PublishedPort> hostPorts,
        int mostOnANode) {

    private static final String HOSTNAME = "node.hostname==";

    public static Demand of(JsonNode spec) {
        var task = spec.path("TaskTemplate");
        var placement = task.path("Placement");
        var platforms = new ArrayList<String>();
        placement
                .path("Platforms")
                .forEach(platform -> platforms.add(platform.path("OS").asText() + "/"
                        + platform.path("Architecture").asText()));
        return new Demand(
                Specs.strings(placement.path("Constraints")),
                List.copyOf(platforms),
                plugins(task),
                task.path("ContainerSpec").path("Isolation").asText("default"),
                Resources.of(task.path("Resources").path("Reservations")),
                PublishedPort.of(spec.path("EndpointSpec").path("Ports"), PublishedPort.HOST),
                placement.path("MaxReplicas").asInt());
    }

    /// As the scheduler asks for them: `local` volumes need none, and neither does a log that is thrown away.
    private static List<String> plugins(JsonNode task) {
        var plugins = new ArrayList<String>();
        for (var mount : task.path("ContainerSpec").path("Mounts")) {
            var driver = mount.path("VolumeOptions")
                    .path("DriverConfig")
                    .path("Name")
                    .asText();
            if (mount.path("Type").asText().equals("volume") && !driver.isEmpty() && !driver.equals("local")) {
                plugins.add("Volume/" + driver);
            }
        }
        var log = task.path("LogDriver").path("Name").asText();
        if (!log.isEmpty() && !log.equals("none")) {
            plugins.add("Log/" + log);
        }
        return List.copyOf(plugins);
    }

    /// Without what only a Swarm can tell that somebody has seen: labels, platforms and drivers of nodes.
    public Demand ofPlaceAlone() {
        var place = constraints.stream().filter(Demand::isPlace).toList();
        return new Demand(place, List.of(), List.of(), "default", Resources.NONE, hostPorts, mostOnANode);
    }

    /// Whether it names the one node.
    private static boolean isPlace(String constraint) {
        var spelt = Spelling.constraint(constraint);
        return spelt.startsWith("node.id==") || spelt.startsWith(HOSTNAME);
    }

    /// The host name of the one node that its file's constraints leave.
    public static Optional<String> hostname(List<String> constraints) {
        return constraints.stream()
                .map(Spelling::constraint)
                .filter(constraint -> constraint.startsWith(HOSTNAME))
                .map(constraint -> constraint.substring(HOSTNAME.length()))
                .findFirst();
    }

    /// The same wherever it may run.
    Demand withoutLock() {
        var others = constraints.stream()
                .filter(constraint -> !Spelling.constraint(constraint).startsWith("node.id=="))
                .toList();
        return new Demand(others, platforms, plugins, isolation, reserved, hostPorts, mostOnANode);
    }

    /// The node of a lock.
    public Optional<String> lock() {
        return constraints.stream()
                .map(Spelling::constraint)
                .filter(constraint -> constraint.startsWith("node.id=="))
                .map(constraint -> constraint.substring("node.id==".length()))
                .findFirst();
    }

    public static int replicas(JsonNode spec) {
        var job = spec.path("Mode").path("ReplicatedJob");
        return job.isObject()
                ? job.path("MaxConcurrent").asInt(1)
                : spec.path("Mode").path("Replicated").path("Replicas").asInt(1);
    }

    public static boolean isGlobal(JsonNode spec) {
        return spec.path("Mode").has("Global") || spec.path("Mode").has("GlobalJob");
    }
}

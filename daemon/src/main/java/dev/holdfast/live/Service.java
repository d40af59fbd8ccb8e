package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.engine.WholeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A service as it is.
///
/// @param version what an update must name
/// @param spec the whole spec, raw
/// @param previousSpec what a rollback would bring back
/// @param ingress the ports of all nodes that it has, those included that the engine has picked
/// @param updateState `updating`, `paused`, `rollback_completed`, …; empty where none was ever told
/// @param updateStarted when the last rolling update began; empty where none did
public record Service(
        String id,
        String name,
        long version,
        JsonNode spec,
        @Nullable JsonNode previousSpec,
        String updateState,
        String updateMessage,
        String updateStarted,
        int running,
        int desired,
        String createdAt,
        Map<String, String> labels,
        List<Mount> mounts,
        Set<PublishedPort> ingress) {

    public static Service of(JsonNode json) {
        var spec = json.path("Spec");
        var previous = json.path("PreviousSpec");
        return new Service(
                json.path("ID").asText(),
                spec.path("Name").asText(),
                json.path("Version").path("Index").asLong(),
                spec,
                previous.isObject() ? previous : null,
                json.path("UpdateStatus").path("State").asText(),
                json.path("UpdateStatus").path("Message").asText(),
                json.path("UpdateStatus").path("StartedAt").asText(),
                json.path("ServiceStatus").path("RunningTasks").asInt(),
                json.path("ServiceStatus").path("DesiredTasks").asInt(),
                json.path("CreatedAt").asText(),
                Json.strings(spec.path("Labels")),
                Mount.ofContainerSpec(spec.path("TaskTemplate").path("ContainerSpec")),
                PublishedPort.of(
                        json.at("/Endpoint/Ports").isArray() ? json.at("/Endpoint/Ports") : ports(spec),
                        PublishedPort.INGRESS));
    }

    private static JsonNode ports(JsonNode spec) {
        return spec.path("EndpointSpec").path("Ports");
    }

    /// The ports of its nodes that each of its tasks asks for.
    public Set<PublishedPort> hostPorts() {
        return PublishedPort.of(ports(spec), PublishedPort.HOST);
    }

    /// The spec as it may be sent: with a placement, if only an empty one.
    public JsonNode wholeSpec() {
        return WholeSpec.of(spec);
    }

    public Optional<String> label(String key) {
        return Optional.ofNullable(labels.get(key));
    }

    /// Whether Holdfast owns this service under that cluster name.
    public boolean belongsTo(String cluster) {
        return cluster.equals(labels.get(Labels.CLUSTER));
    }

    /// This service as the spec that a rollback would bring back has it; empty where there is none.
    public Optional<Service> before() {
        return Optional.ofNullable(previousSpec)
                .map(old -> new Service(
                        id,
                        name,
                        version,
                        old,
                        null,
                        updateState,
                        updateMessage,
                        updateStarted,
                        running,
                        desired,
                        createdAt,
                        Json.strings(old.path("Labels")),
                        previousMounts(),
                        PublishedPort.of(ports(old), PublishedPort.INGRESS)));
    }

    /// The mounts of the spec that a rollback would bring back.
    public List<Mount> previousMounts() {
        return previousSpec == null
                ? List.of()
                : Mount.ofContainerSpec(previousSpec.path("TaskTemplate").path("ContainerSpec"));
    }

    /// The node of a `node.id==…` constraint, which is how Holdfast locks.
    public Optional<String> lockedNode() {
        return lockedNode(spec);
    }

    /// The same of a spec.
    public static Optional<String> lockedNode(JsonNode spec) {
        for (var constraint : spec.path("TaskTemplate").path("Placement").path("Constraints")) {
            var parts = constraint.asText().split("==", 2);
            if (parts.length == 2 && parts[0].strip().equals("node.id")) {
                return Optional.of(parts[1].strip());
            }
        }
        return Optional.empty();
    }

    /// Whether such constraints let it run on that node, apart from the one that stops a global service for a
    /// while.
    public boolean mayBeOn(Node node) {
        var constraints = new ArrayList<String>();
        for (var constraint : spec.path("TaskTemplate").path("Placement").path("Constraints")) {
            if (!constraint.asText().equals(Labels.STOPPED_CONSTRAINT)) {
                constraints.add(constraint.asText());
            }
        }
        return Constraints.satisfied(constraints, node);
    }

    /// Whether it runs on each node, once or for good.
    public boolean isGlobal() {
        return spec.path("Mode").has("Global") || spec.path("Mode").has("GlobalJob");
    }

    /// Whether its tasks run to their end. Every write runs it again.
    public boolean isJob() {
        return isJob(spec);
    }

    public static boolean isJob(JsonNode spec) {
        return spec.path("Mode").has("ReplicatedJob") || spec.path("Mode").has("GlobalJob");
    }

    /// Whether it stands still and runs a task at certain times, which ends.
    public boolean isScheduled() {
        return labels.containsKey(Labels.SCHEDULE);
    }

    /// Whether it is a task before or after a change of an app, and no app.
    public boolean isHook() {
        return labels.containsKey(Labels.HOOK);
    }

    /// How many instances the spec asks for; 1 for a mode that has no such number.
    public int replicas() {
        var job = spec.path("Mode").path("ReplicatedJob");
        if (job.isObject()) {
            return job.path("TotalCompletions").asInt(1);
        }
        return spec.path("Mode").path("Replicated").path("Replicas").asInt(1);
    }

    /// Whether a task that has ended well is not started again: a job, or an app that may become one.
    public boolean isOneShot() {
        return isJob()
                || !spec.path("TaskTemplate")
                        .path("RestartPolicy")
                        .path("Condition")
                        .asText("any")
                        .equals("any");
    }

    /// Whether Swarm is at replacing its tasks, or has paused at that.
    public boolean isUpdateUnfinished() {
        return switch (updateState) {
            case "updating", "paused", "rollback_started", "rollback_paused" -> true;
            default -> false;
        };
    }
}

package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/// A task as the managers know it.
///
/// @param state what it is, as far as known: the last word of its node
/// @param desiredState what Swarm wants of it
/// @param error why it failed or waits; empty where nothing is wrong
/// @param spec what it was made of, raw; missing where nobody knows
/// @param reserved what its node keeps for it
/// @param hostPorts of its node that it has; none before it runs
public record Task(
        String id,
        String serviceId,
        String nodeId,
        int slot,
        String state,
        String desiredState,
        String error,
        String timestamp,
        String createdAt,
        String containerId,
        List<Mount> mounts,
        JsonNode spec,
        Resources reserved,
        Set<PublishedPort> hostPorts) {

    private static final Set<String> PLACED =
            Set.of("assigned", "accepted", "preparing", "ready", "starting", "running");
    private static final Set<String> OVER = Set.of("complete", "shutdown", "failed", "rejected", "remove");

    static Task of(JsonNode json) {
        var status = json.path("Status");
        var container = json.path("Spec").path("ContainerSpec");
        return new Task(
                json.path("ID").asText(),
                json.path("ServiceID").asText(),
                json.path("NodeID").asText(),
                json.path("Slot").asInt(),
                status.path("State").asText(),
                json.path("DesiredState").asText(),
                status.path("Err").asText(),
                status.path("Timestamp").asText(),
                json.path("CreatedAt").asText(),
                status.path("ContainerStatus").path("ContainerID").asText(),
                Mount.ofContainerSpec(container),
                json.path("Spec"),
                Resources.of(json.path("Spec").path("Resources").path("Reservations")),
                PublishedPort.of(status.path("PortStatus").path("Ports"), PublishedPort.HOST));
    }

    /// Whether Swarm's scheduler has given it its node and keeps room for it there.
    public boolean takesRoom() {
        return PLACED.contains(state) && !nodeId.isEmpty();
    }

    /// Whether it waits for a node, or for room on the only one that it may run on.
    public boolean isPending() {
        return state.equals("pending") && desiredState.equals("running");
    }

    /// Whether its container may be there: it is at or before `running`, or `orphaned`, which only means that
    /// nobody has heard of its node for long.
    public boolean mayRun() {
        return !OVER.contains(state);
    }

    public boolean isRunning() {
        return state.equals("running");
    }

    /// Whether Swarm wants it to run, now or soon.
    public boolean isWanted() {
        return desiredState.equals("running") || desiredState.equals("ready");
    }

    /// Whether it has failed, or has ended though it should have gone on.
    public boolean isDead() {
        return state.equals("failed")
                || state.equals("rejected")
                || state.equals("complete") && desiredState.equals("shutdown");
    }
}

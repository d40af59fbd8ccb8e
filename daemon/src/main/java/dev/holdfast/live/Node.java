package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// @param state `ready`, `down`, `disconnected` or `unknown`
/// @param availability `active`, `pause` or `drain`
/// @param address the address that the managers know
/// @param resources what its tasks may reserve together; null where that is not known
/// @param plugins `TYPE/NAME` of what its engine has (`Log/json-file`); empty where that is not known
public record Node(
        String id,
        String hostname,
        String state,
        String availability,
        String role,
        boolean leader,
        Map<String, String> labels,
        Map<String, String> engineLabels,
        String os,
        String arch,
        String address,
        @Nullable Resources resources,
        Set<String> plugins) {

    /// One of which nobody knows how large it is and what is installed there.
    public Node(
            String id,
            String hostname,
            String state,
            String availability,
            String role,
            boolean leader,
            Map<String, String> labels,
            Map<String, String> engineLabels,
            String os,
            String arch,
            String address) {
        this(id, hostname, state, availability, role, leader, labels, engineLabels, os, arch, address, null, Set.of());
    }

    static Node of(JsonNode json) {
        var description = json.path("Description");
        return new Node(
                json.path("ID").asText(),
                description.path("Hostname").asText(),
                json.path("Status").path("State").asText(),
                json.path("Spec").path("Availability").asText("active"),
                json.path("Spec").path("Role").asText("worker"),
                json.path("ManagerStatus").path("Leader").asBoolean(),
                Json.strings(json.path("Spec").path("Labels")),
                Json.strings(description.path("Engine").path("Labels")),
                description.path("Platform").path("OS").asText(),
                description.path("Platform").path("Architecture").asText(),
                json.path("Status").path("Addr").asText(),
                description.path("Resources").isObject() ? Resources.of(description.path("Resources")) : null,
                plugins(description.path("Engine").path("Plugins")));
    }

    private static Set<String> plugins(JsonNode list) {
        var plugins = new TreeSet<String>();
        list.forEach(plugin -> plugins.add(
                plugin.path("Type").asText() + "/" + plugin.path("Name").asText()));
        return Set.copyOf(plugins);
    }

    /// The same under another name.
    public Node called(String name) {
        return new Node(
                id,
                name,
                state,
                availability,
                role,
                leader,
                labels,
                engineLabels,
                os,
                arch,
                address,
                resources,
                plugins);
    }

    public boolean isReady() {
        return state.equals("ready");
    }

    /// Whether Swarm has given it up and makes other tasks in place of its own. A node whose state is `unknown`, as
    /// all are for a moment after the managers have another leader, keeps its tasks.
    public boolean isDown() {
        return state.equals("down");
    }

    /// Whether tasks can be started there now.
    public boolean isUsable() {
        return isReady() && availability.equals("active");
    }
}

package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A network that the engine knows.
///
/// @param scope `swarm` for those that services can join
public record Network(
        String id,
        String name,
        String driver,
        String scope,
        boolean internal,
        boolean attachable,
        Map<String, String> options,
        List<String> subnets,
        Map<String, String> labels) {

    public static Network of(JsonNode json) {
        var subnets = new ArrayList<String>();
        for (var config : json.path("IPAM").path("Config")) {
            subnets.add(config.path("Subnet").asText());
        }
        return new Network(
                json.path("Id").asText(),
                json.path("Name").asText(),
                json.path("Driver").asText(),
                json.path("Scope").asText(),
                json.path("Internal").asBoolean(),
                json.path("Attachable").asBoolean(),
                Json.strings(json.path("Options")),
                List.copyOf(subnets),
                Json.strings(json.path("Labels")));
    }

    public boolean isSwarm() {
        return scope.equals("swarm");
    }
}

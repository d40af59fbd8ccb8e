package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// A secret or config of the Swarm; its bytes are not kept here.
public record Content(String id, String name, Map<String, String> labels) {

    public static Content of(JsonNode json) {
        return new Content(
                json.path("ID").asText(),
                json.path("Spec").path("Name").asText(),
                Json.strings(json.path("Spec").path("Labels")));
    }

    public boolean belongsTo(String cluster) {
        return cluster.equals(labels.get(Labels.CLUSTER));
    }
}

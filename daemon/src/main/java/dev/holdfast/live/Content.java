package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A secret or config of the Swarm.
///
/// @param data what a config holds, in Base64 as the engine lists it; null for a secret, which nobody can read
public record Content(
        String id,
        String name,
        Map<String, String> labels,
        @Nullable String data) {

    public static Content of(JsonNode json) {
        var spec = json.path("Spec");
        return new Content(
                json.path("ID").asText(),
                spec.path("Name").asText(),
                Json.strings(spec.path("Labels")),
                spec.path("Data").isTextual() ? spec.path("Data").asText() : null);
    }

    public boolean belongsTo(String cluster) {
        return cluster.equals(labels.get(Labels.CLUSTER));
    }
}

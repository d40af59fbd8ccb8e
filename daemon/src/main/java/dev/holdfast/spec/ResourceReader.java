package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.spec.FieldRule.Side;

/// What a task may use and what must be free for it.
final class ResourceReader {

    private ResourceReader() {}

    static void read(JsonNode node, Side side, FieldValues leaves) {
        amounts(node.path("Limits"), "deploy.resources.limits", leaves);
        // Less than none is no limit either.
        if (node.path("Limits").path("Pids").asLong() > 0) {
            leaves.putAny("deploy.resources.limits.pids", node.path("Limits").path("Pids"));
        }
        amounts(node.path("Reservations"), "deploy.resources.reservations", leaves);
        for (var resource : node.path("Reservations").path("GenericResources")) {
            resource.properties().forEach(entry -> {
                var kind = Specs.text(entry.getValue().path("Kind"));
                var value = entry.getValue().path("Value");
                leaves.put(
                        "deploy.resources.reservations.generic_resources." + kind,
                        value.isTextual() ? "\"" + value.asText() + "\"" : "" + value.asLong());
            });
        }
        node.properties().stream()
                .filter(entry ->
                        !entry.getKey().equals("Limits") && !entry.getKey().equals("Reservations"))
                .forEach(entry -> leaves.putAny("TaskTemplate.Resources." + entry.getKey(), entry.getValue()));
    }

    private static void amounts(JsonNode node, String word, FieldValues leaves) {
        var cpus = node.path("NanoCPUs").asLong();
        if (cpus != 0) {
            leaves.put(word + ".cpus", Spelling.cpus(cpus));
        }
        var memory = node.path("MemoryBytes").asLong();
        if (memory != 0) {
            leaves.put(word + ".memory", Spelling.bytes(memory));
        }
    }
}

package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/// What a node has, or what is reserved for a task.
///
/// @param nanoCpus billionths of a CPU
/// @param generic countable things by kind; those that have names of their own are counted
public record Resources(long nanoCpus, long memoryBytes, Map<String, Long> generic) {

    public static final Resources NONE = new Resources(0, 0, Map.of());

    /// As the engine tells the `Resources` of a node, and the `Reservations` of a spec.
    public static Resources of(JsonNode json) {
        var generic = new TreeMap<String, Long>();
        for (var resource : json.path("GenericResources")) {
            var counted = resource.path("DiscreteResourceSpec");
            if (counted.isObject()) {
                generic.merge(
                        counted.path("Kind").asText(), counted.path("Value").asLong(), Long::sum);
            }
            var named = resource.path("NamedResourceSpec");
            if (named.isObject()) {
                generic.merge(named.path("Kind").asText(), 1L, Long::sum);
            }
        }
        return new Resources(
                json.path("NanoCPUs").asLong(), json.path("MemoryBytes").asLong(), Map.copyOf(generic));
    }

    public Resources plus(Resources other) {
        var sum = new TreeMap<>(generic);
        other.generic.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        return new Resources(nanoCpus + other.nanoCpus, memoryBytes + other.memoryBytes, Map.copyOf(sum));
    }
}

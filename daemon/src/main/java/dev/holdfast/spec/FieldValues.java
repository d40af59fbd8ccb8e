package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.value.Durations;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/// The single values of a part of a spec: path in the words of the app file → value in one spelling. What is zero,
/// empty or null is not there, as the engine has it.
final class FieldValues {

    private final SortedMap<String, String> values = new TreeMap<>();

    SortedMap<String, String> values() {
        return values;
    }

    /// Two values under one path, which the engine allows here and there, stand side by side.
    void put(String path, String value) {
        values.merge(path, value, (one, other) -> one + ", " + other);
    }

    void putText(String path, JsonNode node) {
        var text = Specs.text(node);
        if (!text.isEmpty()) {
            put(path, text);
        }
    }

    /// A duration whose zero means absent.
    void putDuration(String path, JsonNode node) {
        if (node.asLong() != 0) {
            put(path, Durations.text(node.asLong()));
        }
    }

    void putList(String path, Collection<String> list) {
        if (!list.isEmpty()) {
            put(path, list(list));
        }
    }

    void putMap(String path, JsonNode map) {
        map.properties().forEach(entry -> put(path + "." + entry.getKey(), Specs.text(entry.getValue())));
    }

    /// Anything at all, however deep.
    void putAny(String path, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(entry -> putAny(path + "." + entry.getKey(), entry.getValue()));
        } else if (node.isArray() && isScalars(node)) {
            putList(path, Specs.strings(node));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                putAny(path + "[" + i + "]", node.get(i));
            }
        } else if (!isZero(node)) {
            put(path, node.asText());
        }
    }

    static String list(Collection<String> list) {
        var array = JsonNodeFactory.instance.arrayNode();
        list.forEach(array::add);
        return array.toString();
    }

    private static boolean isScalars(JsonNode list) {
        return list.valueStream().allMatch(JsonNode::isValueNode);
    }

    private static boolean isZero(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || node.isBoolean() && !node.asBoolean()
                || node.isNumber() && node.asDouble() == 0
                || node.asText().isEmpty();
    }
}

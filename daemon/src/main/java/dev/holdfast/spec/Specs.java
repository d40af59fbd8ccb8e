package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Small steps on the JSON of a service spec. The engine stores null, zero, false and empty as absent; so does this.
public final class Specs {

    private Specs() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode array(Collection<String> values) {
        var list = array();
        values.forEach(list::add);
        return list;
    }

    /// Null for an empty list or object, which the engine keeps as absent.
    static @Nullable JsonNode orNothing(JsonNode node) {
        return node.isEmpty() ? null : node;
    }

    static void put(ObjectNode node, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            node.put(key, value);
        }
    }

    static void put(ObjectNode node, String key, @Nullable Number value) {
        if (value != null && value.longValue() != 0) {
            node.put(key, value.longValue());
        }
    }

    static void put(ObjectNode node, String key, boolean value) {
        if (value) {
            node.put(key, true);
        }
    }

    static void put(ObjectNode node, String key, @Nullable Duration value) {
        put(node, key, value == null ? null : value.toNanos());
    }

    static void put(ObjectNode node, String key, Collection<String> values) {
        if (!values.isEmpty()) {
            node.set(key, array(values));
        }
    }

    static void put(ObjectNode node, String key, Map<String, String> values) {
        if (!values.isEmpty()) {
            var map = node.putObject(key);
            new TreeMap<>(values).forEach(map::put);
        }
    }

    static void put(ObjectNode node, String key, JsonNode value) {
        if (!value.isEmpty()) {
            node.set(key, value);
        }
    }

    /// The text of a value; empty where there is none.
    public static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    static String textOr(JsonNode node, String absent) {
        var text = text(node);
        return text.isEmpty() ? absent : text;
    }

    public static List<String> strings(JsonNode list) {
        return list.valueStream().map(Specs::text).toList();
    }

    public static ObjectNode containerSpec(ObjectNode spec) {
        return child(child(spec, "TaskTemplate"), "ContainerSpec");
    }

    /// The object under this key, put there where it is missing.
    public static ObjectNode child(ObjectNode node, String key) {
        return node.get(key) instanceof ObjectNode there ? there : node.putObject(key);
    }
}

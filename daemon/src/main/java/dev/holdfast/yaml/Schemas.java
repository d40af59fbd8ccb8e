package dev.holdfast.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The JSON Schemas (draft 2020-12) of the files that people write, from the same forms that read them.
public final class Schemas {

    private static final List<String> ORDER = List.of(
            "$schema",
            "$id",
            "title",
            "description",
            "type",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "uniqueItems",
            "default",
            "examples",
            "prefixItems",
            "items",
            "anyOf",
            "oneOf",
            "required",
            "propertyNames",
            "properties",
            "patternProperties",
            "additionalProperties");
    private static final String EXTENSION = "^x-";

    private Schemas() {}

    /// The schema of any file that [YamlBinder#bindWithEnvironment] binds to this record.
    ///
    /// @param name of the schema's file, without `.schema.json`
    public static String of(Class<? extends Record> type, String name) {
        return text(VariableSchema.of(RecordForm.of(type).schema()), name);
    }

    public static String text(Map<String, Object> schema, String name) {
        var top = new LinkedHashMap<String, Object>();
        top.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        top.put("$id", name + ".schema.json");
        top.putAll(schema);
        try {
            return writer().writeValueAsString(ordered(top, false)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectWriter writer() {
        var indenter = new DefaultIndenter("  ", "\n");
        return new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writer(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    }

    /// Keywords in a fixed order, so that the files are the same each time; names of properties keep theirs.
    private static @Nullable Object ordered(@Nullable Object value, boolean names) {
        return switch (value) {
            case Map<?, ?> map -> {
                var sorted = names
                        ? new LinkedHashMap<String, @Nullable Object>()
                        : new TreeMap<String, @Nullable Object>(Schemas::order);
                map.forEach(
                        (key, child) -> sorted.put((String) key, ordered(child, key.equals("properties") && !names)));
                yield sorted;
            }
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>();
                list.forEach(item -> items.add(ordered(item, false)));
                yield items;
            }
            case null, default -> value;
        };
    }

    private static int order(String a, String b) {
        var first = Integer.compare(ORDER.indexOf(a), ORDER.indexOf(b));
        return first != 0 ? first : a.compareTo(b);
    }

    static Map<String, Object> ofRecord(RecordForm<?> form) {
        var schema = new LinkedHashMap<String, Object>();
        var doc = form.type().getAnnotation(Doc.class);
        schema.put("title", form.type().getSimpleName().replaceAll("(?<=[a-z])([A-Z])", " $1"));
        if (doc != null) {
            schema.put("description", doc.value());
        }
        schema.put("type", "object");
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var key : form.keys().values()) {
            var property = property(key);
            properties.put(key.name(), key.required() ? property : orNothing(property));
            if (key.required()) {
                required.add(key.name());
            }
        }
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.putAll(form.choices());
        if (form.allowsExtensions()) {
            schema.put("patternProperties", Map.of(EXTENSION, Map.of()));
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(RecordKey key) {
        var component = key.component();
        var schema = ConstraintKeywords.added(key.form().schema(), component.getAnnotatedType());
        var doc = component.getAnnotation(Doc.class);
        if (doc != null) {
            schema.put("description", doc.value());
        }
        var byDefault = component.getAnnotation(Default.class);
        if (byDefault != null) {
            schema.put("default", literal(byDefault.value()));
        }
        var example = component.getAnnotation(Example.class);
        if (example != null) {
            schema.put(
                    "examples",
                    Arrays.stream(example.value()).map(Schemas::literal).toList());
        }
        return schema;
    }

    /// The same schema, or nothing behind the colon.
    public static Map<String, Object> orNothing(Map<String, Object> schema) {
        var loose = new LinkedHashMap<>(schema);
        switch (schema.get("type")) {
            case String one -> loose.put("type", List.of(one, "null"));
            case List<?> several -> {
                var types = new ArrayList<Object>(several);
                if (!types.contains("null")) {
                    types.add("null");
                }
                loose.put("type", types);
            }
            case null, default -> {
                if (schema.get("anyOf") instanceof List<?> choices) {
                    var more = new ArrayList<Object>(choices);
                    more.add(Map.of("type", "null"));
                    loose.put("anyOf", more);
                } else if (schema.get("enum") instanceof List<?> words) {
                    var more = new ArrayList<Object>(words);
                    more.add(NullNode.getInstance());
                    loose.put("enum", more);
                }
            }
        }
        return loose;
    }

    private static Object literal(String text) {
        if (text.startsWith("[") || text.startsWith("{")) {
            try {
                return new ObjectMapper().readValue(text, Object.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(text, e);
            }
        }
        return switch (YamlKinds.kind(text)) {
            case INTEGER -> text.startsWith("0") && text.length() > 1 ? text : (Object) Long.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            default -> text;
        };
    }

    /// Without the need for any key, in the mappings that [Defaults] merges key by key.
    public static Map<String, Object> partly(Map<String, Object> schema) {
        var partly = new LinkedHashMap<>(schema);
        if (schema.containsKey("properties")) {
            partly.keySet().removeAll(List.of("required", "anyOf"));
            partly.put("properties", new LinkedHashMap<>(properties(schema)));
            properties(partly).replaceAll((_, property) -> partly(asSchema(property)));
        }
        return partly;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asSchema(Object schema) {
        return (Map<String, Object>) schema;
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> properties(Map<String, Object> schema) {
        return (Map<String, Object>) Objects.requireNonNull(schema.get("properties"));
    }

    public static Map<String, Object> without(Map<String, Object> properties, String name) {
        var rest = new LinkedHashMap<>(properties);
        rest.remove(name);
        return rest;
    }
}

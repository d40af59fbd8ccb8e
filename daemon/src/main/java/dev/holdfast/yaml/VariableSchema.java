package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The schema of a file whose values may hold variables, made from the schema of what they become: any value may be a
/// text with a variable instead, and in a text each `$` is one of a `$$` or begins a variable.
public final class VariableSchema {

    /// Nothing about the value itself: stays where it is.
    private static final Set<String> ABOUT = Set.of("title", "description", "default", "examples");

    private static final String DOLLARS = "^[^$]*(?:\\$(?:\\$|\\{" + Patterns.VARIABLE_START + ")[^$]*)*$";
    private static final Map<String, Object> VARIABLE =
            Map.of("type", "string", "pattern", "^[^$]*(?:\\$\\$[^$]*)*\\$\\{" + Patterns.VARIABLE_START);

    private VariableSchema() {}

    public static Map<String, Object> of(Map<String, Object> schema) {
        if (isScalar(schema)) {
            return ofScalar(schema);
        }
        var filled = new LinkedHashMap<String, Object>();
        schema.forEach((keyword, value) -> filled.put(keyword, child(schema, keyword, value)));
        return filled;
    }

    private static Object child(Map<String, Object> schema, String keyword, Object value) {
        return switch (keyword) {
            case "properties" -> {
                var properties = new LinkedHashMap<String, Object>();
                ((Map<?, ?>) value).forEach((name, property) -> properties.put((String) name, of(schemaOf(property))));
                yield properties;
            }
            case "items", "additionalProperties" -> value instanceof Map<?, ?> ? of(schemaOf(value)) : value;
            case "prefixItems" ->
                ((List<?>) value).stream().map(item -> of(schemaOf(item))).toList();
            case "anyOf" -> schema.containsKey("properties") ? value : choices((List<?>) value);
            default -> value;
        };
    }

    /// A choice that becomes a choice itself joins the others; what both have is named once.
    private static List<Object> choices(List<?> choices) {
        var flat = new ArrayList<Object>();
        for (var choice : choices) {
            var filled = of(schemaOf(choice));
            if (filled.size() == 1 && filled.get("anyOf") instanceof List<?> inner) {
                inner.stream().filter(one -> !flat.contains(one)).forEach(flat::add);
            } else {
                flat.add(filled);
            }
        }
        return flat;
    }

    private static Map<String, Object> ofScalar(Map<String, Object> schema) {
        var filled = new LinkedHashMap<String, Object>();
        var form = new LinkedHashMap<String, Object>();
        schema.forEach((keyword, value) -> (ABOUT.contains(keyword) ? filled : form).put(keyword, value));
        if (isAnyText(form)) {
            filled.putAll(form);
            filled.put("pattern", DOLLARS);
            return filled;
        }
        if (types(form).contains("string")) {
            filled.put("pattern", DOLLARS);
        }
        filled.put("anyOf", List.of(form, VARIABLE));
        return filled;
    }

    private static boolean isAnyText(Map<String, Object> form) {
        return form.keySet().equals(Set.of("type")) && types(form).contains("string");
    }

    private static boolean isScalar(Map<String, Object> schema) {
        var types = types(schema);
        return schema.containsKey("enum")
                || types.contains("string")
                || types.contains("number")
                || types.contains("integer")
                || types.contains("boolean");
    }

    private static List<?> types(Map<String, Object> schema) {
        return switch (schema.get("type")) {
            case List<?> several -> several;
            case String one -> List.of(one);
            case null, default -> List.of();
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> schemaOf(Object value) {
        return (Map<String, Object>) value;
    }
}

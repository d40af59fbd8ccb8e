package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.MapForm;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.TextForms;
import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Variables of the repository; their values stay as they were written.
final class VarsForm implements Form<Map<String, String>> {

    private static final MapForm<String> MAPPING = new MapForm<>(new TextForms.Any());

    /// [SopsVars] has put the value in its place before this form reads it.
    private static final Map<String, Object> OF_FILE = Map.of(
            "type",
            "object",
            "description",
            "A value of a file that SOPS has encrypted; the key is the variable's name where it is absent.",
            "properties",
            new TreeMap<>(Map.of("sops", Map.of("type", "string"), "key", Map.of("type", "string"))),
            "required",
            List.of("sops"),
            "additionalProperties",
            false);

    @Override
    public @Nullable Map<String, String> read(Yaml node, At at) {
        if (node instanceof Yaml.Mapping mapping) {
            for (var entry : mapping.entries()) {
                if (!entry.key().matches(Patterns.VARIABLE_NAME)) {
                    at.reading()
                            .error(
                                    entry.at(),
                                    at.path() + "." + entry.key(),
                                    "must be named with letters, digits and _ to be used as ${NAME}");
                }
            }
        }
        return MAPPING.read(node, at);
    }

    @Override
    public Yaml write(Map<String, String> vars) {
        return MAPPING.write(vars);
    }

    @Override
    public Map<String, String> absent() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                "object",
                "patternProperties",
                Map.of(
                        Patterns.whole(Patterns.VARIABLE_NAME),
                        Map.of("anyOf", List.of(new TextForms.Any().schema(), OF_FILE))),
                "additionalProperties",
                false);
    }
}

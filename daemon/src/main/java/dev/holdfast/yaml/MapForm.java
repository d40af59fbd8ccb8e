package dev.holdfast.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mapping from names that people choose to one kind of thing. Keeps the order of the file. A key with nothing behind
/// it
/// is an empty mapping, as in Compose (`networks: {backend: }`), where the values are mappings.
public record MapForm<T>(Form<T> value) implements Form<Map<String, T>> {

    @Override
    public @Nullable Map<String, T> read(Yaml node, At at) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            return at.wrongKind(node, "must be a mapping (key: value)");
        }
        var values = new LinkedHashMap<String, T>();
        for (var entry : mapping.entries()) {
            var child = at.key(entry.key(), entry.value());
            var read = value.read(entry.value(), child);
            if (read != null) {
                values.put(entry.key(), read);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    @Override
    public Yaml write(Map<String, T> values) {
        var written = new LinkedHashMap<String, Yaml>();
        values.forEach((key, each) -> written.put(key, value.write(each)));
        return YamlTree.mapping(written);
    }

    @Override
    public Map<String, T> absent() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        var values = value instanceof RecordForm<?> ? Schemas.orNothing(value.schema()) : value.schema();
        return Map.of("type", "object", "additionalProperties", values);
    }
}

package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The values of one mapping of a Compose file by their keys, and where each stood.
final class Values {

    private final Map<Key<?>, Object> byKey = new LinkedHashMap<>();
    private final Map<String, Yaml.Place> places = new HashMap<>();
    private final Map<String, Yaml> extensions = new LinkedHashMap<>();

    <T> void put(Key<T> key, T value, Yaml.Place place) {
        byKey.put(key, value);
        places.put(key.name(), place);
    }

    /// Says where a key stands whose value nobody needs.
    void mention(String key, Yaml.Place place) {
        places.put(key, place);
    }

    void putExtension(String key, Yaml value) {
        extensions.put(key, value);
    }

    Map<String, Yaml> extensions() {
        return extensions;
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable T get(Key<T> key) {
        return (T) byKey.get(key);
    }

    <T> T get(Key<T> key, T absent) {
        var value = get(key);
        return value == null ? absent : value;
    }

    boolean has(Key<?> key) {
        return places.containsKey(key.name());
    }

    Yaml.@Nullable Place place(Key<?> key) {
        return places.get(key.name());
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /// All places by path, those in nested mappings included.
    void addPlaces(String prefix, Map<String, Yaml.Place> all) {
        places.forEach((key, place) -> all.put(prefix + key, place));
        byKey.forEach((key, value) -> {
            if (value instanceof Values nested) {
                nested.addPlaces(prefix + key.name() + ".", all);
            }
        });
    }

    /// The values of two files, key by key.
    static Values merged(Table table, Values base, Values over) {
        var merged = new Values();
        for (var key : table.keys()) {
            mergeKey(merged, key, base, over);
        }
        merged.places.putAll(base.places);
        for (var entry : over.places.entrySet()) {
            var key = table.key(entry.getKey());
            var unchanged = key != null && Objects.equals(merged.byKey.get(key), base.byKey.get(key));
            if (!unchanged || !base.places.containsKey(entry.getKey())) {
                merged.places.put(entry.getKey(), entry.getValue());
            }
        }
        merged.extensions.putAll(base.extensions);
        merged.extensions.putAll(over.extensions);
        return merged;
    }

    private static <T> void mergeKey(Values merged, Key<T> key, Values base, Values over) {
        var value = key.merge().merged(base.get(key), over.get(key));
        if (value != null) {
            merged.byKey.put(key, value);
        }
    }
}

package dev.holdfast.yaml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How values of one type are written in a file: read, written and described in one place, so that the parser, the
/// writer and the JSON Schema cannot disagree.
public interface Form<T> {

    /// The value, or null after reporting a problem. A list or mapping leaves out the members that have one.
    @Nullable
    T read(Yaml node, At at);

    /// The value as a person would write it: what [#read] makes that very value of.
    default Yaml write(T value) {
        return value instanceof String text ? YamlTree.text(text) : YamlTree.plain(String.valueOf(value));
    }

    /// The JSON Schema of what [#read] accepts.
    Map<String, Object> schema();

    /// The record whose keys stand in a value of this form; null where there are none.
    default @Nullable RecordForm<?> section() {
        return null;
    }

    /// The value where the key is absent: null unless absent means empty.
    default @Nullable T absent() {
        return null;
    }
}

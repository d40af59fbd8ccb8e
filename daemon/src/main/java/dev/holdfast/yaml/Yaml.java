package dev.holdfast.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A YAML value that knows where it stood. Anchors, aliases and merge keys have been resolved, so this is a finite tree
/// of bounded depth; an aliased value keeps the place of its anchor.
public sealed interface Yaml {

    Place place();

    /// Where something stands; line and column from 1.
    record Place(String file, int line, int column) {
        public static Place of(String file) {
            return new Place(file, 0, 0);
        }
    }

    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL,
        /// A date: only the dialect of Go knows such.
        TIME
    }

    /// One word or text.
    ///
    /// @param text as it was written, so that the version number 1.10 stays `1.10`
    /// @param substituted whether a variable was filled in: then its kind is only a guess
    record Scalar(Place place, String text, Kind kind, boolean substituted) implements Yaml {
        public static Scalar text(Place place, String text) {
            return new Scalar(place, text, Kind.TEXT, false);
        }

        public boolean isText() {
            return kind == Kind.TEXT || substituted;
        }

        boolean isNumber() {
            return kind == Kind.INTEGER || kind == Kind.DECIMAL;
        }
    }

    record Sequence(Place place, List<Yaml> items) implements Yaml {}

    record Mapping(Place place, List<Entry> entries) implements Yaml {
        @Nullable
        public Yaml get(String key) {
            for (var entry : entries) {
                if (entry.key().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }
    }

    /// @param at where the key stands
    record Entry(String key, Place at, Yaml value) {}

    static boolean isNull(Yaml node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.NULL && !scalar.substituted();
    }

    /// What a person would call this value.
    static String nameOf(Yaml node) {
        return switch (node) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> "text";
                    case INTEGER, DECIMAL -> "a number";
                    case BOOLEAN -> "true or false";
                    case NULL -> "nothing";
                    case TIME -> "a date";
                };
        };
    }
}

package dev.holdfast.yaml;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Text, in its stricter and looser spellings.
public final class TextForms {

    private TextForms() {}

    private static String inQuotes(Yaml.Scalar scalar, At at) {
        return scalar.kind() != Yaml.Kind.BOOLEAN
                        && at.reading().got(at.path(), scalar.text()).isEmpty()
                ? "write it in quotes"
                : "write \"%s\" in quotes".formatted(scalar.text());
    }

    /// Text only, as for names: a number would be a slip.
    public static final class Strict implements Form<String> {
        @Override
        public @Nullable String read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar) {
                if (scalar.isText()) {
                    return scalar.text();
                }
                if (scalar.kind() != Yaml.Kind.NULL) {
                    return at.wrong(node, "must be text; " + inQuotes(scalar, at));
                }
            }
            return at.wrongValue(node, "must be text");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "string");
        }
    }

    /// Text or a number, which stays as it was written. `true` and `false` are refused, as Compose refuses them: it
    /// could
    /// not know which spelling was meant.
    public static final class Loose implements Form<String> {
        @Override
        public @Nullable String read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar) {
                if (scalar.isText() || scalar.isNumber()) {
                    return scalar.text();
                }
                if (scalar.kind() == Yaml.Kind.BOOLEAN) {
                    return at.wrong(node, "must be text or a number; " + inQuotes(scalar, at));
                }
            }
            return at.wrongValue(node, "must be text or a number");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", List.of("string", "number"));
        }
    }

    /// The number of a user or group, with quotes or without.
    public static final class Id implements Form<String> {
        private static final String PATTERN = "[0-9]{1,10}";

        @Override
        public @Nullable String read(Yaml node, At at) {
            return node instanceof Yaml.Scalar scalar && scalar.text().matches(PATTERN)
                    ? scalar.text()
                    : at.wrongValue(node, "must be a number");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of(
                    "type",
                    List.of("string", "integer"),
                    "pattern",
                    Patterns.whole(PATTERN),
                    "minimum",
                    0,
                    "maximum",
                    9_999_999_999L);
        }
    }

    /// Any scalar, as it was written: the values of `vars`.
    public static final class Any implements Form<String> {
        @Override
        public @Nullable String read(Yaml node, At at) {
            return node instanceof Yaml.Scalar scalar && !Yaml.isNull(node)
                    ? scalar.text()
                    : at.wrongValue(node, "must be text, a number, true or false");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", List.of("string", "number", "boolean"));
        }
    }

    /// One of a few words.
    public record Choice(List<String> words) implements Form<String> {
        @Override
        public @Nullable String read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar && words.contains(scalar.text())) {
                return scalar.text();
            }
            var near = node instanceof Yaml.Scalar scalar ? Words.didYouMean(scalar.text(), words) : "";
            return at.wrongValue(node, "must be %s".formatted(listed()) + near);
        }

        private String listed() {
            var last = words.getLast();
            var rest = words.subList(0, words.size() - 1);
            return rest.isEmpty() ? last : String.join(", ", rest) + " or " + last;
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("enum", words);
        }
    }

    /// When Compose's own `restart` restarts a container.
    public static final class Restart implements Form<String> {
        private static final String PATTERN = "no|always|unless-stopped|on-failure(:[0-9]{1,9})?";

        @Override
        public @Nullable String read(Yaml node, At at) {
            return node instanceof Yaml.Scalar scalar && scalar.text().matches(PATTERN)
                    ? scalar.text()
                    : at.wrongValue(node, "must be no, always, unless-stopped or on-failure[:TIMES]");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "string", "pattern", Patterns.whole(PATTERN));
        }
    }
}

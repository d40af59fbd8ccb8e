package dev.holdfast.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Lists of words that may also be written as one.
public final class WordsForms {

    private static final ListForm<String> LIST = new ListForm<>(new TextForms.Loose());

    private WordsForms() {}

    /// `dns: 1.1.1.1` or a list.
    public static final class OneOrMore implements Form<List<String>> {
        @Override
        public @Nullable List<String> read(Yaml node, At at) {
            return switch (node) {
                case Yaml.Sequence sequence -> LIST.readItems(sequence, at);
                case Yaml.Scalar scalar when scalar.isText() -> List.of(scalar.text());
                default -> at.wrongKind(node, "must be text or a list");
            };
        }

        @Override
        public Yaml write(List<String> words) {
            return YamlTree.texts(words);
        }

        @Override
        public List<String> absent() {
            return List.of();
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("anyOf", List.of(new TextForms.Strict().schema(), LIST.schema()));
        }
    }

    /// A command: a list of words, or text that is split as a shell would, without running one.
    public static final class Command implements Form<List<String>> {
        @Override
        public @Nullable List<String> read(Yaml node, At at) {
            return switch (node) {
                case Yaml.Sequence sequence -> LIST.readItems(sequence, at);
                case Yaml.Scalar scalar
                when scalar.isText() || scalar.isNumber() -> {
                    var words = ShellWords.split(scalar.text());
                    yield words.isPresent() ? words.get() : at.wrong(node, "has a quote that is not closed");
                }
                default -> at.wrongKind(node, "must be text or a list");
            };
        }

        @Override
        public Yaml write(List<String> words) {
            return YamlTree.texts(words);
        }

        @Override
        public List<String> absent() {
            return List.of();
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("anyOf", List.of(LIST.item().schema(), LIST.schema()));
        }
    }

    /// A list of apps. Compose's mapping form asks for conditions, which nobody could keep for a whole Swarm.
    public static final class Names implements Form<List<String>> {
        private static final ListForm<String> NAMES = new ListForm<>(new TextForms.Strict());

        @Override
        public @Nullable List<String> read(Yaml node, At at) {
            if (node instanceof Yaml.Mapping mapping) {
                var names = String.join(
                        ", ", mapping.entries().stream().map(Yaml.Entry::key).toList());
                return at.wrong(node, "has no conditions: apps converge in order; write a list: [%s]".formatted(names));
            }
            return NAMES.read(node, at);
        }

        @Override
        public Yaml write(List<String> words) {
            return YamlTree.texts(words);
        }

        @Override
        public List<String> absent() {
            return List.of();
        }

        @Override
        public Map<String, Object> schema() {
            return NAMES.schema();
        }
    }

    /// Capabilities in the engine's own form, each once: `net_admin` is `CAP_NET_ADMIN`.
    public static final class Capabilities implements Form<List<String>> {
        private static final ListForm<String> NAMES = new ListForm<>(new TextForms.Strict());
        private static final String NAME = "[A-Za-z][A-Za-z_]{1,40}";

        @Override
        public @Nullable List<String> read(Yaml node, At at) {
            var names = NAMES.read(node, at);
            if (names == null) {
                return null;
            }
            var capabilities = new TreeSet<String>();
            for (var i = 0; i < names.size(); i++) {
                var name = names.get(i).toUpperCase(Locale.ROOT);
                if (!names.get(i).matches(NAME)) {
                    at.reading()
                            .error(
                                    at.path() + "[" + at.reading().fileIndex(at.path(), i) + "]",
                                    "must be a capability such as NET_ADMIN"
                                            + at.reading().got(at.path(), names.get(i)));
                    continue;
                }
                capabilities.add(name.equals("ALL") || name.startsWith("CAP_") ? name : "CAP_" + name);
            }
            at.reading().rememberIndexes(at.path(), List.of());
            return capabilities.contains("ALL") ? List.of("ALL") : List.copyOf(capabilities);
        }

        @Override
        public Yaml write(List<String> capabilities) {
            return YamlTree.texts(capabilities.stream()
                    .map(name -> name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
                    .toList());
        }

        @Override
        public List<String> absent() {
            return List.of();
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "array", "items", Map.of("type", "string", "pattern", Patterns.whole(NAME)));
        }
    }

    /// The command of a health check: text runs in the container's shell, a list begins with `CMD`, `CMD-SHELL` or
    /// `NONE`.
    public static final class HealthTest implements Form<List<String>> {
        private static final List<String> KINDS = List.of("CMD", "CMD-SHELL", "NONE");

        @Override
        public @Nullable List<String> read(Yaml node, At at) {
            switch (node) {
                case Yaml.Scalar scalar
                when scalar.isText() -> {
                    return List.of("CMD-SHELL", scalar.text());
                }
                case Yaml.Sequence sequence -> {
                    var words = LIST.readItems(sequence, at);
                    var first = words.isEmpty() ? "CMD" : words.getFirst();
                    if (KINDS.contains(first)) {
                        return words;
                    }
                    return at.wrong(node, "must begin with CMD, CMD-SHELL or NONE; write [CMD, …]");
                }
                default -> {
                    return at.wrongKind(node, "must be text or a list");
                }
            }
        }

        /// A list of one's own words stays one; text that the list form of `CMD-SHELL` could not say is there,
        /// too.
        @Override
        public Yaml write(List<String> words) {
            var shell = words.size() == 2
                    && words.getFirst().equals(KINDS.get(1))
                    && !words.get(1).equals("NONE");
            return shell ? YamlTree.text(words.get(1)) : YamlTree.texts(words);
        }

        @Override
        public List<String> absent() {
            return List.of();
        }

        @Override
        public Map<String, Object> schema() {
            var list = Map.of(
                    "type", "array",
                    "prefixItems", List.of(Map.of("enum", KINDS)),
                    "items", Map.of("type", List.of("string", "number")));
            return Map.of("anyOf", List.of(Map.of("type", "string"), list));
        }
    }
}

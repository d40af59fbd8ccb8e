package dev.holdfast.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Pairs as a mapping (`A: b`) or a list (`- A=b`): variables, labels, kernel settings.
public abstract sealed class PairsForms implements Form<Map<String, String>> {

    private static final TextForms.Loose VALUE = new TextForms.Loose();

    /// What surely is a name, and no value that lost its `=`.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./-]+");

    /// As a shell, or a file of variables, would take away.
    private static final Pattern IN_QUOTES = Pattern.compile("(?s)([\"']).*\\1");

    /// The value of a name that has none, or null after reporting it.
    abstract @Nullable String withoutValue(String name, Yaml node, At at);

    /// What is wrong with a name, or null.
    @Nullable
    String refused(String name) {
        return null;
    }

    @Override
    public @Nullable Map<String, String> read(Yaml node, At at) {
        var pairs = new LinkedHashMap<String, String>();
        switch (node) {
            case Yaml.Mapping mapping -> {
                for (var entry : mapping.entries()) {
                    var child = at.key(entry.key(), entry.value());
                    put(pairs, entry.key(), readValue(entry, child), entry.value(), child);
                }
            }
            case Yaml.Sequence sequence -> {
                for (var i = 0; i < sequence.items().size(); i++) {
                    var item = sequence.items().get(i);
                    readItem(item, at.item(i, item), at, pairs);
                }
            }
            case Yaml.Scalar _ -> {
                return at.wrongKind(node, "must be a mapping (NAME: value) or a list (- NAME=value)");
            }
        }
        return Collections.unmodifiableMap(pairs);
    }

    private @Nullable String readValue(Yaml.Entry entry, At at) {
        return Yaml.isNull(entry.value())
                ? withoutValue(entry.key(), entry.value(), at)
                : VALUE.read(entry.value(), at);
    }

    private void readItem(Yaml item, At at, At list, Map<String, String> pairs) {
        if (!(item instanceof Yaml.Scalar scalar) || Yaml.isNull(item)) {
            at.wrong(item, "must be NAME=value, not %s".formatted(Yaml.nameOf(item)));
            return;
        }
        var equals = scalar.text().indexOf('=');
        var name = equals < 0 ? scalar.text() : scalar.text().substring(0, equals);
        list.reading().remember(list.path() + "." + name, item.place());
        if (pairs.containsKey(name)) {
            givenTwice(name, item, list);
        }
        var value = equals < 0 ? withoutValue(name, item, at) : scalar.text().substring(equals + 1);
        if (equals >= 0 && !name.isBlank() && !name.equals(name.strip())) {
            at.wrong(item, "has a space beside its name; write NAME=value, without spaces around the =");
            return;
        }
        if (equals >= 0 && value != null && IN_QUOTES.matcher(value).matches()) {
            at.reading()
                    .warning(
                            YamlCode.QUOTES_KEPT,
                            item.place(),
                            at.path(),
                            "the quotes belong to the value, as Compose has it; where they are not meant, write"
                                    + " NAME=value without them, or put the whole item in quotes");
        }
        put(pairs, name, value, item, at);
    }

    /// Nobody but a list can say something twice: the same key twice in a mapping is no YAML.
    ///
    /// @param at of the list
    public static void givenTwice(String name, Yaml item, At at) {
        var shown = NAME.matcher(name).matches();
        at.reading()
                .warning(
                        YamlCode.GIVEN_TWICE,
                        item.place(),
                        shown ? at.path() + "." + name : at.path(),
                        "%s is there twice; this one, the last, counts: remove the other"
                                .formatted(shown ? Words.quoted(name) : "the name"));
    }

    private void put(Map<String, String> pairs, String name, @Nullable String value, Yaml node, At at) {
        var fault = name.isBlank() ? "has no name before the =" : refused(name);
        if (fault != null) {
            at.wrong(node, fault);
        } else if (value != null) {
            pairs.put(name, value);
        }
    }

    @Override
    public Yaml write(Map<String, String> pairs) {
        var written = new LinkedHashMap<String, Yaml>();
        pairs.forEach((name, value) -> written.put(name, YamlTree.text(value)));
        return YamlTree.mapping(written);
    }

    @Override
    public Map<String, String> absent() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "anyOf",
                List.of(
                        Map.of(
                                "type", "object",
                                "propertyNames", Map.of("pattern", "^" + nameStart() + "\\s*\\S"),
                                "additionalProperties", valueSchema()),
                        Map.of("type", "array", "items", itemSchema())));
    }

    Map<String, Object> valueSchema() {
        return Schemas.orNothing(VALUE.schema());
    }

    /// What a name must not begin with, as a pattern that looks ahead.
    String nameStart() {
        return "";
    }

    Map<String, Object> itemSchema() {
        return Map.of("type", List.of("string", "number", "boolean"), "pattern", "^" + nameStart() + "\\s*[^=\\s]");
    }

    /// Variables need a value: there is no shell to take it from.
    public static final class Environment extends PairsForms {
        @Override
        @Nullable
        String withoutValue(String name, Yaml node, At at) {
            // What is no name of a variable may be a value, in two lines by mistake.
            var shown = Yaml.isNull(node) || NAME.matcher(name).matches() ? Secrets.name(name) : "NAME…";
            if (shown.endsWith("…")) {
                return at.wrong(
                        node,
                        Yaml.isNull(node)
                                ? "%s is no name with a value behind it; write NAME: value".formatted(shown)
                                : "is no name with a value behind it; write NAME=value, with =");
            }
            return at.wrong(
                    node,
                    "%s has no value, and there is no shell to take it from; write %s"
                            .formatted(shown, Yaml.isNull(node) ? shown + ": \"\"" : shown + "="));
        }

        private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

        @Override
        @Nullable
        String refused(String name) {
            return name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 ? "a variable's name must not contain =" : null;
        }

        @Override
        Map<String, Object> valueSchema() {
            return VALUE.schema();
        }

        @Override
        String nameStart() {
            return "(?=[^=]*$)";
        }

        @Override
        Map<String, Object> itemSchema() {
            return Map.of("type", "string", "pattern", "^[^=\\s](?:[^=]*[^=\\s])?=");
        }
    }

    /// Labels; a name alone has an empty value. Some are written by Holdfast and by Docker's own tools.
    public static final class Labels extends PairsForms {
        private static final List<String> RESERVED = List.of("com.docker.stack.", "dev.holdfast.");

        @Override
        @Nullable
        String withoutValue(String name, Yaml node, At at) {
            return "";
        }

        @Override
        @Nullable
        String refused(String name) {
            return RESERVED.stream().anyMatch(name::startsWith)
                    ? "the label \"%s\" is reserved; remove it".formatted(Secrets.name(name))
                    : null;
        }

        @Override
        String nameStart() {
            return "(?!" + String.join("|", RESERVED).replace(".", "\\.") + ")";
        }
    }

    /// Kernel settings and options of drivers; in a mapping, nothing is an empty value.
    public static final class Settings extends PairsForms {
        @Override
        @Nullable
        String withoutValue(String name, Yaml node, At at) {
            return Yaml.isNull(node) ? "" : at.wrong(node, "has no value; write NAME=VALUE");
        }

        @Override
        Map<String, Object> itemSchema() {
            return Map.of("type", "string", "pattern", "^[^=\\s](?:[^=]*[^=\\s])?=");
        }
    }
}

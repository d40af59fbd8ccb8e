package dev.holdfast.compose;

import dev.holdfast.yaml.GoScalars;
import dev.holdfast.yaml.PairsForms;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlCode;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names and values, as a mapping or as a list of `name=value`. Numbers become the text that Go prints.
final class Pairs {

    /// Variables: a name may have no value.
    static final Grammar<SortedMap<String, Optional<String>>> VARIABLES = Pairs::either;

    /// Labels and kernel settings: a name without a value has an empty one.
    static final Grammar<SortedMap<String, String>> LABELS = (node, spot) -> filled(either(node, spot));

    /// Options of a driver: only a mapping, and each has a value.
    static final Grammar<SortedMap<String, String>> OPTIONS = (node, spot) -> filled(options(node, spot, false));

    /// Options of a log driver, which may be nothing.
    static final Grammar<SortedMap<String, String>> LOG_OPTIONS = (node, spot) -> filled(options(node, spot, true));

    private static final Pattern IN_QUOTES = Pattern.compile("(?s)([\"']).*\\1");

    private Pairs() {}

    private static @Nullable SortedMap<String, String> filled(@Nullable SortedMap<String, Optional<String>> pairs) {
        if (pairs == null) {
            return null;
        }
        var filled = new TreeMap<String, String>();
        pairs.forEach((name, value) -> filled.put(name, value.orElse("")));
        return Collections.unmodifiableSortedMap(filled);
    }

    private static @Nullable SortedMap<String, Optional<String>> either(Yaml node, Spot spot) {
        return switch (node) {
            case Yaml.Sequence sequence -> list(sequence, spot);
            case Yaml.Mapping _ -> options(node, spot, true);
            case Yaml.Scalar _ -> spot.wrongKind(node, "must be a mapping (NAME: value) or a list (- NAME=value)");
        };
    }

    private static @Nullable SortedMap<String, Optional<String>> options(Yaml node, Spot spot, boolean nothing) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            return spot.wrongKind(node, "must be a mapping (NAME: value)");
        }
        var pairs = new TreeMap<String, Optional<String>>();
        for (var entry : mapping.entries()) {
            var child = spot.key(entry.key(), entry.value());
            var value = value(entry.value(), child, nothing);
            if (entry.key().isEmpty()) {
                child.error(entry.at(), "", "has no name");
            } else if (value != null) {
                pairs.put(entry.key(), value);
            }
        }
        return Collections.unmodifiableSortedMap(pairs);
    }

    private static @Nullable Optional<String> value(Yaml node, Spot spot, boolean nothing) {
        if (!(node instanceof Yaml.Scalar scalar)) {
            return spot.wrongKind(node, "must be text or a number");
        }
        return switch (scalar.kind()) {
            case NULL -> nothing ? Optional.empty() : spot.wrong(node, "has no value; write \"\" for an empty one");
            case BOOLEAN -> spot.wrong(node, "must be text or a number; write \"true\" or \"false\" in quotes");
            case DECIMAL -> Grammars.NUMBER.read(node, spot) == null ? null : Optional.of(GoScalars.printed(scalar));
            case TEXT, INTEGER, TIME -> Optional.of(GoScalars.printed(scalar));
        };
    }

    private static SortedMap<String, Optional<String>> list(Yaml.Sequence sequence, Spot spot) {
        var pairs = new TreeMap<String, Optional<String>>();
        var seen = new HashSet<String>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = spot.item(i, item);
            var text = Grammars.TEXT.read(item, child);
            if (text == null) {
                continue;
            }
            var equals = text.indexOf('=');
            var name = equals < 0 ? text : text.substring(0, equals);
            if (!seen.add(text)) {
                child.isThereTwice(item);
            } else if (pairs.containsKey(name)) {
                PairsForms.givenTwice(name, item, spot.at());
            }
            if (equals >= 0 && IN_QUOTES.matcher(text.substring(equals + 1)).matches()) {
                child.warn(
                        YamlCode.QUOTES_KEPT,
                        item,
                        "the quotes belong to the value, as Compose has it; where they are not meant, write NAME=value"
                                + " without them, or put the whole item in quotes");
            }
            pairs.put(name, equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1)));
        }
        return Collections.unmodifiableSortedMap(pairs);
    }
}

package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `ulimits`: a number for both limits, or `soft` and `hard`.
final class Ulimits {

    static final Grammar<SortedMap<String, ComposeSurroundings.Ulimit>> MAP = Ulimits::read;

    private static final Key<Long> SOFT = Key.of("soft", Ulimits::number);
    private static final Key<Long> HARD = Key.of("hard", Ulimits::number);
    private static final Table LONG = Table.of(SOFT, HARD);

    private Ulimits() {}

    private static @Nullable SortedMap<String, ComposeSurroundings.Ulimit> read(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            return spot.wrongKind(node, "must be a mapping such as { nofile: 65536 }");
        }
        var limits = new TreeMap<String, ComposeSurroundings.Ulimit>();
        for (var entry : mapping.entries()) {
            var child = spot.key(entry.key(), entry.value());
            var limit = limit(entry.value(), child);
            if (limit != null) {
                limits.put(entry.key(), limit);
            }
        }
        return Collections.unmodifiableSortedMap(limits);
    }

    /// The client takes no `1.0` for a whole number here.
    private static @Nullable Long number(Yaml node, Spot spot) {
        return node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.DECIMAL
                ? spot.wrongValue(node, "must be a whole number")
                : Grammars.WHOLE.read(node, spot);
    }

    private static ComposeSurroundings.@Nullable Ulimit limit(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Mapping)) {
            var both = number(node, spot);
            return both == null ? null : new ComposeSurroundings.Ulimit(both, both);
        }
        var values = LONG.read(node, spot);
        var soft = values == null ? null : values.get(SOFT);
        var hard = values == null ? null : values.get(HARD);
        if (soft != null && hard != null) {
            return new ComposeSurroundings.Ulimit(soft, hard);
        }
        return values != null && values.has(SOFT) && values.has(HARD)
                ? null
                : spot.wrong(node, "needs both soft and hard");
    }
}

package dev.holdfast.compose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the client merges one file over another: key by key, each in a way of its own.
final class Merges {

    private Merges() {}

    /// The later file's value, unless it is an empty one: `false`, `0`, `""` do not take away what an earlier file
    /// says.
    static <T> Merge<T> later() {
        return (base, over) -> over == null || base != null && isEmpty(over) ? base : over;
    }

    /// The later file's value, an empty one too.
    static <T> Merge<T> laterEvenIfEmpty() {
        return (base, over) -> over == null ? base : over;
    }

    /// Both lists, one behind the other.
    static <T> Merge<List<T>> appended() {
        return (base, over) -> {
            if (base == null || over == null) {
                return base == null ? over : base;
            }
            var both = new ArrayList<>(base);
            both.addAll(over);
            return List.copyOf(both);
        };
    }

    /// Name by name.
    static <T> Merge<SortedMap<String, T>> byName() {
        return (base, over) -> {
            if (base == null || over == null) {
                return base == null ? over : base;
            }
            var both = new TreeMap<>(base);
            both.putAll(over);
            return Collections.unmodifiableSortedMap(both);
        };
    }

    /// A variable without a value, or with an empty one, replaces none that has one.
    static Merge<SortedMap<String, Optional<String>>> environment() {
        return (base, over) -> {
            if (base == null || over == null) {
                return base == null ? over : base;
            }
            var both = new TreeMap<>(base);
            over.forEach((name, value) -> both.merge(name, value, Merges::variable));
            return Collections.unmodifiableSortedMap(both);
        };
    }

    private static Optional<String> variable(Optional<String> base, Optional<String> over) {
        return over.orElse("").isEmpty() && !base.orElse("").isEmpty() ? base : over;
    }

    /// One entry for each key, the last one, sorted by it. A list that is merged at all loses its own duplicates,
    /// too, even where the later file has no such key.
    static <T, K extends Comparable<K>> Merge<List<T>> keyedBy(Function<T, K> key) {
        return (base, over) -> {
            if (base == null) {
                return over;
            }
            var entries = new TreeMap<K, T>();
            base.forEach(entry -> entries.put(key.apply(entry), entry));
            if (over != null) {
                over.forEach(entry -> entries.put(key.apply(entry), entry));
            }
            return List.copyOf(entries.values());
        };
    }

    /// Key by key.
    static Merge<Values> nested(Table table) {
        return (base, over) -> base == null || over == null ? laterOf(base, over) : Values.merged(table, base, over);
    }

    private static @Nullable Values laterOf(@Nullable Values base, @Nullable Values over) {
        return over == null ? base : over;
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case String text -> text.isEmpty();
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            case Duration duration -> duration.isZero();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }
}

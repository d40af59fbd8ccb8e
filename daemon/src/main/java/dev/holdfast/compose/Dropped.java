package dev.holdfast.compose;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keys that the client takes and drops, with a word or without: a warning says so, and what to do instead.
final class Dropped {

    private Dropped() {}

    /// Checks the value as the client does, warns, and gives nothing.
    static <T> Grammar<T> as(Grammar<?> grammar, String instead) {
        return as(grammar, _ -> instead);
    }

    /// @param instead what to write for that value
    static <V, T> Grammar<T> as(Grammar<V> grammar, Function<V, String> instead) {
        return (node, spot) -> {
            var value = grammar.read(node, spot);
            if (value != null) {
                spot.warn(
                        StackWarning.DROPPED_KEY, node, "docker stack deploy drops this key; " + instead.apply(value));
            }
            return Dropped.<T>nothing();
        };
    }

    private static <T> @Nullable T nothing() {
        return null;
    }
}

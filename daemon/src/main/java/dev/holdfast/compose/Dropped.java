package dev.holdfast.compose;

import org.jspecify.annotations.Nullable;

/// Keys that the client takes and drops, with a word or without: a warning says so, and what to do instead.
final class Dropped {

    private Dropped() {}

    /// Checks the value as the client does, warns, and gives nothing.
    static <T> Grammar<T> as(Grammar<?> grammar, String instead) {
        return (node, spot) -> {
            var value = grammar.read(node, spot);
            if (value != null) {
                spot.warn(StackWarning.DROPPED_KEY, node, "docker stack deploy drops this key; " + instead);
            }
            return Dropped.<T>nothing();
        };
    }

    private static <T> @Nullable T nothing() {
        return null;
    }
}

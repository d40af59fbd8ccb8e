package dev.holdfast.compose;

import org.jspecify.annotations.Nullable;

/// What becomes of a key that several files have. Null is a file without the key.
@FunctionalInterface
interface Merge<T> {

    @Nullable
    T merged(@Nullable T base, @Nullable T over);
}

package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import org.jspecify.annotations.Nullable;

/// How the value of a key is written.
@FunctionalInterface
interface Grammar<T> {

    /// The value, or null after reporting what is wrong with it.
    @Nullable
    T read(Yaml node, Spot spot);
}

package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.CleanPath;
import org.jspecify.annotations.Nullable;

/// A file system in memory: `TARGET[:size=64m,mode=1777]`.
///
/// @param sizeBytes null for the engine's default (half of the memory)
/// @param mode permission bits, such as 01777
public record Tmpfs(
        @CleanPath(CleanPath.Use.TARGET) String target,
        @Nullable Long sizeBytes,
        @Nullable Integer mode) {

    public Tmpfs {
        target = TidyPath.of(target);
    }
}

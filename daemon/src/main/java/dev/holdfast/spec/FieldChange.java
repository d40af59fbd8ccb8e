package dev.holdfast.spec;

import org.jspecify.annotations.Nullable;

/// One field of an object that changes.
///
/// @param path in the words of the app file where there are some (`environment.LEVEL`, `deploy.replicas`), else the
///     engine's (`TaskTemplate.Runtime`)
/// @param before null where it was not there
/// @param after null where it will not be there
/// @param restarts whether this alone makes the tasks start anew
public record FieldChange(
        String path, @Nullable String before, @Nullable String after, boolean restarts) {}

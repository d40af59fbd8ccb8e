package dev.holdfast.app;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the engine asks a container for its health. `test` is in the engine's own form: `[CMD, …]`, `[CMD-SHELL, …]` or
/// `[NONE]`; a string of the file became `CMD-SHELL`, `disable: true` became `[NONE]`.
public record Healthcheck(
        List<String> test,
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Integer retries,
        @Nullable Duration startPeriod,
        @Nullable Duration startInterval,
        boolean disable) {}

package dev.holdfast.compose;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the engine asks a container for its health. Null is the image's or the engine's default.
///
/// @param test as the engine gets it, `CMD…` or `NONE` first; empty for that of the image
public record ComposeHealthcheck(
        List<String> test,
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Duration startPeriod,
        @Nullable Duration startInterval,
        @Nullable Long retries) {}

package dev.holdfast.compose;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What runs in a container, and as whom. Texts and durations that the files do not have are null, lists empty.
///
/// @param init null where the engine decides
/// @param stopGracePeriod may be zero or negative
public record ComposeProcess(
        List<String> command,
        List<String> entrypoint,
        @Nullable String user,
        @Nullable String workingDir,
        @Nullable String hostname,
        @Nullable String stopSignal,
        @Nullable Duration stopGracePeriod,
        @Nullable Boolean init,
        boolean tty,
        boolean stdinOpen,
        boolean readOnly,
        @Nullable String isolation) {}

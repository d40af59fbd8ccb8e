package dev.holdfast.plan;

import org.jspecify.annotations.Nullable;

/// Something to know that stops nothing.
///
/// @param app the app; empty for the whole repository
/// @param code a stable word, listed in the README
/// @param depends what else may become of the app, as its row says it: `held if …`. What cannot be known here is never
///     told as a fact. Null where the warning leaves nothing open
public record Warning(
        String app,
        WarningCode code,
        String message,
        @Nullable String depends) {

    /// Whether the app may turn out to be held.
    boolean mayHold() {
        return depends != null && depends.startsWith("held ");
    }

    public Warning(String app, WarningCode code, String message) {
        this(app, code, message, null);
    }
}

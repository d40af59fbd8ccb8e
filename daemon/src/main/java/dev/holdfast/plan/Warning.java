package dev.holdfast.plan;

import org.jspecify.annotations.Nullable;

/// Something to know that stops nothing.
///
/// @param app the app; empty for the whole repository
/// @param depends what else may become of the app. What cannot be known here is never told as a fact. Null where the
///     warning leaves nothing open
public record Warning(
        String app,
        WarningCode code,
        String message,
        @Nullable Otherwise depends) {

    /// What else may become of an app than its row says.
    ///
    /// @param held whether it may turn out to be held
    /// @param words as its row says it: `held if …`
    public record Otherwise(boolean held, String words) {

        public static Otherwise heldIf(String what) {
            return new Otherwise(true, "held if " + what);
        }

        public static Otherwise or(String words) {
            return new Otherwise(false, words);
        }
    }

    public Warning(String app, WarningCode code, String message) {
        this(app, code, message, null);
    }

    /// Whether the app may turn out to be held.
    boolean mayHold() {
        return depends != null && depends.held();
    }
}

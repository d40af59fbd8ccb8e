package dev.holdfast.apply;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How one app ended in a run.
///
/// @param took from the first write to the end
/// @param error what happened and to what, with the task's own words; null unless it failed or is held
public record Outcome(String app, Result result, Duration took, @Nullable String error) {

    public enum Result {
        CONVERGED,
        FAILED,
        HELD,
        UNCHANGED,
        REMOVED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether what depends on it must not go on.
    public boolean isBad() {
        return result == Result.FAILED || result == Result.HELD;
    }

    public static Outcome converged(String app, Duration took) {
        return new Outcome(app, Result.CONVERGED, took, null);
    }

    public static Outcome failed(String app, Duration took, String error) {
        return new Outcome(app, Result.FAILED, took, error);
    }

    public static Outcome held(String app, String why) {
        return new Outcome(app, Result.HELD, Duration.ZERO, why);
    }

    public static Outcome unchanged(String app) {
        return new Outcome(app, Result.UNCHANGED, Duration.ZERO, null);
    }

    public static Outcome removed(String app, Duration took) {
        return new Outcome(app, Result.REMOVED, took, null);
    }
}

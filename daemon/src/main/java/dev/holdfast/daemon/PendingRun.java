package dev.holdfast.daemon;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The one run that is asked for and has not begun. Whatever asks while another run goes on, or while the daemon pauses
/// after a failure, joins it: nothing is dropped, and nothing is made up for in a burst. A run that fails is asked for
/// again. Not for use by several threads.
final class PendingRun {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST = 16;

    private final LongSupplier nanos;
    private @Nullable Cause asked;
    private int failures;
    private long pausedUntil;

    /// @param nanos a monotonic clock
    PendingRun(LongSupplier nanos) {
        this.nanos = nanos;
        this.pausedUntil = nanos.getAsLong();
    }

    /// A person's wish outranks all others: it waits for no pause.
    void ask(Cause trigger) {
        if (asked != Cause.SIGNAL) {
            asked = asked == null || trigger == Cause.SIGNAL ? trigger : asked;
        }
    }

    /// Takes the run that is due now; null where none is.
    @Nullable
    Cause take() {
        if (!Duration.ZERO.equals(left())) {
            return null;
        }
        var due = asked;
        asked = null;
        return due;
    }

    /// How long until a run is due; null where none is asked for.
    @Nullable
    Duration left() {
        if (asked == null) {
            return null;
        }
        var pause = pausedUntil - nanos.getAsLong();
        return asked == Cause.SIGNAL || pause <= 0 ? Duration.ZERO : Duration.ofNanos(pause);
    }

    /// The run of that trigger did what it should.
    void succeeded() {
        failures = 0;
        pausedUntil = nanos.getAsLong();
    }

    /// The run of that trigger did not: it is made again, after a pause that grows from one to the next. What
    /// follows a person's wish waits for it like all others.
    void failed(Cause trigger) {
        failures = Math.min(failures + 1, MOST);
        var pause = Math.min(LONGEST_PAUSE.toSeconds(), 1L << (failures - 1));
        pausedUntil = nanos.getAsLong() + Duration.ofSeconds(pause).toNanos();
        ask(trigger == Cause.SIGNAL ? Cause.SCHEDULE : trigger);
    }
}

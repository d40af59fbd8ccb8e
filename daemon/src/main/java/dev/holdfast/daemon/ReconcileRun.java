package dev.holdfast.daemon;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One reconciliation, as the daemon makes it again and again.
@FunctionalInterface
public interface ReconcileRun {

    /// May take as long as it needs; whatever it throws is logged and does not keep the next run from happening. An
    /// interrupt means that the daemon stops: finish or safely abandon the step in hand, soon.
    ///
    /// @return whether it could be done; else it is tried again after a pause
    boolean reconcile(Cause trigger) throws Exception;

    /// When it must be made again, whatever the interval; null where the interval will do. Asked after each.
    default @Nullable Instant wake() {
        return null;
    }
}

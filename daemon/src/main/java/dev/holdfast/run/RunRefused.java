package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.report.NoPlan;
import org.jspecify.annotations.Nullable;

/// The whole run stops before anything is touched: the repository is not the one that this Swarm follows, says nothing
/// at all, or is older than what was applied. The message says what to do.
public final class RunRefused extends RuntimeException {

    private final transient @Nullable Desired desired;
    private final transient @Nullable NoPlan page;

    public RunRefused(String message, @Nullable Desired desired) {
        this(
                message,
                desired,
                desired == null || desired.usable()
                        ? null
                        : NoPlan.plan(desired.repository().cluster(), desired.problems()));
    }

    public RunRefused(String message, @Nullable Desired desired, @Nullable NoPlan page) {
        super(message);
        this.desired = desired;
        this.page = page;
    }

    /// What the repository says, where its own problems are the reason; null otherwise.
    public @Nullable Desired desired() {
        return desired;
    }

    /// What to print in place of a plan, where the repository's own problems are the reason; null otherwise.
    public @Nullable NoPlan page() {
        return page;
    }
}

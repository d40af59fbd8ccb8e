package dev.holdfast.daemon;

/// The whole run stops before anything is touched: the repository is not the one that this Swarm follows, says nothing
/// at all, or is older than what was applied. The message says what to do.
public final class RunRefused extends RuntimeException {

    private final transient dev.holdfast.app.@org.jspecify.annotations.Nullable Desired desired;

    RunRefused(String message, dev.holdfast.app.@org.jspecify.annotations.Nullable Desired desired) {
        super(message);
        this.desired = desired;
    }

    /// What the repository says, where its own problems are the reason; null otherwise.
    public dev.holdfast.app.@org.jspecify.annotations.Nullable Desired desired() {
        return desired;
    }
}

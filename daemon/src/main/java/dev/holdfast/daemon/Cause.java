package dev.holdfast.daemon;

/// What made a run happen.
public enum Cause {
    /// The daemon has started.
    START,
    /// Its time has come.
    SCHEDULE,
    /// `SIGHUP`.
    SIGNAL,
    /// A service or a node has changed.
    EVENT
}

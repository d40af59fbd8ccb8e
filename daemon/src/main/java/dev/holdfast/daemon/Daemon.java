package dev.holdfast.daemon;

import java.nio.file.Path;

/// The scheduled reconciler, from start to stop.
public final class Daemon {

    private Daemon() {}

    /// Runs until it is told to stop.
    ///
    /// @return the exit code of the process
    public static int run(Path settings) {
        throw new UnsupportedOperationException("no daemon yet for " + settings);
    }
}

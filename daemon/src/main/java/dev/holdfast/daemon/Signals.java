package dev.holdfast.daemon;

import sun.misc.Signal;

/// Signals of the operating system that the daemon listens to. `SIGTERM` needs nothing here: it starts the JVM's
/// shutdown
/// hooks.
public final class Signals {

    private Signals() {}

    /// `SIGHUP`, which would otherwise end the program.
    public static void onHangup(Runnable action) {
        Signal.handle(new Signal("HUP"), signal -> action.run());
    }
}

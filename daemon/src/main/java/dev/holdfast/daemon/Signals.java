package dev.holdfast.daemon;

import sun.misc.Signal;

/// Signals of the operating system that the daemon listens to.
public final class Signals {

    private Signals() {}

    /// `SIGHUP`, which would otherwise end the program.
    public static void onHangup(Runnable action) {
        Signal.handle(new Signal("HUP"), signal -> action.run());
    }

    /// `SIGTERM` and `SIGINT`.
    public static void onTermination(Runnable action) {
        Signal.handle(new Signal("TERM"), signal -> action.run());
        Signal.handle(new Signal("INT"), signal -> action.run());
    }
}

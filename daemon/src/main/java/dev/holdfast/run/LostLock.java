package dev.holdfast.run;

/// Another run has taken the Swarm-wide lock over, since this one stood still for too long: it must not write any more.
public final class LostLock extends RuntimeException {

    LostLock() {
        super("another run took over while this one stood still; it stopped writing, and the next run goes on");
    }
}

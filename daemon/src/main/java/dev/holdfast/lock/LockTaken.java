package dev.holdfast.lock;

/// Somebody else holds the Swarm's lock, and went on holding it for as long as one was ready to wait.
public final class LockTaken extends RuntimeException {

    LockTaken(String message) {
        super(message);
    }
}

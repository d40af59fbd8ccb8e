package dev.holdfast.sops;

/// A file with keys that cannot be used; the message says why, and has nothing of the keys.
public final class KeysUnusable extends RuntimeException {
    KeysUnusable(String message) {
        super(message, null, false, false);
    }
}

package dev.holdfast.forge;

/// A forge that could not be reached or did not do what it was asked; the message says which and why.
public final class ForgeRefused extends RuntimeException {

    private final int status;

    ForgeRefused(String message) {
        this(message, 0);
    }

    /// @param status what it answered with
    ForgeRefused(String message, int status) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}

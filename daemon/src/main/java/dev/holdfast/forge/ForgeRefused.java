package dev.holdfast.forge;

/// A forge that could not be reached or did not do what it was asked; the message says which and why.
public final class ForgeRefused extends RuntimeException {
    ForgeRefused(String message) {
        super(message);
    }
}

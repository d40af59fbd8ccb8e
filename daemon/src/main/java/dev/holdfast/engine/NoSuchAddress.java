package dev.holdfast.engine;

/// An address of an engine that is none, or a context or certificates that are not there: whoever gave it must give
/// another one. The message says what is wrong with it.
public final class NoSuchAddress extends IllegalArgumentException {

    NoSuchAddress(String message) {
        super(message);
    }

    NoSuchAddress(String message, Throwable cause) {
        super(message, cause);
    }
}

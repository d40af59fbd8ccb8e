package dev.holdfast.cli;

/// The command was called in a way that cannot be meant; the message says how it can.
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}

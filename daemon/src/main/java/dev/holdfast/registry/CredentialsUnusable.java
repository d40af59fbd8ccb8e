package dev.holdfast.registry;

/// Credentials that are named somewhere and cannot be had. Its message says where, and what to do; it repeats nothing
/// of what was read.
final class CredentialsUnusable extends Exception {

    CredentialsUnusable(String message) {
        super(message);
    }
}

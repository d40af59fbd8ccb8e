package dev.holdfast.ledger;

/// The ledger cannot be read, or cannot be written as it is. The message names the config and says what a person can
/// do; nothing was touched.
public final class LedgerUnusable extends RuntimeException {

    LedgerUnusable(String message) {
        super(message);
    }

    LedgerUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.holdfast.ledger;

/// Somebody else wrote the ledger since it was read. Nothing was written: read it again and plan again.
public final class LedgerMoved extends RuntimeException {

    LedgerMoved(String message) {
        super(message);
    }
}

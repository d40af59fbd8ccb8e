package dev.holdfast.net;

/// A proxy that is set and cannot be used: going without it would go another way than somebody wants.
public final class ProxyUnusable extends RuntimeException {

    ProxyUnusable(String message) {
        super(message);
    }
}

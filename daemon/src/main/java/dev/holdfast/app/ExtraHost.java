package dev.holdfast.app;

/// A line of the container's `/etc/hosts`.
public record ExtraHost(String host, String ip) {}

package dev.holdfast.app;

/// A file, socket or directory of the host that an app only looks at: `SOURCE[:TARGET]`, always mounted read-only, no
/// data and no claim.
public record HostPath(String source, String target) {}

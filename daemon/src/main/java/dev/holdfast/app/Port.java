package dev.holdfast.app;

import org.jspecify.annotations.Nullable;

/// One published port; a range of the file has become one of these for each port.
///
/// @param target port in the container, 1 to 65535
/// @param published port on the nodes; null lets the engine pick one
/// @param protocol `tcp`, `udp` or `sctp`
/// @param mode `ingress` or `host`
public record Port(int target, @Nullable Integer published, String protocol, String mode) {}

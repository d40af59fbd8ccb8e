package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;

/// One published port; a range is several.
///
/// @param target 0 where the long form has none
/// @param published 0 where the engine picks one
/// @param protocol `tcp`, `udp` or `sctp`
/// @param mode `ingress` or `host`
public record ComposePort(Yaml.Place at, int target, int published, String protocol, String mode) {}

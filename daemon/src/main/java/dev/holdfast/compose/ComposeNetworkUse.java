package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.Map;

/// A network that a service is in.
///
/// @param network its key in the stack
/// @param aliases those of the file; the client adds the service's name but for predefined networks
public record ComposeNetworkUse(Yaml.Place at, String network, List<String> aliases, Map<String, String> driverOpts) {}

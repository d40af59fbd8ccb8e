package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A volume that a stack declares.
///
/// @param name in the Swarm
/// @param external whether somebody else makes it; then the mount says nothing but its name
/// @param driverOpts null where the file is silent: an empty mapping is a driver's configuration, too
public record ComposeVolume(
        String key,
        Yaml.Place at,
        String name,
        boolean external,
        @Nullable String driver,
        @Nullable Map<String, String> driverOpts,
        SortedMap<String, String> labels) {}

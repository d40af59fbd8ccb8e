package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A secret or a config of a stack.
///
/// @param name in the Swarm
/// @param external whether somebody else makes it
/// @param file path in the repository; null where it is external, or a driver gives it
/// @param sopsKey which value of the file, where it is encrypted: what `x-holdfast` says; null for all of it
/// @param driver of a secret
public record ComposeContent(
        String key,
        Yaml.Place at,
        String name,
        boolean external,
        @Nullable String file,
        @Nullable String sopsKey,
        SortedMap<String, String> labels,
        @Nullable String driver,
        Map<String, String> driverOpts,
        @Nullable String templateDriver) {}

package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A network of a stack.
///
/// @param name in the Swarm
/// @param external whether somebody else makes it; then the rest means nothing
/// @param used whether a service is in it: the client makes no others
/// @param driver `overlay` where the file is silent
/// @param ipam null where the file is silent
public record ComposeNetwork(
        String key,
        Yaml.Place at,
        String name,
        boolean external,
        boolean used,
        String driver,
        Map<String, String> driverOpts,
        boolean internal,
        boolean attachable,
        SortedMap<String, String> labels,
        @Nullable Ipam ipam) {

    public record Ipam(@Nullable String driver, List<String> subnets) {}
}

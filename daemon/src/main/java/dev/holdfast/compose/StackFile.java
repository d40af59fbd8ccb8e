package dev.holdfast.compose;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// What the files of one stack say, merged.
///
/// @param sound whether the client would take it: false where a file has an error, and then nothing here is sure
/// @param names of all services that the files seem to declare, those that could not be read included, as in the file
/// @param services by their names in the file; those that could be read
/// @param networks by their keys; with `default` where a service is in no other, whether it is declared or not
public record StackFile(
        String stack,
        List<String> files,
        boolean sound,
        SortedSet<String> names,
        SortedMap<String, ComposeService> services,
        SortedMap<String, ComposeNetwork> networks,
        SortedMap<String, ComposeVolume> volumes,
        SortedMap<String, ComposeContent> secrets,
        SortedMap<String, ComposeContent> configs) {

    /// What a service, or a network, volume, secret or config without a `name`, is called in the Swarm.
    public static String scoped(String stack, String name) {
        return stack + "_" + name;
    }

    /// The name of a service in the Swarm.
    public String scoped(String service) {
        return scoped(stack, service);
    }
}

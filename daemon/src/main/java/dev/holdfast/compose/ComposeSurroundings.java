package dev.holdfast.compose;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What a container finds around it: names, rights, limits of the kernel.
///
/// @param extraHosts in the order of the file
/// @param capAdd in the engine's form, sorted, as the client makes them of both lists
/// @param ulimits by name
public record ComposeSurroundings(
        List<String> dns,
        List<String> dnsSearch,
        List<Host> extraHosts,
        List<String> capAdd,
        List<String> capDrop,
        SortedMap<String, String> sysctls,
        SortedMap<String, Ulimit> ulimits,
        @Nullable CredentialSpec credentialSpec) {

    /// A line of `/etc/hosts`.
    public record Host(String name, String address) {}

    public record Ulimit(long soft, long hard) {}

    /// Who a Windows container is; one of these is set.
    ///
    /// @param config key of a config of the stack
    public record CredentialSpec(
            @Nullable String config,
            @Nullable String file,
            @Nullable String registry) {}
}

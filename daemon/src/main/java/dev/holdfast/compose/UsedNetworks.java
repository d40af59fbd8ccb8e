package dev.holdfast.compose;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/// The networks of a stack, each with whether a service is in it; the client makes no others.
final class UsedNetworks {

    private UsedNetworks() {}

    static SortedMap<String, ComposeNetwork> of(
            String stack, FileContents contents, Collection<ComposeService> services) {
        var networks = new TreeMap<String, ComposeNetwork>(contents.networks());
        for (var service : services) {
            for (var use : service.networks()) {
                if (use.network().equals("default")
                        && !contents.declared("networks").contains("default")) {
                    networks.putIfAbsent("default", NetworkKeys.undeclaredDefault(stack, use.at()));
                }
                networks.computeIfPresent(use.network(), (_, network) -> used(network));
            }
        }
        return networks;
    }

    private static ComposeNetwork used(ComposeNetwork network) {
        return new ComposeNetwork(
                network.key(),
                network.at(),
                network.name(),
                network.external(),
                true,
                network.driver(),
                network.driverOpts(),
                network.internal(),
                network.attachable(),
                network.labels(),
                network.ipam());
    }
}

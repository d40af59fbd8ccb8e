package dev.holdfast.compose;

import dev.holdfast.yaml.Problems;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The networks of a stack, each with whether a service is in it; the client makes no others.
final class UsedNetworks {

    private static final Set<String> OF_ONE_NODE = Set.of("bridge", "macvlan", "ipvlan", "host", "null", "none");

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

    /// The client makes a network of one node without a word, and the engine takes no service into it.
    static void check(Collection<ComposeNetwork> networks, Problems problems) {
        for (var network : networks) {
            var fault = network.used() && !network.external() ? SwarmNames.fault(network.name()) : null;
            if (fault != null) {
                problems.error(network.at(), "networks." + network.key(), fault);
            }
            if (network.used() && !network.external() && OF_ONE_NODE.contains(network.driver())) {
                problems.error(
                        network.at(),
                        "networks." + network.key() + ".driver",
                        "%s makes a network of one node, which no service of a Swarm can join; write overlay"
                                .formatted(network.driver()));
            }
        }
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

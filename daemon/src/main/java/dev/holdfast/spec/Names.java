package dev.holdfast.spec;

import java.util.Map;
import java.util.function.Predicate;

/// What a comparison must know of the Swarm around a service.
///
/// @param networks ID → name of every network that services can join
/// @param satisfied whether every node that runs a task of the service satisfies a constraint, spelt
/// `node.role==worker`:
///     then adding it moves and restarts nothing
public record Names(Map<String, String> networks, Predicate<String> satisfied) {

    String network(String target) {
        return networks.getOrDefault(target, target);
    }
}

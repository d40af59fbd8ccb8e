package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Live;
import dev.holdfast.live.PublishedPort;
import dev.holdfast.live.Service;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The ports that services publish. One that is published through the routing mesh belongs to one service in the whole
/// Swarm: the engine refuses any other that names it, whatever the mode and the node.
final class PortsOfServices {

    private PortsOfServices() {}

    /// Why the engine would refuse the spec: another service has a port of it, and this plan does not free it.
    static Optional<String> taken(String app, JsonNode spec, Live live, Map<String, Change> changes) {
        var mesh = of(spec, PublishedPort.INGRESS);
        var all = union(mesh, of(spec, PublishedPort.HOST));
        if (all.isEmpty()) {
            return Optional.empty();
        }
        for (var other : live.services()) {
            if (!other.name().equals(app)) {
                var clash = new TreeSet<>(mesh);
                clash.retainAll(after(other, changes.get(other.name()), PublishedPort.HOST));
                var theirs = new TreeSet<>(all);
                theirs.retainAll(after(other, changes.get(other.name()), PublishedPort.INGRESS));
                clash.addAll(theirs);
                if (!clash.isEmpty()) {
                    return Optional.of("port " + clash.first() + " belongs to service " + other.name()
                            + ", and the engine gives it to no second one");
                }
            }
        }
        return Optional.empty();
    }

    /// What a service has once the plan's apps start: ports that are given up are free before.
    private static Set<PublishedPort> after(
            Service service, @org.jspecify.annotations.Nullable Change change, String mode) {
        return switch (change) {
            case Change.RemoveService _ -> Set.of();
            case Change.UpdateService update -> of(update.spec(), mode);
            case null, default -> mode.equals(PublishedPort.HOST) ? service.hostPorts() : service.ingress();
        };
    }

    private static Set<PublishedPort> of(JsonNode spec, String mode) {
        return PublishedPort.of(spec.path("EndpointSpec").path("Ports"), mode);
    }

    private static Set<PublishedPort> union(Set<PublishedPort> one, Set<PublishedPort> other) {
        var all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}

package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.plan.Change;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The ports that services publish, such as `8080/tcp`.
final class Ports {

    private Ports() {}

    static Set<String> of(JsonNode spec) {
        return names(spec.path("EndpointSpec").path("Ports"));
    }

    /// Those that Swarm has given to a service, as the engine tells it: they may outlive the spec that named them.
    static Set<String> allocated(JsonNode service) {
        return names(service.path("Endpoint").path("Ports"));
    }

    private static Set<String> names(JsonNode list) {
        var ports = new TreeSet<String>();
        for (var port : list) {
            if (port.path("PublishedPort").asInt() > 0) {
                ports.add(name(port));
            }
        }
        return ports;
    }

    private static String name(JsonNode port) {
        return port.path("PublishedPort").asInt() + "/" + port.path("Protocol").asText("tcp");
    }

    /// Takes those ports out of a spec.
    static void drop(JsonNode spec, Set<String> ports) {
        var all = spec.path("EndpointSpec").path("Ports").elements();
        while (all.hasNext()) {
            if (ports.contains(name(all.next()))) {
                all.remove();
            }
        }
    }

    static Set<String> wanted(List<Change> changes) {
        var ports = new TreeSet<String>();
        for (var change : changes) {
            switch (change) {
                case Change.CreateService create -> ports.addAll(of(create.spec()));
                case Change.UpdateService update -> ports.addAll(of(update.spec()));
                default -> {
                    // Publishes nothing.
                }
            }
        }
        return ports;
    }
}

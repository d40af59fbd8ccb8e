package dev.holdfast.placement;

import dev.holdfast.live.PublishedPort;
import dev.holdfast.live.Resources;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What tasks have of one node: reservations, ports, and how many of each service there are.
final class Taken {

    private Resources reserved = Resources.NONE;
    private final Map<PublishedPort, String> ports = new HashMap<>();
    private final Map<String, Integer> tasks = new HashMap<>();

    Taken copy() {
        var copy = new Taken();
        copy.reserved = reserved;
        copy.ports.putAll(ports);
        copy.tasks.putAll(tasks);
        return copy;
    }

    /// One more task of that service.
    void add(String service, Resources asked, Set<PublishedPort> hostPorts) {
        reserved = reserved.plus(asked);
        hostPorts.forEach(port -> ports.putIfAbsent(port, service));
        tasks.merge(service, 1, Integer::sum);
    }

    void add(String service, Demand demand) {
        add(service, demand.reserved(), demand.hostPorts());
    }

    Resources reserved() {
        return reserved;
    }

    /// Whose task has one of the ports.
    Map<PublishedPort, String> ports() {
        return ports;
    }

    int tasksOf(String service) {
        return tasks.getOrDefault(service, 0);
    }
}

package dev.holdfast.placement;

import dev.holdfast.live.Constraints;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.live.PublishedPort;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What tasks have of all nodes, and so how many more tasks of a service would find one.
public final class Rooms {

    /// So many groups of nodes are told of; a large Swarm has many nodes that lack the same.
    private static final int TOLD = 8;

    private final List<Node> nodes;
    private final Map<String, Taken> taken = new HashMap<>();

    Rooms(List<Node> nodes) {
        this.nodes = nodes.stream()
                .sorted(Comparator.comparing(Node::hostname).thenComparing(Node::id))
                .toList();
    }

    /// What the tasks of a service keep.
    public enum Kept {
        ALL,
        RESERVATIONS,
        NOTHING
    }

    /// With the tasks that the scheduler counts, but for those that end anyway.
    public static Rooms of(Live live, Function<Service, Kept> keeps) {
        var rooms = new Rooms(live.nodes());
        var services = live.services().stream().collect(Collectors.toMap(Service::id, s -> s, (one, _) -> one));
        for (var task : live.tasks()) {
            var service = services.get(task.serviceId());
            var stays = task.takesRoom() && List.of("running", "ready").contains(task.desiredState());
            var kept = service == null || !stays ? Kept.NOTHING : keeps.apply(service);
            if (service != null && kept != Kept.NOTHING) {
                rooms.add(service, task, kept == Kept.ALL);
            }
        }
        return rooms;
    }

    Rooms copy() {
        var copy = new Rooms(nodes);
        taken.forEach((node, has) -> copy.taken.put(node, has.copy()));
        return copy;
    }

    private void add(Service service, Task task, boolean withPorts) {
        on(task.nodeId()).add(service.name(), task.reserved(), withPorts ? ports(service, task) : Set.of());
    }

    /// The scheduler counts what the spec of a task names, which the engine does not tell; what is really bound may
    /// be less, and is all that is known of tasks that may be of the spec before.
    private static Set<PublishedPort> ports(Service service, Task task) {
        var before = service.before().map(Service::hostPorts).orElse(service.hostPorts());
        return task.isRunning() && !before.equals(service.hostPorts()) ? task.hostPorts() : service.hostPorts();
    }

    private Taken on(String node) {
        return taken.computeIfAbsent(node, _ -> new Taken());
    }

    /// The nodes that a service may ever run on: only one where it is locked, or asks for a node that is there.
    public List<Node> candidates(Demand demand) {
        var lock = demand.lock();
        if (lock.isPresent()) {
            return nodes.stream().filter(node -> node.id().equals(lock.get())).toList();
        }
        var named = Demand.hostname(demand.constraints())
                .map(name -> nodes.stream()
                        .filter(node -> node.hostname().equalsIgnoreCase(name))
                        .toList())
                .orElse(List.of());
        return named.isEmpty() ? nodes : named;
    }

    /// On which nodes a global service has tasks: those that are in use and satisfy its constraints.
    public List<Node> ofGlobal(Demand demand) {
        return nodes.stream()
                .filter(node -> node.isUsable() && Constraints.satisfied(demand.constraints(), node))
                .toList();
    }

    public int room(String app, Demand demand, Node node, int most) {
        return PlacementFilter.room(app, demand, node, on(node.id()), most);
    }

    /// How many of so many tasks find a node.
    public int room(String app, Demand demand, int wanted) {
        var room = 0;
        for (var node : candidates(demand)) {
            if (room < wanted) {
                room += room(app, demand, node, wanted - room);
            }
        }
        return room;
    }

    /// Gives so many tasks their nodes, as far as there are any; the fullest first, so that the others keep theirs
    /// for who needs it.
    public void place(String app, Demand demand, int wanted) {
        var left = wanted;
        var byRoom = candidates(demand).stream()
                .sorted(Comparator.comparingInt(node -> room(app, demand, node, wanted)))
                .toList();
        for (var node : byRoom) {
            for (var room = room(app, demand, node, left); room > 0; room--) {
                on(node.id()).add(app, demand);
                left--;
            }
        }
    }

    /// One on each of these nodes that can run it.
    public void placeOnEach(String app, Demand demand, List<Node> each) {
        each.stream()
                .filter(node -> room(app, demand, node, 1) > 0)
                .forEach(node -> on(node.id()).add(app, demand));
    }

    /// How many nodes could run one at all.
    public int nodesWithRoom(String app, Demand demand) {
        return (int) candidates(demand).stream()
                .filter(node -> room(app, demand, node, 1) > 0)
                .count();
    }

    /// `node1, node2: drained; node3 (1 fits): 1 GiB of memory left, 2 GiB asked`.
    public String lacks(String app, Demand demand, List<Node> candidates, int wanted) {
        if (candidates.isEmpty()) {
            return "its node is not in the Swarm";
        }
        var nodesByLack = new LinkedHashMap<String, List<String>>();
        for (var node : candidates) {
            var room = room(app, demand, node, wanted);
            var full = on(node.id()).copy();
            for (var i = 0; i < room; i++) {
                full.add(app, demand);
            }
            var lack = String.join(" and ", PlacementFilter.allLacks(app, demand.withoutLock(), node, full));
            nodesByLack
                    .computeIfAbsent(
                            (room > 0 ? " (" + room + (room == 1 ? " fits): " : " fit): ") : ": ") + lack,
                            _ -> new ArrayList<>())
                    .add(node.hostname());
        }
        var told = nodesByLack.entrySet().stream()
                .limit(TOLD)
                .map(each -> String.join(", ", each.getValue()) + each.getKey())
                .collect(Collectors.joining("; "));
        return told + (nodesByLack.size() > TOLD ? "; and other nodes" : "");
    }
}

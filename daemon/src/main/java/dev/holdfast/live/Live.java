package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.engine.EngineVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Swarm at one moment.
///
/// @param swarmId which Swarm: it changes only when a Swarm is made anew
/// @param tasks unfiltered: of services that are gone too
public record Live(
        String swarmId,
        EngineVersion version,
        List<Node> nodes,
        List<Service> services,
        List<Task> tasks,
        List<Network> networks,
        List<Content> secrets,
        List<Content> configs) {

    /// Reads the whole picture. Services come before tasks, so that a task of a service made in between is seen
    /// rather than missed.
    ///
    /// @throws EngineUnreachable where the engine is no working manager: never an empty Swarm
    public static Live read(Engine engine) {
        var info = swarm(engine);
        return new Live(
                info.path("Cluster").path("ID").asText(),
                engine.version(),
                engine.nodes().stream().map(Node::of).toList(),
                engine.services().stream().map(Service::of).toList(),
                engine.tasks().stream().map(Task::of).toList(),
                engine.networks().stream().map(Network::of).toList(),
                engine.secrets().stream().map(Content::of).toList(),
                engine.configs().stream().map(Content::of).toList());
    }

    /// The same with the Swarm's own `host` and `bridge`, which are in no list, where a service uses them.
    public static Live readWithPredefined(Engine engine) {
        var live = read(engine);
        var networks = new ArrayList<>(live.networks);
        live.services.stream()
                .flatMap(service -> service.spec().at("/TaskTemplate/Networks").valueStream())
                .map(network -> network.path("Target").asText())
                .distinct()
                .filter(id ->
                        live.networks.stream().noneMatch(known -> known.id().equals(id)))
                .forEach(id -> networks.add(Network.of(engine.network(id))));
        return new Live(
                live.swarmId,
                live.version,
                live.nodes,
                live.services,
                live.tasks,
                List.copyOf(networks),
                live.secrets,
                live.configs);
    }

    /// Whether the engine is the Swarm's leader: only there does the daemon act. Two small questions, since every
    /// manager asks again and again.
    ///
    /// @throws EngineUnreachable where the engine is no working manager
    public static boolean isLeader(Engine engine) {
        return Node.of(engine.node(swarm(engine).path("NodeID").asText())).leader();
    }

    private static JsonNode swarm(Engine engine) {
        var info = engine.info().path("Swarm");
        if (!info.path("ControlAvailable").asBoolean()) {
            throw new EngineUnreachable(
                    503,
                    "the engine at " + engine.host() + " is no Swarm manager (its Swarm state is \""
                            + info.path("LocalNodeState").asText("inactive")
                            + "\"): run `docker swarm init` there, or name a manager with --docker-host");
        }
        return info;
    }

    public static List<Node> nodes(Engine engine) {
        return engine.nodes().stream().map(Node::of).toList();
    }

    public static List<Service> services(Engine engine) {
        return engine.services().stream().map(Service::of).toList();
    }

    /// A task as the engine lists it.
    public static Task task(JsonNode json) {
        return Task.of(json);
    }

    public Optional<Service> service(String name) {
        return services.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /// The services that Holdfast owns under this cluster name.
    public List<Service> managed(String cluster) {
        return services.stream().filter(s -> s.belongsTo(cluster)).toList();
    }

    public Optional<Node> node(String id) {
        return nodes.stream().filter(n -> n.id().equals(id)).findFirst();
    }

    /// Whether that node is only what a machine was called that has joined the Swarm anew: it is down, and one
    /// ready node has its hostname and its address. Nothing runs there any more.
    public static boolean hasJoinedAnew(Node old, List<Node> nodes) {
        return old.state().equals("down")
                && !old.address().isEmpty()
                && nodes.stream()
                                .filter(node -> node.isReady()
                                        && node.hostname().equals(old.hostname())
                                        && node.address().equals(old.address()))
                                .count()
                        == 1;
    }

    public List<Task> tasksOf(String serviceId) {
        return tasks.stream().filter(t -> t.serviceId().equals(serviceId)).toList();
    }
}

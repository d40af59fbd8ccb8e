package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Constraints;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Network;
import dev.holdfast.live.Node;
import dev.holdfast.live.PublishedPort;
import dev.holdfast.live.Resources;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.spec.Specs;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A Swarm of values: it stores specs, starts tasks on nodes and lets volumes come to be there, as an engine would, and
/// notes whatever must never happen.
final class Swarm {

    static final String DOCKER_ROOT = "/var/lib/docker";

    private static final class Stored {
        private final String id;
        private final ObjectNode spec;
        private final @Nullable ObjectNode previous;
        private final long version;

        private Stored(String id, ObjectNode spec, @Nullable ObjectNode previous, long version) {
            this.id = id;
            this.spec = spec;
            this.previous = previous;
            this.version = version;
        }
    }

    final Map<String, Node> nodes = new TreeMap<>();
    final Disks disks = new Disks(this::next);
    final List<Task> tasks = new ArrayList<>();
    final List<Network> networks = new ArrayList<>();
    final List<Content> secrets = new ArrayList<>();
    final List<Content> configs = new ArrayList<>();

    /// RFC 3339, UTC: when tasks are made.
    String now = "2026-01-01T00:00:00Z";

    /// `APP@TIME` of all runs of scheduled apps.
    final Set<String> starts = new HashSet<>();

    /// What must never happen, and did.
    final List<String> violations = new ArrayList<>();

    /// Apps whose tasks end at once.
    final Set<String> failing = new TreeSet<>();

    private final Set<String> rolledBack = new TreeSet<>();
    private final Map<String, Stored> services = new TreeMap<>();
    private int counter;

    String next() {
        return String.format(java.util.Locale.ROOT, "%05d", ++counter);
    }

    void node(String id, String hostname, String state, String availability) {
        nodes.put(
                id,
                new Node(
                        id, hostname, state, availability, "worker", false, Map.of(), Map.of(), "linux", "x86_64", ""));
    }

    /// What a node has, and what is written on it.
    void node(String id, String hostname, long cpus, long gibibytes, Map<String, String> labels) {
        nodes.put(
                id,
                new Node(
                        id,
                        hostname,
                        "ready",
                        "active",
                        "worker",
                        false,
                        labels,
                        Map.of(),
                        "linux",
                        "x86_64",
                        "10.0.0." + id.charAt(1),
                        new Resources(cpus * 1_000_000_000, gibibytes << 30, Map.of("gpu", cpus / 4)),
                        Set.of("Log/json-file", "Volume/local", "Volume/rexray:latest")));
    }

    Live live() {
        return new Live(
                "swarm",
                new EngineVersion("28.5.2", "1.51"),
                List.copyOf(nodes.values()),
                services.values().stream().map(this::service).toList(),
                List.copyOf(tasks),
                List.copyOf(networks),
                List.copyOf(secrets),
                List.copyOf(configs));
    }

    /// @param asked paths that somebody wants to know about
    Survey look(Set<String> asked) {
        return disks.look(nodes.values(), asked);
    }

    private Service service(Stored stored) {
        var running = tasks.stream()
                .filter(task -> task.serviceId().equals(stored.id) && task.isRunning())
                .count();
        var json = Specs.object();
        json.put("ID", stored.id);
        json.putObject("Version").put("Index", stored.version);
        json.set("Spec", stored.spec.deepCopy());
        if (rolledBack.contains(stored.id)) {
            json.putObject("UpdateStatus").put("State", "rollback_completed");
        }
        if (stored.previous != null) {
            json.set("PreviousSpec", stored.previous.deepCopy());
        }
        var status = json.putObject("ServiceStatus");
        status.put("RunningTasks", running);
        status.put("DesiredTasks", wanted(stored.spec));
        return Service.of(json);
    }

    private long wanted(JsonNode spec) {
        return spec.path("Mode").has("Global")
                ? free(spec).size()
                : spec.path("Mode").path("Replicated").path("Replicas").asInt(1);
    }

    private List<Node> free(JsonNode spec) {
        return nodes.values().stream()
                .filter(Node::isUsable)
                .filter(node ->
                        Constraints.satisfied(Specs.strings(spec.at("/TaskTemplate/Placement/Constraints")), node))
                .toList();
    }

    boolean has(String name) {
        return services.containsKey(name);
    }

    ObjectNode spec(String name) {
        return stored(name).spec.deepCopy();
    }

    private Stored stored(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    void create(String name, ObjectNode spec) {
        services.put(name, new Stored("s" + next(), stored(spec), null, 1));
        start(name);
    }

    /// As `docker service rollback` does.
    void rollback(String name) {
        var old = stored(name);
        update(name, Objects.requireNonNull(old.previous), true);
        rolledBack.add(old.id);
    }

    /// @param restarts whether tasks start anew
    void update(String name, ObjectNode spec, boolean restarts) {
        var old = stored(name);
        rolledBack.remove(old.id);
        services.put(name, new Stored(old.id, stored(spec), old.spec, old.version + 1));
        var own = tasks.stream()
                .filter(task -> task.serviceId().equals(old.id) && task.mayRun())
                .count();
        if (!restarts && isOver(old, name)) {
            return;
        }
        if (restarts || own != wanted(spec)) {
            if (!restarts && own > wanted(spec) || restarts) {
                end(name);
            }
            start(name);
        } else if (spec.path("Mode").has("Global")) {
            follow(name);
        }
    }

    /// Whether its task has ended, is not started again, and the update changes nothing of that.
    private boolean isOver(Stored old, String name) {
        var spec = stored(name).spec;
        return spec.at("/TaskTemplate/RestartPolicy/Condition").asText().equals("none")
                && spec.path("TaskTemplate").equals(old.spec.path("TaskTemplate"))
                && wanted(spec) == wanted(old.spec)
                && tasks.stream().anyMatch(task -> task.serviceId().equals(old.id));
    }

    /// The tasks of a service come to their end.
    void finish(String name, int exitCode) {
        stop(
                name,
                exitCode == 0 ? "complete" : "failed",
                exitCode == 0 ? "" : "task: non-zero exit (" + exitCode + ")");
    }

    /// What Swarm does with a task that is not started again when its node goes down.
    void giveUp(String name) {
        stop(name, "running", "");
    }

    private void stop(String name, String state, String error) {
        var id = stored(name).id;
        tasks.replaceAll(task -> !task.serviceId().equals(id) || !task.isRunning()
                ? task
                : new Task(
                        task.id(),
                        id,
                        task.nodeId(),
                        task.slot(),
                        state,
                        "shutdown",
                        error,
                        now,
                        task.createdAt(),
                        "",
                        task.mounts(),
                        task.spec(),
                        task.reserved(),
                        Set.of()));
    }

    /// Names of scheduled services with a task that runs and mounts that on that node.
    List<String> runsWith(Claim.Key key) {
        return services.entrySet().stream()
                .filter(service -> service.getValue().spec.path("Labels").has(Labels.SCHEDULE))
                .filter(service -> tasks.stream()
                        .anyMatch(task -> task.serviceId().equals(service.getValue().id)
                                && task.mayRun()
                                && task.nodeId().equals(key.node())
                                && task.mounts().stream()
                                        .anyMatch(mount -> mount.source().equals(key.name()))))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// What Swarm does with a global service when nodes or constraints change: a task on each node that satisfies
    /// them.
    private void follow(String name) {
        var stored = stored(name);
        var free = free(stored.spec);
        tasks.removeIf(task -> task.serviceId().equals(stored.id)
                && nodes.get(task.nodeId()) instanceof Node node
                && node.isReady()
                && !free.contains(node));
        for (var node : free) {
            if (tasks.stream()
                    .noneMatch(task ->
                            task.serviceId().equals(stored.id) && task.nodeId().equals(node.id()) && task.mayRun())) {
                task(name, stored, node, 0);
            }
        }
    }

    /// Gives a node other labels.
    void label(String node, Map<String, String> labels) {
        var old = Objects.requireNonNull(nodes.get(node));
        nodes.put(
                node,
                new Node(
                        old.id(),
                        old.hostname(),
                        old.state(),
                        old.availability(),
                        "worker",
                        false,
                        labels,
                        Map.of(),
                        "linux",
                        "x86_64",
                        ""));
        globals().forEach(this::follow);
    }

    private List<String> globals() {
        return services.entrySet().stream()
                .filter(service -> service.getValue().spec.path("Mode").has("Global"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// As if somebody else had made it under another name.
    void rename(String from, String to) {
        var old = stored(from);
        var spec = old.spec.deepCopy();
        spec.put("Name", to).putObject("Labels");
        services.put(to, new Stored(old.id, spec, null, old.version));
        services.remove(from);
    }

    /// One more task, which no node has.
    void pending(String name) {
        var spec = stored(name).spec;
        tasks.add(new Task(
                "t" + next(),
                stored(name).id,
                "",
                1,
                "pending",
                "running",
                "no suitable node (insufficient resources on 2 nodes)",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
                "",
                List.of(),
                spec.path("TaskTemplate").deepCopy(),
                Resources.NONE,
                Set.of()));
    }

    void remove(String name) {
        end(name);
        services.remove(name);
    }

    /// Ends the tasks of a service; those on nodes that are not ready stay in the list, as they do in Swarm.
    void end(String name) {
        var id = stored(name).id;
        tasks.removeIf(task -> task.serviceId().equals(id)
                && (!nodes.containsKey(task.nodeId())
                        || nodes.get(task.nodeId()).isReady()));
    }

    boolean isSeenGone(String id) {
        return tasks.stream().noneMatch(task -> task.serviceId().equals(id) && task.mayRun());
    }

    /// What Swarm does with tasks once a node is back.
    void back(String node) {
        tasks.removeIf(task -> task.nodeId().equals(node)
                && services.values().stream()
                        .noneMatch(stored -> stored.id.equals(task.serviceId())
                                && !stored.spec.path("Mode").has("Global")
                                && wanted(stored.spec) > 0));
        globals().forEach(this::follow);
    }

    private ObjectNode stored(ObjectNode sent) {
        var spec = sent.deepCopy();
        spec.at("/TaskTemplate/Networks")
                .forEach(network -> networks.stream()
                        .filter(known ->
                                known.name().equals(network.path("Target").asText()))
                        .findFirst()
                        .ifPresent(known -> ((ObjectNode) network).put("Target", known.id())));
        return spec;
    }

    private void start(String name) {
        var stored = stored(name);
        if (stored.spec.path("Mode").has("Global")) {
            follow(name);
            return;
        }
        var free = free(stored.spec);
        if (free.isEmpty()) {
            return;
        }
        var own = tasks.stream()
                .filter(task -> task.serviceId().equals(stored.id) && task.mayRun())
                .filter(task -> nodes.get(task.nodeId()) instanceof Node node && node.isReady())
                .count();
        for (var i = own; i < wanted(stored.spec); i++) {
            task(name, stored, free.get((int) (i % free.size())), (int) i + 1);
        }
    }

    private void task(String name, Stored stored, Node node, int slot) {
        var mounts = Mount.ofSpec(stored.spec);
        var state = failing.contains(name) ? "failed" : "running";
        for (var mount : mounts) {
            if (mount.isVolume()) {
                disks.comesToBe(node.id(), mount.source(), stored.spec);
            } else if (mount.isBind() && !disks.has(node.id(), mount.source())) {
                state = "rejected";
            }
        }
        if (state.equals("running")) {
            noteTwoWriters(name, node.id(), mounts);
        }
        tasks.add(new Task(
                "t" + next(),
                stored.id,
                node.id(),
                slot,
                state,
                "running",
                state.equals("running") ? "" : "task: non-zero exit (1)",
                now,
                now,
                "",
                mounts,
                stored.spec.path("TaskTemplate").deepCopy(),
                Resources.of(stored.spec.at("/TaskTemplate/Resources/Reservations")),
                PublishedPort.of(stored.spec.at("/EndpointSpec/Ports"), PublishedPort.HOST)));
    }

    private void noteTwoWriters(String name, String node, List<Mount> mounts) {
        for (var task : tasks) {
            if (task.mayRun() && task.nodeId().equals(node)) {
                for (var mount : mounts) {
                    if (task.mounts().stream()
                            .anyMatch(their -> Mounting.bothWrite(mount, their)
                                    && Mounting.clash(mount, mounting(name), their, mounting(task)))) {
                        violations.add(name + " starts on " + mount.source() + " beside task " + task.id());
                    }
                }
            }
        }
    }

    private Mounting mounting(String service) {
        return new Mounting(service, stored(service).spec);
    }

    private Mounting mounting(Task task) {
        return services.entrySet().stream()
                .filter(service -> service.getValue().id.equals(task.serviceId()))
                .findFirst()
                .map(service -> new Mounting(service.getKey(), service.getValue().spec))
                .orElseGet(() -> new Mounting("", Specs.object()));
    }
}

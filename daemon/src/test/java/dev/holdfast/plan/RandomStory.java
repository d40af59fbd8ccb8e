package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/// A cluster and what happens to it, one thing after another.
record RandomStory(int nodes, List<Event> events) {

    static final List<String> VOLUMES = List.of("vol-one", "vol-two", "vol-three");
    static final List<String> PATHS = List.of("/srv/one", "/srv/two");
    private static final List<String> APPS = List.of("app-a", "app-b", "app-c", "app-d");

    sealed interface Event {}

    /// Writes an app's file. `left` are sources that it leaves; `from` the number of the node whose data it leaves;
    /// `neighbour` an app that it depends on, or empty.
    record Write(
            String app,
            int node,
            Set<String> sources,
            boolean readOnly,
            Set<String> left,
            int from,
            int version,
            String neighbour)
            implements Event {}

    /// Writes an app's file in one of the words that widen the rules.
    ///
    /// @param other the owner, where the word is `with`
    record Widen(String app, Word word, String source, String other, boolean left, int node) implements Event {}

    enum Word {
        SCRATCH,
        EACH_NODE,
        WITH,
        SHARED,
        WRITABLE
    }

    /// An app of that name owns data, and another one writes it too; perhaps both move.
    record Pair(String owner, String guest, String source, int node, int from, int version) implements Event {}

    /// An app that runs each hour, and reads the data of another one; perhaps with data of its own.
    record Scheduled(String app, String owner, String source, boolean own, int version) implements Event {}

    /// Time passes. What runs on a schedule ends, or goes on.
    record Later(int minutes, boolean ends, int exitCode) implements Event {}

    record Remove(String app) implements Event {}

    record Break(String app) implements Event {}

    record Down(int node) implements Event {}

    record Up(int node) implements Event {}

    /// A person moves a service, or removes it, or makes its tasks fail.
    record MoveByHand(String app, int node) implements Event {}

    record RemoveByHand(String app) implements Event {}

    /// Another program writes the service of an app without data, and leaves out what may be left out.
    record Strip(String app) implements Event {}

    record Fail(String app, boolean fails) implements Event {}

    static Arbitrary<RandomStory> any() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        event().list().ofMinSize(2).ofMaxSize(9))
                .as(RandomStory::new);
    }

    private static Arbitrary<Event> event() {
        var app = Arbitraries.of(APPS);
        var node = Arbitraries.integers().between(1, 3);
        var sources = Arbitraries.of(List.of("vol-one", "vol-two", "vol-three", "/srv/one", "/srv/two"));
        var write = Combinators.combine(
                        app,
                        Arbitraries.integers().between(0, 3),
                        sources.set().ofMaxSize(2),
                        Arbitraries.of(false, false, false, false, true),
                        sources.set().ofMaxSize(2),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of("", "", "", "web", "app-a", "app-b"))
                .as(Write::new);
        var widen = Combinators.combine(
                        app,
                        Arbitraries.of(Word.class),
                        sources,
                        app,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 3))
                .as(Widen::new);
        var pair = Combinators.combine(
                        app,
                        app,
                        sources,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 3))
                .as(Pair::new);
        var scheduled = Combinators.combine(
                        app,
                        app,
                        sources,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 2))
                .as(Scheduled::new);
        var later = Combinators.combine(
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 1))
                .as(Later::new);
        return Arbitraries.frequencyOf(
                Tuple.of(4, scheduled.map(s -> (Event) s)),
                Tuple.of(5, later.map(l -> (Event) l)),
                Tuple.of(12, write.map(w -> (Event) w)),
                Tuple.of(6, widen.map(w -> (Event) w)),
                Tuple.of(4, pair.map(p -> (Event) p)),
                Tuple.of(3, app.map(Remove::new)),
                Tuple.of(1, app.map(Break::new)),
                Tuple.of(2, node.map(Down::new)),
                Tuple.of(2, node.map(Up::new)),
                Tuple.of(1, Combinators.combine(app, node).as(MoveByHand::new)),
                Tuple.of(1, app.map(RemoveByHand::new)),
                Tuple.of(1, app.map(Strip::new)),
                Tuple.of(
                        1, Combinators.combine(app, Arbitraries.of(true, false)).as(Fail::new)));
    }

    SimulatedCluster world() {
        var world = SimulatedCluster.of(nodes);
        for (var i = 1; i <= nodes; i++) {
            for (var path : PATHS) {
                world.swarm.disks.directory("n" + i, path);
            }
            world.swarm.disks.directory("n" + i, "/srv");
            if (i < 3) {
                world.swarm.disks.mounted("n" + i, "/mnt/nas");
            }
        }
        return world.app("web", "").daemon();
    }

    /// Plays the story, with a run after each event.
    ///
    /// @param check sees the world as each plan finds it, before the plan is carried out
    SimulatedCluster play(@Nullable BiConsumer<SimulatedCluster, Plan> check) {
        var world = world();
        for (var event : events) {
            happen(world, event);
            if (check != null) {
                check.accept(world, world.plan());
            }
            world.run();
        }
        return world;
    }

    private void happen(SimulatedCluster world, Event event) {
        switch (event) {
            case Write write -> write(world, write);
            case Widen widen -> widen(world, widen);
            case Pair pair
            when !pair.owner().equals(pair.guest()) -> {
                write(
                        world,
                        new Write(
                                pair.owner(),
                                pair.node(),
                                Set.of(pair.source()),
                                false,
                                Set.of(),
                                pair.from(),
                                pair.version(),
                                ""));
                world.app(pair.guest(), with(pair.owner(), pair.source()));
            }
            case Scheduled scheduled when !scheduled.owner().equals(scheduled.app()) -> scheduled(world, scheduled);
            case Later(var minutes, var ends, var exitCode) -> {
                world.later(Duration.ofMinutes(minutes));
                world.swarm.live().services().stream()
                        .filter(service -> ends && service.isScheduled())
                        .forEach(service -> world.swarm.finish(service.name(), exitCode));
            }
            case Remove(var app) -> world.without(app);
            case Break(var app) -> world.file("apps/" + app + ".yaml", "name: " + app + "\nimage: [\n");
            case Down(var node) when node <= nodes -> world.down("n" + node);
            case Up(var node) when node <= nodes -> world.up("n" + node);
            case MoveByHand(var app, var node)
            when world.swarm.has(app) && node <= nodes -> {
                var there = world.swarm.tasks.stream().anyMatch(task -> mayClash(world, app, task, "n" + node));
                if (!there) {
                    world.byHand(
                            app,
                            spec -> spec.withArray("/TaskTemplate/Placement/Constraints")
                                    .removeAll()
                                    .add("node.id==n" + node));
                }
            }
            case Strip(var app)
            when world.swarm.has(app) && !world.swarm.spec(app).path("Labels").has(Labels.CLAIMS) ->
                world.byHand(app, spec -> ((ObjectNode) spec.path("TaskTemplate")).remove("Placement"));
            case RemoveByHand(var app) when world.swarm.has(app) -> world.swarm.remove(app);
            case Fail(var app, var fails) -> {
                if (fails) {
                    world.swarm.failing.add(app);
                } else {
                    world.swarm.failing.remove(app);
                }
            }
            case Event _ -> {
                // There is no such node or service.
            }
        }
    }

    /// The owner is written too, so that the file is right.
    private void scheduled(SimulatedCluster world, Scheduled scheduled) {
        var source = scheduled.source();
        write(world, new Write(scheduled.owner(), 0, Set.of(source), false, Set.of(), 0, scheduled.version(), ""));
        var more = scheduled.own() ? ", 'repo-" + scheduled.app() + ":/repo'" : "";
        world.app(
                scheduled.app(),
                "schedule: '0 * * * *'\nenvironment: {V: '" + scheduled.version()
                        + "'}\npersistent: {directories: [{" + (source.startsWith("/") ? "host" : "volume") + ": "
                        + source + ", target: /r, of: " + scheduled.owner() + "}" + more + "]}\n");
    }

    /// People are expected not to start two writers by hand.
    private static boolean mayClash(SimulatedCluster world, String app, dev.holdfast.live.Task task, String node) {
        var service = world.swarm.live().service(app).orElseThrow();
        return task.nodeId().equals(node) && !task.serviceId().equals(service.id());
    }

    private static String with(String owner, String source) {
        return "persistent: {directories: [{" + (source.startsWith("/") ? "host" : "volume") + ": " + source
                + ", target: /w, with: " + owner + "}]}\n";
    }

    private void widen(SimulatedCluster world, Widen widen) {
        var source = widen.source();
        var leave = widen.left() ? "leave: [" + source + "]" : "";
        var deploy = "deploy: {mode: global"
                + (widen.node() == 0 || widen.node() > nodes
                        ? "}\n"
                        : ", placement: {constraints: [node.hostname != w" + widen.node() + "]}}\n");
        world.app(
                widen.app(),
                switch (widen.word()) {
                    case SCRATCH ->
                        "deploy: {replicas: 2}\nscratch: ['" + source + ":/s']\n"
                                + (leave.isEmpty() ? "" : "persistent: {" + leave + "}\n");
                    case EACH_NODE ->
                        deploy + "environment: {V: '" + widen.node()
                                + "'}\npersistent: {each_node: true, directories: ['" + source + ":/e']}\n";
                    case WITH -> with(widen.other(), source);
                    case SHARED ->
                        "persistent: {directories: [{host: /mnt/nas, target: /n, shared: true}]"
                                + (leave.isEmpty() ? "" : ", " + leave) + "}\n";
                    case WRITABLE -> "host_paths: ['" + (widen.left() ? "/srv" : "/srv/two") + ":/h:rw']\n";
                });
    }

    private void write(SimulatedCluster world, Write write) {
        var text = new StringBuilder("environment: {V: '" + write.version() + "'}\n");
        if (write.version() % 2 == 1) {
            text.append("before: ./migrate\nafter: ./seed\n");
        }
        // In one direction only: a circle is an error, and nothing would be planned.
        if (write.neighbour().equals("web")
                || !write.neighbour().isEmpty() && write.neighbour().compareTo(write.app()) < 0) {
            text.append("depends_on: [").append(write.neighbour()).append("]\n");
        }
        var lines = new ArrayList<String>();
        if (write.node() > 0 && write.node() <= nodes && !write.sources().isEmpty()) {
            lines.add("node: w" + write.node());
        }
        if (!write.sources().isEmpty()) {
            lines.add("directories: ["
                    + String.join(
                            ", ",
                            write.sources().stream()
                                    .sorted()
                                    .map(s -> "'" + s + ":/t/" + s.replace('/', '-') + (write.readOnly() ? ":ro" : "")
                                            + "'")
                                    .toList())
                    + "]");
        }
        var left = write.left().stream()
                .filter(s -> !write.sources().contains(s))
                .sorted()
                .toList();
        if (!left.isEmpty()) {
            lines.add("leave: [" + String.join(", ", left) + "]");
        }
        if (write.from() > 0 && write.from() <= nodes && write.from() != write.node()) {
            lines.add("leave_data_on: w" + write.from());
        }
        if (!lines.isEmpty()) {
            text.append("persistent:\n  ").append(String.join("\n  ", lines)).append('\n');
        }
        world.app(write.app(), text.toString());
    }
}

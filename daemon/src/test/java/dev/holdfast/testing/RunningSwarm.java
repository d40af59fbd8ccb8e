package dev.holdfast.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// A Swarm that runs now, made and ended by `examples/private-swarm`. It names this JVM as its owner, so that what
/// a killed JVM leaves behind is swept when the next one starts.
final class RunningSwarm implements AutoCloseable {

    /// What distinguishes one Swarm from another; test classes that want the same share one.
    record Shape(int nodes, int managers, String engine) {}

    /// The first start on a machine fetches the engine.
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    private final Path script = script();
    private final Shape shape;
    private final Path folder;
    private List<SwarmNode> nodes = List.of();

    private RunningSwarm(Shape shape, Path folder) {
        this.shape = shape;
        this.folder = folder;
    }

    static RunningSwarm start(Shape shape) {
        sweep();
        try {
            var swarm = new RunningSwarm(shape, Files.createTempDirectory("holdfast-"));
            swarm.start();
            return swarm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the Swarms of JVMs that are gone.
    static void sweep() {
        Command.run(STOP_LIMIT, List.of(script().toString(), "sweep"));
    }

    /// Throws this Swarm away and starts a new one in its place.
    void start() {
        var owner = Long.toString(ProcessHandle.current().pid());
        Command.run(
                START_LIMIT,
                List.of(
                        script.toString(),
                        "start",
                        folder.toString(),
                        "--nodes",
                        Integer.toString(shape.nodes()),
                        "--managers",
                        Integer.toString(shape.managers()),
                        "--engine",
                        shape.engine(),
                        "--owner",
                        owner));
        nodes = IntStream.rangeClosed(1, shape.nodes())
                .mapToObj(number -> new SwarmNode(script, folder, number))
                .toList();
    }

    Path folder() {
        return folder;
    }

    List<SwarmNode> nodes() {
        return nodes;
    }

    /// Back to a fresh Swarm: cleaned where that works, started anew where a test left too little of it.
    void reset() {
        try {
            nodes.forEach(SwarmNode::restore);
            SwarmCleaner.clean(nodes);
        } catch (RuntimeException e) {
            start();
        }
    }

    @Override
    public void close() {
        Command.run(STOP_LIMIT, List.of(script.toString(), "stop", folder.toString()));
    }

    static Path script() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var script = at.resolve("examples/private-swarm");
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new IllegalStateException("examples/private-swarm is not above the working directory");
    }
}

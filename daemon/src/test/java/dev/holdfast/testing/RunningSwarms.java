package dev.holdfast.testing;

import dev.holdfast.testing.RunningSwarm.Shape;
import java.util.LinkedHashMap;

/// The Swarms of this JVM, each kept for the next class that wants its shape. Few at once, since each costs memory and
/// heartbeats: the one that was not wanted for longest goes first, the others with the last test.
final class RunningSwarms implements AutoCloseable {

    private static final int AT_ONCE = 3;

    private final LinkedHashMap<Shape, RunningSwarm> swarms = new LinkedHashMap<>(8, 0.75f, true);

    RunningSwarm of(Shape shape) {
        var known = swarms.get(shape);
        if (known != null) {
            return known;
        }
        while (swarms.size() >= AT_ONCE) {
            swarms.pollFirstEntry().getValue().close();
        }
        var started = RunningSwarm.start(shape);
        swarms.put(shape, started);
        return started;
    }

    @Override
    public void close() {
        swarms.values().forEach(RunningSwarm::close);
        swarms.clear();
    }
}

package dev.holdfast.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.live.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one lock of a cluster in the whole Swarm: a config named `holdfast-lock-<cluster>`. Who could create it has it;
/// its label is `<holder>/<beat>`, and the beat goes on counting while the holder lives.
///
/// A lock is taken over when its beat has stood still for a minute of the observer's own monotonic clock, or at once
/// when its holder was a process of this host that is dead. One object remembers what it saw from try to try, so keep
/// it. Safe for use by many threads.
public final class SwarmLock {

    /// @param beat how often the holder counts on
    /// @param stale how long a beat may stand still
    public record Timing(Duration beat, Duration stale) {

        public static final Timing NORMAL = new Timing(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final byte[] DATA = "The lock of Holdfast: one run at a time.\n".getBytes(StandardCharsets.UTF_8);

    /// What this process holds now: a lock that it let go of without reaching the engine is nobody's.
    static final Set<String> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Engine engine;
    private final String name;
    private final String holder;
    private final Ticker ticker;
    private final Timing timing;
    private final LockOwner process = LockOwner.current();
    private @Nullable Seen seen;

    /// @param holder who this is, for people: `daemon on node-1`
    public SwarmLock(Engine engine, String cluster, String holder, Ticker ticker, Timing timing) {
        this.engine = engine;
        this.name = "holdfast-lock-" + cluster;
        this.holder = holder.replace('/', '-');
        this.ticker = ticker;
        this.timing = timing;
    }

    public SwarmLock(Engine engine, String cluster, String holder) {
        this(engine, cluster, holder, Ticker.SYSTEM, Timing.NORMAL);
    }

    /// A beat of somebody else's, and when it was first seen.
    private record Seen(String id, String beat, long since) {}

    /// Takes the lock if it is free or its holder is gone.
    public Optional<LockHeld> tryTake() {
        var mine = create();
        if (mine.isPresent()) {
            return mine;
        }
        var current = current();
        if (current.isPresent() && !isAbandoned(current.get())) {
            return Optional.empty();
        }
        current.ifPresent(abandoned -> remove(engine, abandoned.path("ID").asText()));
        return create();
    }

    /// Takes the lock, waiting for it.
    ///
    /// @param progress is told once who is being waited for
    /// @throws LockTaken if it was not to be had in that time
    public LockHeld take(Duration wait, Consumer<String> progress) throws InterruptedException {
        var start = ticker.nanos();
        var told = false;
        while (true) {
            var mine = tryTake();
            if (mine.isPresent()) {
                return mine.get();
            }
            var who = holder().orElse("somebody else");
            if (ticker.nanos() - start >= wait.toNanos()) {
                throw new LockTaken("another run holds the lock " + name + " of this Swarm (" + who
                        + "); it is taken over when it has shown no life for "
                        + timing.stale().toSeconds() + " s");
            }
            if (!told) {
                progress.accept("waiting for another run to end: " + who);
                told = true;
            }
            ticker.sleep(LOOK_AGAIN);
        }
    }

    /// Who holds the lock now, for people.
    public Optional<String> holder() {
        return current().map(SwarmLock::holderOf);
    }

    private Optional<LockHeld> create() {
        var owner = holder + " " + UUID.randomUUID().toString().substring(0, 8);
        HELD_HERE.add(owner);
        try {
            var sent = ticker.nanos();
            var id = engine.createConfig(name, labels(owner, 0, process), DATA, null);
            return Optional.of(new LockHeld(engine, ticker, timing, new LockHeld.Lock(id, name, owner, process), sent));
        } catch (EngineException e) {
            HELD_HERE.remove(owner);
            if (e.isConflict()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private synchronized boolean isAbandoned(JsonNode config) {
        var owner = LockOwner.parse(
                config.path("Spec").path("Labels").path(Labels.LOCK_PROCESS).asText());
        if (owner.isSameAs(process) ? !HELD_HERE.contains(holderOf(config)) : owner.isKnownDead()) {
            return true;
        }
        var id = config.path("ID").asText();
        var beat = beatOf(config);
        var last = seen;
        if (last == null || !last.id().equals(id) || !last.beat().equals(beat)) {
            seen = new Seen(id, beat, ticker.nanos());
            return false;
        }
        return ticker.nanos() - last.since() >= timing.stale().toNanos();
    }

    private Optional<JsonNode> current() {
        return engine.configsNamed(name).stream()
                .filter(config -> config.path("Spec").path("Name").asText().equals(name))
                .findFirst();
    }

    static ObjectNode labels(String owner, long beat, LockOwner process) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(Labels.LOCK, owner + "/" + beat)
                .put(Labels.LOCK_PROCESS, process.text());
    }

    static String beatOf(JsonNode config) {
        return config.path("Spec").path("Labels").path(Labels.LOCK).asText();
    }

    static String holderOf(JsonNode config) {
        return beatOf(config).split("/", 2)[0];
    }

    static void remove(Engine engine, String id) {
        try {
            engine.removeConfig(id);
        } catch (EngineException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}

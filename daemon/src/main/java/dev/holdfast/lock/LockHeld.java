package dev.holdfast.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Swarm's lock, taken. Its beat is counted on by a thread of its own until it is closed.
public final class LockHeld implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LockHeld.class);
    private static final int RELEASE_TRIES = 3;

    private final Engine engine;
    private final Ticker ticker;
    private final SwarmLock.Timing timing;
    private final Lock lock;
    private final Thread beating;
    private volatile long lastBeat;
    private volatile boolean lost;

    /// @param owner the holder, with a random word that no other holding has
    record Lock(String id, String name, String owner, LockOwner process) {}

    LockHeld(Engine engine, Ticker ticker, SwarmLock.Timing timing, Lock lock, long created) {
        this.engine = engine;
        this.ticker = ticker;
        this.timing = timing;
        this.lock = lock;
        this.lastBeat = created;
        this.beating = Thread.ofVirtual().name("lock-beat").start(this::beat);
    }

    /// Whether the lock is still this one's: asked before every write. It looks in the Swarm, since a process that
    /// was frozen knows nothing of the time that went by; false, too, where that cannot be seen.
    public boolean stillMine() {
        if (lost || ticker.nanos() - lastBeat >= timing.stale().toNanos()) {
            return false;
        }
        try {
            return isOurs(engine.config(lock.id()));
        } catch (EngineException e) {
            lost |= e.isNotFound();
            return false;
        }
    }

    /// Lets go of the lock. Where the engine cannot be reached it will be seen as abandoned.
    @Override
    public void close() {
        beating.interrupt();
        SwarmLock.HELD_HERE.remove(lock.owner());
        for (var tries = 1; !lost; tries++) {
            try {
                SwarmLock.remove(engine, lock.id());
                return;
            } catch (EngineException e) {
                if (tries == RELEASE_TRIES) {
                    LOG.warn(
                            "the lock {} could not be released and will be taken over: {}",
                            lock.name(),
                            e.getMessage());
                    return;
                }
            }
        }
    }

    private void beat() {
        try {
            for (var count = 1L; !lost; count++) {
                ticker.sleep(timing.beat());
                beatOnce(count);
            }
        } catch (InterruptedException closed) {
            // That is how close() ends it.
        }
    }

    /// A beat that does not get through is not the end: the next one may, and until then nobody may take over.
    private void beatOnce(long count) {
        try {
            var sent = ticker.nanos();
            var config = engine.config(lock.id());
            if (!isOurs(config)) {
                lost = true;
                return;
            }
            engine.updateConfigLabels(
                    lock.id(),
                    config.path("Version").path("Index").asLong(),
                    lock.name(),
                    SwarmLock.labels(lock.owner(), count, lock.process()));
            lastBeat = sent;
        } catch (EngineException e) {
            if (e.isNotFound()) {
                lost = true;
            } else {
                LOG.debug("a beat of the lock {} failed: {}", lock.name(), e.getMessage());
            }
        }
    }

    private boolean isOurs(JsonNode config) {
        return SwarmLock.holderOf(config).equals(lock.owner());
    }
}

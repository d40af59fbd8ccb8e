package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.WholeSpec;
import dev.holdfast.live.Service;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Every write of a run goes through here: at most four in flight, none without the Swarm-wide lock, and a stale
/// version is read again and tried again only where nobody else has changed the spec.
final class Writer {

    private static final int IN_FLIGHT = 4;
    private static final int TRIES = 6;

    private final Engine engine;
    private final Runnable stillAllowed;
    private final Semaphore slots = new Semaphore(IN_FLIGHT, true);

    /// @param stillAllowed throws where the lock has been lost
    Writer(Engine engine, Runnable stillAllowed) {
        this.engine = engine;
        this.stillAllowed = stillAllowed;
    }

    Engine engine() {
        return engine;
    }

    <T> T write(Supplier<T> request) throws InterruptedException {
        slots.acquire();
        try {
            stillAllowed.run();
            return request.get();
        } finally {
            slots.release();
        }
    }

    /// Changes the service as it is now.
    ///
    /// @param change what to do to a copy of the live spec
    void modify(String id, Consumer<ObjectNode> change) throws InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var live = Service.of(engine.service(id));
            var spec = (ObjectNode) live.spec().deepCopy();
            change.accept(spec);
            if (spec.equals(live.spec())
                    || isMadeWhole(live, attempt) && tryUpdate(id, live.version(), spec, attempt)) {
                return;
            }
        }
    }

    /// Replaces the spec, if it is still the one that the plan has seen.
    ///
    /// @param seen the live spec that the new one was made from
    /// @throws ChangedMeanwhile where somebody else was faster
    void replace(String id, JsonNode seen, ObjectNode spec) throws InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var live = Service.of(engine.service(id));
            if (!WholeSpec.of(live.spec()).equals(WholeSpec.of(seen))) {
                throw new ChangedMeanwhile(live.name());
            }
            if (isMadeWhole(live, attempt) && tryUpdate(id, live.version(), spec, attempt)) {
                return;
            }
        }
    }

    /// A service that another hand has made without a placement gets an empty one in a write of its own: else the
    /// next update makes its old spec the one that a rollback brings back, and that kills the managers.
    ///
    /// @return whether it was whole; if not, it must be read again
    private boolean isMadeWhole(Service live, int attempt) throws InterruptedException {
        if (WholeSpec.isWhole(live.spec())) {
            return true;
        }
        tryUpdate(live.id(), live.version(), live.spec(), attempt);
        return false;
    }

    private boolean tryUpdate(String id, long version, JsonNode spec, int attempt) throws InterruptedException {
        try {
            write(() -> {
                engine.updateService(id, version, spec);
                return true;
            });
            return true;
        } catch (EngineException e) {
            if (!e.isOutOfSequence() || attempt == TRIES) {
                throw e;
            }
            Thread.sleep(100L * attempt);
            return false;
        }
    }

    /// Somebody else changed the service between the plan and the write: the next run plans again.
    static final class ChangedMeanwhile extends RuntimeException {
        ChangedMeanwhile(String app) {
            super(app + " was changed by somebody else while this run went on; the next run plans it again");
        }
    }
}

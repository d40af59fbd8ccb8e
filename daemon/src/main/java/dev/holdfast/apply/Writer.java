package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.WholeSpec;
import dev.holdfast.live.Service;
import dev.holdfast.registry.Registries;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Every write of a run goes through here: at most four in flight, none without the Swarm-wide lock, and a stale
/// version is read again and tried again only where nobody else has changed the spec.
final class Writer {

    private static final int IN_FLIGHT = 4;
    private static final int TRIES = 6;

    private final Engine engine;
    private final @Nullable Registries registries;
    private final Runnable stillAllowed;
    private final Semaphore slots = new Semaphore(IN_FLIGHT, true);

    /// @param registries tell what the nodes show the registry of an image; null where no image is written
    /// @param stillAllowed throws where the lock has been lost
    Writer(Engine engine, @Nullable Registries registries, Runnable stillAllowed) {
        this.engine = engine;
        this.registries = registries;
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

    /// @return the new service's ID
    String create(ObjectNode spec) throws InterruptedException {
        var auth = registries == null ? null : registries.auth(image(spec));
        return write(() -> engine.createService(spec, auth));
    }

    /// Changes the service as it is now.
    ///
    /// @param change what to do to a copy of the live spec
    void modify(String id, Consumer<ObjectNode> change) throws InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var live = Service.of(engine.service(id));
            var spec = (ObjectNode) live.spec().deepCopy();
            change.accept(spec);
            if (spec.equals(live.spec()) || isMadeWhole(live, attempt) && tryUpdate(live, spec, attempt)) {
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
            if (isMadeWhole(live, attempt) && tryUpdate(live, spec, attempt)) {
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
        tryUpdate(live, live.spec(), attempt);
        return false;
    }

    private boolean tryUpdate(Service live, JsonNode spec, int attempt) throws InterruptedException {
        var auth = registries == null ? null : registries.authAfter(image(live.spec()), image(spec));
        try {
            write(() -> {
                engine.updateService(live.id(), live.version(), spec, auth);
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

    private static String image(JsonNode spec) {
        return spec.path("TaskTemplate").path("ContainerSpec").path("Image").asText();
    }

    /// Somebody else changed the service between the plan and the write: the next run plans again.
    static final class ChangedMeanwhile extends RuntimeException {
        ChangedMeanwhile(String app) {
            super(app + " was changed by somebody else while this run went on; the next run plans it again");
        }
    }
}

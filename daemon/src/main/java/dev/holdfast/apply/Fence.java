package dev.holdfast.apply;

import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Fencing;
import dev.holdfast.spec.StoppedLabel;
import java.util.function.Predicate;

/// Sets the services of nodes that are down to 0 at once, beside whatever run goes on: a node may be back before
/// that run is over. One write for each service, of a number alone, and what it changed makes any other write that was
/// planned before a stale one.
public final class Fence {

    static final String WHY = "its node is down: scaling to 0";

    private Fence() {}

    /// @param shared which volumes every node sees
    public static void close(Engine engine, String cluster, Predicate<String> shared, Progress progress)
            throws InterruptedException {
        if (!Live.isLeader(engine)) {
            return;
        }
        var live = Live.read(engine);
        var writer = new Writer(engine, null, () -> {});
        for (var service : Fencing.due(live, cluster, shared)) {
            try {
                progress.app(service.name(), WHY);
                writer.modify(service.id(), StoppedLabel::stop);
            } catch (EngineException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
    }
}

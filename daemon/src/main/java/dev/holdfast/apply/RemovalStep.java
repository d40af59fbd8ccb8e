package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Removes the service of an app that no file declares; its data stays. Where those who took its data do not run, it is
/// put back instead.
final class RemovalStep {

    private final Engine engine;
    private final Plan plan;
    private final Live live;
    private final Writer writer;
    private final Stopping stopping;
    private final Progress progress;

    RemovalStep(Plan plan, Live live, Writer writer, Stopping stopping, Progress progress) {
        this.engine = writer.engine();
        this.plan = plan;
        this.live = live;
        this.writer = writer;
        this.stopping = stopping;
        this.progress = progress;
    }

    /// @param outcomes of the apps so far, by name
    Outcome remove(Change.RemoveService remove, Map<String, Outcome> outcomes) throws InterruptedException {
        var begun = System.nanoTime();
        var failed = new ArrayList<String>();
        for (var change : plan.changes()) {
            var outcome = outcomes.get(change.app());
            if (change.takesFrom().contains(remove.id()) && outcome != null && outcome.isBad()) {
                failed.add(change.app());
            }
        }
        try {
            if (!failed.isEmpty()) {
                putBack(remove, failed);
                return Outcome.held(
                        remove.app(),
                        String.join(", ", failed) + " could not take its data over, so it was put back");
            }
            progress.app(remove.app(), "removing");
            writer.write(() -> {
                engine.removeService(remove.id());
                return true;
            });
            return Outcome.removed(remove.app(), Duration.ofNanos(System.nanoTime() - begun));
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException e) {
            return e.isNotFound()
                    ? Outcome.removed(remove.app(), Duration.ofNanos(System.nanoTime() - begun))
                    : Outcome.failed(remove.app(), Duration.ofNanos(System.nanoTime() - begun), String.valueOf(e.getMessage()));
        } catch (Stopping.CannotBeSeen e) {
            return Outcome.held(remove.app(), String.valueOf(e.getMessage()));
        }
    }

    /// The taker is stopped and seen gone before the giver starts again on the same data.
    private void putBack(Change.RemoveService giver, List<String> takers) throws InterruptedException {
        for (var taker : takers) {
            var service = Live.services(engine).stream()
                    .filter(s -> s.name().equals(taker))
                    .findFirst();
            if (service.isPresent()) {
                stopping.stop(taker, service.get().id(), false);
            }
        }
        var before = live.service(giver.app()).map(RemovalStep::wholeSpec).orElse(null);
        if (before != null) {
            progress.app(giver.app(), "putting it back");
            writer.modify(giver.id(), spec -> {
                spec.removeAll();
                spec.setAll((ObjectNode) before.deepCopy());
            });
        }
    }

    /// The spec to go back to: a run that was cut off may have stopped the service already, and taken its ports.
    private static JsonNode wholeSpec(Service service) {
        var previous = service.previousSpec();
        return service.replicas() == 0 && previous != null ? previous : service.spec();
    }
}

package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.engine.WholeSpec;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Exchange;
import dev.holdfast.spec.ScheduledSpec;
import dev.holdfast.spec.StoppedLabel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes an exchange of data back, because one who should have taken data has failed: all of it is stopped and seen
/// gone before anybody starts again on the data that he had before.
final class ExchangeUndo {

    private final Live before;
    private final Writer writer;
    private final ScaleToZero stopping;
    private final Progress progress;

    /// @param before what the plan was made from
    ExchangeUndo(Live before, Writer writer, ScaleToZero stopping, Progress progress) {
        this.before = before;
        this.writer = writer;
        this.stopping = stopping;
        this.progress = progress;
    }

    /// @param outcomes of the apps so far, by name; those of the exchange that have not failed are held after this
    void putBack(Exchange exchange, Map<String, Outcome> outcomes) throws InterruptedException {
        var failed = exchange.failed(app -> isBad(outcomes.get(app)));
        var why = String.join(", ", failed) + " could not take its data over, so ";
        try {
            var ids = ids(exchange);
            for (var entry : ids.entrySet()) {
                stopping.scaleDown(entry.getKey(), entry.getValue(), false);
            }
            for (var entry : ids.entrySet()) {
                stopping.awaitGone(entry.getKey(), entry.getValue());
            }
            for (var change : exchange.changes()) {
                var old = before.service(change.app()).filter(service -> exchange.isPutBack(change, service));
                if (old.isPresent()) {
                    restart(old.get());
                }
                tell(change, why + (old.isPresent() ? "it was put back" : "it was stopped"), outcomes);
            }
        } catch (EngineUnreachable e) {
            throw e;
        } catch (ScaleToZero.CannotBeSeen | EngineException e) {
            exchange.changes().forEach(change -> tell(change, why + "it stays stopped: " + e.getMessage(), outcomes));
        }
    }

    private void restart(Service old) throws InterruptedException {
        progress.app(old.name(), "putting it back");
        var whole = (ObjectNode) wholeSpec(old);
        writer.modify(old.id(), spec -> {
            spec.removeAll();
            spec.setAll(whole.deepCopy());
        });
    }

    private static void tell(Change change, String why, Map<String, Outcome> outcomes) {
        if (!isBad(outcomes.get(change.app()))) {
            outcomes.put(change.app(), Outcome.held(change.app(), why));
        }
    }

    static boolean isBad(@Nullable Outcome outcome) {
        return outcome != null && outcome.isBad();
    }

    /// The services as they are now: those that this run has made, too.
    private Map<String, String> ids(Exchange exchange) {
        var ids = new HashMap<String, String>();
        for (var service : Live.services(writer.engine())) {
            if (exchange.has(service.name())) {
                ids.put(service.name(), service.id());
            }
        }
        return ids;
    }

    /// The spec to go back to: a run that was cut off may have stopped the service already, and taken its ports.
    /// Who was stopped by a commit has the label of that commit.
    private static JsonNode wholeSpec(Service service) {
        var previous = service.previousSpec();
        if (service.isScheduled()) {
            return ScheduledSpec.resting(service.spec()); // its run is over, or was stopped with it
        }
        if (service.isGlobal()) {
            return StoppedLabel.is(service) ? StoppedLabel.started(service.spec()) : service.spec();
        }
        return service.replicas() == 0
                        && previous != null
                        && withoutStop(previous).equals(withoutStop(service.spec()))
                ? previous
                : service.spec();
    }

    private static ObjectNode withoutStop(JsonNode spec) {
        var rest = (ObjectNode) WholeSpec.of(spec).deepCopy();
        rest.remove("EndpointSpec");
        ((ObjectNode) rest.withObject("/Mode/Replicated")).remove("Replicas");
        return rest;
    }
}

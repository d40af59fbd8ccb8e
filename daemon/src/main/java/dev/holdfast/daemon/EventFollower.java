package dev.holdfast.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.engine.EngineException;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks for a run when a service or a node changes, so that drift is seen at once and a lost node is fenced within a
/// second. Where the stream breaks it is followed anew, and whatever happened meanwhile counts as an event.
final class EventFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFollower.class);
    private static final long AGAIN_MILLIS = 5000;

    /// Survey jobs come and go by themselves.
    private static final String OWN = "holdfast-survey-";

    private final EngineAddress address;
    private final Runnable nodeChanged;
    private final Runnable changed;
    private final Thread thread;
    private volatile boolean closed;

    private EventFollower(EngineAddress address, Runnable nodeChanged, Runnable changed) {
        this.address = address;
        this.nodeChanged = nodeChanged;
        this.changed = changed;
        this.thread = Thread.ofPlatform().daemon().name("events").unstarted(this::follow);
    }

    /// @param nodeChanged called first where a node changed
    /// @param changed called for every event
    static EventFollower start(EngineAddress address, Runnable nodeChanged, Runnable changed) {
        var follower = new EventFollower(address, nodeChanged, changed);
        follower.thread.start();
        return follower;
    }

    private void follow() {
        while (!closed) {
            try (var engine = Engine.at(address);
                    var stream = engine.events(List.of("service", "node"));
                    var events = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(stream)) {
                // Nobody has told what happened before it was listened to.
                nodeChanged.run();
                changed.run();
                while (!closed && events.hasNextValue()) {
                    var event = events.nextValue();
                    var name =
                            event.path("Actor").path("Attributes").path("name").asText();
                    if (event.path("Type").asText().equals("node")) {
                        nodeChanged.run();
                    }
                    if (!name.startsWith(OWN)) {
                        changed.run();
                    }
                }
            } catch (IOException | EngineException e) {
                LOG.debug("events: {}", e.getMessage());
            }
            try {
                Thread.sleep(closed ? 0 : AGAIN_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}

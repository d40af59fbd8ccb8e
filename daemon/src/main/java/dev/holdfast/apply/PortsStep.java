package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Has services give up published ports that other apps want.
final class PortsStep {

    private final Writer writer;
    private final Live live;
    private final Map<String, JsonNode> changed = new ConcurrentHashMap<>();

    /// @param live what the plan was made from
    PortsStep(Writer writer, Live live) {
        this.writer = writer;
        this.live = live;
    }

    void free(Act.FreePorts given) throws InterruptedException {
        writer.modify(given.id(), spec -> Ports.drop(spec, given.ports()));
        changed.put(given.id(), Service.of(writer.engine().service(given.id())).spec());
        awaitFree(given.id(), given.ports());
    }

    /// The spec that the service still has if nobody else has changed it since the plan.
    JsonNode seen(String id) {
        var spec = changed.get(id);
        return spec != null
                ? spec
                : live.services().stream()
                        .filter(service -> service.id().equals(id))
                        .map(Service::spec)
                        .findFirst()
                        .orElseThrow();
    }

    /// Swarm's allocator lets go of a port a moment after the spec did, and until then nobody else gets it.
    private void awaitFree(String id, Set<String> ports) throws InterruptedException {
        for (var look = 0; look < 100; look++) {
            if (Collections.disjoint(Ports.allocated(writer.engine().service(id)), ports)) {
                return;
            }
            Thread.sleep(100);
        }
    }
}

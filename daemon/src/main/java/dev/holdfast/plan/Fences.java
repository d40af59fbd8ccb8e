package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Services that write data on a node that is not ready go to 0, whatever else holds them (product rule 13): otherwise
/// Swarm runs the old and a new task side by side when the node is back.
final class Fences {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private Fences() {}

    /// @param held apps that nothing else is done to
    static List<Change> of(Situation situation, Set<String> held) {
        Predicate<String> shared = situation::isShared;
        var fences = new ArrayList<Change>();
        for (var service : situation.live().managed(situation.cluster())) {
            if (held.contains(service.name())
                    && service.replicas() > 0
                    && service.spec().path("Mode").has("Replicated")
                    && !service.labels().containsKey(Labels.PAUSE)
                    && isOutOfReach(situation, service)
                    && Possession.of(service, shared).mounted().stream()
                            .anyMatch(source -> Possession.of(service, shared).writes(source))) {
                fences.add(fence(service));
            }
        }
        return fences;
    }

    private static boolean isOutOfReach(Situation situation, Service service) {
        return service.lockedNode()
                .flatMap(id -> situation.live().node(id))
                .map(Node::isReady)
                .map(ready -> !ready)
                .orElse(false);
    }

    private static Change fence(Service service) {
        var spec = (ObjectNode) service.spec().deepCopy();
        ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", 0);
        return new Change.UpdateService(
                service.name(),
                service.id(),
                service.version(),
                spec,
                List.of(new FieldChange("deploy.replicas", String.valueOf(service.replicas()), "0", false)),
                false,
                false,
                List.of(),
                Set.of(),
                Set.of(),
                TIMEOUT,
                "");
    }
}

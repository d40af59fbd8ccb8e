package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.data.Possession;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.StoppedLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Services that write data on a node that is down go to 0, whatever else holds them (rule `wait-for-node`): otherwise
/// Swarm runs the old and a new task side by side when the node is back.
public final class Fencing {

    private Fencing() {}

    /// The services of a cluster that must go to 0 now.
    ///
    /// @param shared which volumes every node sees
    public static List<Service> due(Live live, String cluster, Predicate<String> shared) {
        return live.managed(cluster).stream()
                .filter(service -> service.replicas() > 0
                        && service.spec().path("Mode").has("Replicated")
                        && !service.labels().containsKey(Labels.PAUSE)
                        && isDown(live, service)
                        && Possession.of(service, shared, live).writes())
                .toList();
    }

    /// @param held apps that nothing else is done to
    static List<Change> of(Situation situation, Set<String> held) {
        var fences = new ArrayList<Change>();
        for (var service : due(situation.live(), situation.cluster(), situation::isShared)) {
            if (held.contains(service.name())) {
                var spec = (ObjectNode) service.wholeSpec().deepCopy();
                StoppedLabel.stop(spec);
                var field = new FieldChange("deploy.replicas", String.valueOf(service.replicas()), "0", false);
                fences.add(new Change.ScaleService(service.name(), service.id(), spec, List.of(field), false));
            }
        }
        return fences;
    }

    private static boolean isDown(Live live, Service service) {
        return service.lockedNode().flatMap(live::node).map(Node::isDown).orElse(false);
    }
}

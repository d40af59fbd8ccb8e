package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Network;
import dev.holdfast.live.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Networks of ours that are declared no more: those that nothing uses are removed, the others stay and are told of,
/// with who uses them.
public final class DroppedNetworks {

    private final Situation situation;
    private final List<Network> dropped;
    private final Collection<Service> staying;

    /// @param staying services that this run leaves as they are
    DroppedNetworks(Situation situation, Networks networks, Collection<Service> staying) {
        this.situation = situation;
        this.staying = staying;
        var declared = new TreeSet<String>();
        situation.repository().networks().keySet().forEach(key -> declared.add(networks.name(key)));
        this.dropped = situation.live().networks().stream()
                .filter(network -> situation.cluster().equals(network.labels().get(Labels.CLUSTER))
                        && !declared.contains(network.name()))
                .toList();
    }

    List<Change> removals(Collection<App> apps, Networks networks) {
        if (!situation.desired().complete()) {
            return List.of();
        }
        var used = new TreeSet<String>();
        apps.forEach(app -> app.networks().keySet().forEach(key -> used.add(networks.name(key))));
        var changes = new ArrayList<Change>();
        for (var network : dropped) {
            if (!used.contains(network.name())
                    && usersOf(network.name(), network.id(), staying).isEmpty()) {
                changes.add(new Change.RemoveNetwork(network.name(), network.id()));
            }
        }
        return changes;
    }

    List<Warning> inUse() {
        return dropped.stream()
                .filter(network ->
                        !usersOf(network.name(), network.id(), staying).isEmpty())
                .map(network -> warning(network.name(), users(network.name(), network.id(), staying)))
                .toList();
    }

    /// Those that the plan would have removed, and that are still there.
    public static List<Warning> leftBy(Plan plan, Live after) {
        var warnings = new ArrayList<Warning>();
        for (var change : plan.changes()) {
            if (change instanceof Change.RemoveNetwork gone
                    && after.networks().stream()
                            .anyMatch(network -> network.id().equals(gone.id()))) {
                var users = usersOf(gone.name(), gone.id(), after.services()).isEmpty()
                        ? "a container that is no service"
                        : users(gone.name(), gone.id(), after.services());
                warnings.add(warning(gone.name(), users));
            }
        }
        return warnings;
    }

    private static Warning warning(String network, String users) {
        return new Warning(
                "",
                WarningCode.NETWORK_IN_USE,
                "network " + network + " is declared no more and stays, as it is used by " + users
                        + "; it is removed when nothing uses it any more");
    }

    private static String users(String name, String id, Collection<Service> services) {
        return String.join(", ", usersOf(name, id, services));
    }

    private static List<String> usersOf(String name, String id, Collection<Service> services) {
        return services.stream()
                .filter(service -> joins(service, name, id))
                .map(service -> service.labels().containsKey(Labels.CLUSTER)
                        ? "app " + service.name()
                        : "service " + service.name() + ", which Holdfast does not manage")
                .sorted()
                .toList();
    }

    private static boolean joins(Service service, String name, String id) {
        for (var network : service.spec().path("TaskTemplate").path("Networks")) {
            var target = network.path("Target").asText();
            if (target.equals(name) || target.equals(id)) {
                return true;
            }
        }
        return false;
    }
}

package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.WholeSpec;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Network;
import dev.holdfast.spec.StoppedLabel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Carries a plan out on the Swarm of a story, as the executor does on a real one, and notes what it must never do.
final class SimulatedExecutor {

    private final Swarm swarm;
    private final Ledger ledger;
    private final String commit;
    private final Map<String, Ledger.Failure> failures = new HashMap<>();

    /// @param ledger as it was written before the first service is touched
    SimulatedExecutor(Swarm swarm, Ledger ledger, String commit) {
        this.swarm = swarm;
        this.ledger = ledger;
        this.commit = commit;
    }

    /// @return what has failed
    Map<String, Ledger.Failure> carryOut(Plan plan) {
        surroundings(plan);
        var before = swarm.live();
        for (var change : plan.changes()) {
            switch (change) {
                case Change.ScaleService fence when !fence.starts() -> update(fence.app(), fence.spec(), false);
                case Change.UpdateService update when update.stopFirst() -> stop(update.app());
                case Change.RemoveService remove when remove.stopFirst() -> stop(remove.app());
                default -> {
                    // Nothing is stopped for it.
                }
            }
        }
        seenGone(plan);
        var failed = new TreeSet<String>();
        for (var change : plan.changes()) {
            var ok = switch (change) {
                case Change.CreateService create -> {
                    entered(create.claims());
                    swarm.create(create.app(), whole(create.app(), create.spec()));
                    yield well(create.app(), create.hash());
                }
                case Change.UpdateService update -> {
                    if (update.restarts()
                            && !update.stopFirst()
                            && !update.claims().isEmpty()
                            && update.claims().stream().anyMatch(claim -> !claim.readOnly())) {
                        swarm.violations.add(update.app() + " restarts with data and is not stopped first");
                    }
                    entered(update.claims());
                    update(update.app(), update.spec(), update.restarts());
                    yield well(update.app(), update.hash());
                }
                case Change.ScaleService resumption
                when resumption.starts() -> {
                    update(resumption.app(), resumption.spec(), false);
                    yield true;
                }
                default -> true;
            };
            if (!ok) {
                failed.add(change.app());
            }
        }
        removals(plan, putBack(plan, before, failed));
        return failures;
    }

    /// Data that could not be taken over goes back to whom it came from.
    ///
    /// @return the apps that are not as the plan wanted them
    private Set<String> putBack(Plan plan, Live before, Set<String> failed) {
        var stay = new TreeSet<String>();
        for (var exchange : Exchange.of(plan)) {
            if (!exchange.failed(failed::contains).isEmpty()) {
                exchange.changes().forEach(change -> stop(change.app()));
                for (var change : exchange.changes()) {
                    stay.add(change.app());
                    before.service(change.app())
                            .filter(service -> exchange.isPutBack(change, service))
                            .ifPresent(service ->
                                    swarm.update(change.app(), (ObjectNode) WholeSpec.of(service.spec()), false));
                }
            }
        }
        return stay;
    }

    private void update(String app, ObjectNode spec, boolean restarts) {
        swarm.update(app, whole(app, spec), restarts);
    }

    private ObjectNode whole(String app, ObjectNode spec) {
        if (!WholeSpec.isWhole(spec)) {
            swarm.violations.add(app + " is sent without a placement, which kills the managers");
        }
        return spec;
    }

    private boolean well(String app, String hash) {
        if (swarm.failing.contains(app)) {
            failures.put(app, new Ledger.Failure(hash, "task: non-zero exit (1)", commit, SimulatedCluster.NOW));
            return false;
        }
        return true;
    }

    private void entered(List<Claim> claims) {
        for (var claim : claims) {
            if (ledger.claim(claim.key()).isEmpty()) {
                swarm.violations.add(claim.name() + " is not in the ledger before its service exists");
            }
        }
    }

    private void seenGone(Plan plan) {
        for (var change : plan.changes()) {
            for (var id : takesFrom(change)) {
                if (!swarm.isSeenGone(id)) {
                    swarm.violations.add(change.name() + " does not see the tasks of " + id + " gone");
                }
            }
        }
    }

    private void stop(String app) {
        var spec = (ObjectNode) WholeSpec.of(swarm.spec(app)).deepCopy();
        StoppedLabel.stop(spec);
        swarm.update(app, spec, false);
    }

    private void surroundings(Plan plan) {
        for (var change : plan.changes()) {
            switch (change) {
                case Change.CreateNetwork network ->
                    swarm.networks.add(new Network(
                            "net" + swarm.next(),
                            network.name(),
                            network.body().path("Driver").asText(),
                            "swarm",
                            network.body().path("Internal").asBoolean(),
                            network.body().path("Attachable").asBoolean(),
                            Map.of(),
                            List.of(),
                            Map.of(Labels.CLUSTER, plan.cluster())));
                case Change.CreateContent content ->
                    (content.kind() == Change.Kind.SECRET ? swarm.secrets : swarm.configs)
                            .add(new Content(
                                    "c" + swarm.next(),
                                    content.name(),
                                    Map.of(Labels.CLUSTER, plan.cluster(), Labels.SOURCE, content.source())));
                default -> {
                    // Services come later.
                }
            }
        }
    }

    /// What nothing needs any more goes last.
    private void removals(Plan plan, Set<String> stay) {
        for (var change : plan.changes()) {
            switch (change) {
                case Change.RemoveService remove when !stay.contains(remove.app()) -> swarm.remove(remove.app());
                case Change.RemoveNetwork network ->
                    swarm.networks.removeIf(known -> known.id().equals(network.id()));
                default -> {
                    // Done before.
                }
            }
        }
        for (var left : Leftovers.contents(swarm.live(), plan.cluster())) {
            swarm.secrets.removeIf(content -> content.id().equals(left.id()));
            swarm.configs.removeIf(content -> content.id().equals(left.id()));
        }
    }

    private static Set<String> takesFrom(Change change) {
        return switch (change) {
            case Change.CreateService create -> create.takesFrom();
            case Change.UpdateService update -> update.takesFrom();
            default -> Set.of();
        };
    }
}

package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Hook;
import dev.holdfast.apply.Act;
import dev.holdfast.apply.ExecutionOrder;
import dev.holdfast.data.Possession;
import dev.holdfast.engine.WholeSpec;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Network;
import dev.holdfast.spec.HookSpec;
import dev.holdfast.spec.Specs;
import dev.holdfast.spec.StoppedLabel;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Carries a plan out on the Swarm of a story, in the [ExecutionOrder] that the executor follows on a real one, and
/// notes what must never be done. Of steps that run side by side, any may come first.
final class SimulatedExecutor {

    private final Swarm swarm;
    private final Ledger ledger;
    private final String commit;
    private final Map<String, Ledger.Failure> failures = new HashMap<>();

    /// Apps that have failed or are held.
    private final Set<String> bad = new TreeSet<>();

    /// IDs of services that were stopped and seen gone, before they went on with other data.
    private final Set<String> gone = new TreeSet<>();

    /// What ran for which time, in the whole story.
    private final Set<String> starts;

    /// What the plan was made from.
    private final Live before;

    /// @param ledger as it was written before the first service is touched
    SimulatedExecutor(Swarm swarm, Ledger ledger, String commit) {
        this.starts = swarm.starts;
        this.swarm = swarm;
        this.before = swarm.live();
        this.ledger = ledger;
        this.commit = commit;
    }

    /// @return what has failed
    Map<String, Ledger.Failure> carryOut(Plan plan) {
        var chance = new Random(commit.hashCode());
        var open = new ArrayList<>(ExecutionOrder.of(plan, before).steps());
        var ended = new HashSet<String>();
        while (!open.isEmpty()) {
            var ready = open.stream()
                    .filter(step -> ended.containsAll(step.after()) && ended.containsAll(step.gone()))
                    .toList();
            var step = ready.get(chance.nextInt(ready.size()));
            take(step, plan);
            ended.add(step.name());
            open.remove(step);
        }
        return failures;
    }

    private void take(ExecutionOrder.Step step, Plan plan) {
        if (step.isDue(bad::contains)) {
            act(step.act(), plan);
        } else if (step.missing(bad::contains).isPresent()) {
            bad.add(step.act().app());
        }
    }

    private void act(Act act, Plan plan) {
        switch (act) {
            case Act.Create create -> create(create.change(), plan.cluster());
            case Act.Fence(var fence) -> update(fence.app(), fence.spec(), false);
            case Act.Stop stop -> {
                stop(stop.app());
                if (swarm.isSeenGone(stop.id())) {
                    gone.add(stop.id());
                }
            }
            case Act.Deploy deploy -> {
                if (!deploy(deploy.change())) {
                    bad.add(deploy.app());
                }
            }
            case Act.Run(var write) -> run(write, plan);
            case Act.StartAgain(var scale) -> update(scale.app(), scale.spec(), false);
            case Act.PutBack(var exchange) -> putBack(exchange);
            case Act.Remove(var remove) -> swarm.remove(remove.app());
            case Act.RemoveNetwork(var network) ->
                swarm.networks.removeIf(known -> known.id().equals(network.id()));
            case Act.RemoveContents _ -> {
                for (var left : Contents.unused(swarm.live(), plan.cluster(), Set.of())) {
                    swarm.secrets.removeIf(content -> content.id().equals(left.id()));
                    swarm.configs.removeIf(content -> content.id().equals(left.id()));
                }
            }
            case Act.RunHook(var run) -> runHook(run);
            case Act.ClearHook _, Act.ClearLeft _ -> {
                // Here a task leaves no service.
            }
            case Act.FreePorts _, Act.Await _ -> {
                // This Swarm gives out no ports, and its tasks run at once.
            }
        }
    }

    private void run(RunWrite write, Plan plan) {
        var ours = Mount.ofSpec(write.spec()).stream().map(Mount::source).toList();
        if (write.step() == RunWrite.Step.START) {
            for (var change : plan.changes()) {
                if (change instanceof Change.UpdateService update
                        && update.claims().stream().anyMatch(claim -> ours.contains(claim.name()))) {
                    swarm.violations.add(write.app() + " runs while " + change.app() + " is changed");
                }
            }
            if (!swarm.isSeenGone(write.id())) {
                swarm.violations.add(write.app() + " runs beside itself");
            }
            if (!starts.add(write.app() + "@" + write.run().scheduled())) {
                swarm.violations.add(write.app() + " runs twice for one time");
            }
        }
        update(write.app(), write.spec(), false);
    }

    /// A task that ends well at once.
    private void runHook(HookRun run) {
        var live = swarm.has(run.app()) ? swarm.spec(run.app()) : Specs.object();
        var done = run.when() == Hook.When.BEFORE ? HookSpec.change(live) : HookSpec.done(live);
        if (done.equals(Optional.of(run.change()))) {
            swarm.violations.add(run.service() + " runs twice for one change");
        }
        if (run.when() == Hook.When.AFTER) {
            var spec = (ObjectNode) WholeSpec.of(swarm.spec(run.app())).deepCopy();
            HookSpec.markDone(spec, run.change());
            swarm.update(run.app(), spec, false);
        }
    }

    /// No run reads what changes hands or moves.
    private void undisturbed(Change.ServiceChange change, List<Claim> claims) {
        var had = before.service(change.app())
                .map(service -> Possession.of(service, volume -> false, before).keys())
                .orElse(List.of());
        for (var claim : claims) {
            if (!had.contains(claim.key())) {
                swarm.runsWith(claim.key()).stream()
                        .filter(name -> !name.equals(change.app()))
                        .forEach(name -> swarm.violations.add(
                                change.app() + " takes " + claim.name() + " while a run of " + name + " has it"));
            }
        }
    }

    private boolean deploy(Change.ServiceChange change) {
        switch (change) {
            case Change.CreateService create -> undisturbed(change, create.claims());
            case Change.UpdateService update -> undisturbed(change, update.claims());
            default -> {
                // Takes nothing.
            }
        }
        for (var id : change.takesFrom()) {
            if (!gone.contains(id) && !swarm.isSeenGone(id)) {
                swarm.violations.add(change.name() + " does not see the tasks of " + id + " gone");
            }
        }
        for (var neighbour : change.after()) {
            if (bad.contains(neighbour)) {
                swarm.violations.add(change.name() + " is written though " + neighbour + " has not converged");
            }
        }
        return switch (change) {
            case Change.CreateService create -> {
                entered(create.claims());
                swarm.create(create.app(), whole(create.app(), create.spec()));
                yield well(create.app(), create.hash());
            }
            case Change.UpdateService update -> {
                if (update.restarts()
                        && !update.stopFirst()
                        && !update.spec().path("Mode").has("Global")
                        && !update.claims().isEmpty()
                        && update.claims().stream().anyMatch(claim -> !claim.readOnly())) {
                    swarm.violations.add(update.app() + " restarts with data and is not stopped first");
                }
                if (update.stopFirst()) {
                    stop(update.app());
                }
                entered(update.claims());
                update(update.app(), update.spec(), update.restarts());
                yield well(update.app(), update.hash());
            }
            default -> throw new IllegalStateException("neither creates nor updates a service: " + change);
        };
    }

    /// Data that could not be taken over goes back to whom it came from.
    private void putBack(Exchange exchange) {
        exchange.changes().stream().map(Change::app).filter(swarm::has).forEach(this::stop);
        for (var change : exchange.changes()) {
            bad.add(change.app());
            before.service(change.app())
                    .filter(service -> exchange.isPutBack(change, service))
                    .ifPresent(service -> swarm.update(change.app(), (ObjectNode) WholeSpec.of(service.spec()), false));
        }
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

    private void stop(String app) {
        var spec = (ObjectNode) WholeSpec.of(swarm.spec(app)).deepCopy();
        StoppedLabel.stop(spec);
        swarm.update(app, spec, false);
    }

    private Content content(Change.CreateContent made) {
        var json = Specs.object().put("ID", "c" + swarm.next());
        var spec = json.putObject("Spec").put("Name", made.name());
        spec.set("Labels", made.labels());
        if (made.kind() == Change.Kind.CONFIG) {
            spec.put("Data", Base64.getEncoder().encodeToString(made.data()));
        }
        return Content.of(json);
    }

    private void create(Change change, String cluster) {
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
                        Map.of(Labels.CLUSTER, cluster)));
            case Change.CreateContent content ->
                (content.kind() == Change.Kind.SECRET ? swarm.secrets : swarm.configs).add(content(content));
            default -> throw new IllegalStateException("neither network, secret nor config: " + change);
        }
    }
}

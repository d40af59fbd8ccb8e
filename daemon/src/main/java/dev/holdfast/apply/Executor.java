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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Carries a plan out. The order is the order of the methods that [#execute] calls.
///
/// Must run under the Swarm-wide lock, and after the plan's ledger has been written.
public final class Executor {

    private final Engine engine;
    private final Plan plan;
    private final Live live;
    private final Progress progress;
    private final Writer writer;
    private final Map<String, CompletableFuture<Outcome>> apps = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> released = new HashMap<>();
    private final Map<String, JsonNode> changedHere = new HashMap<>();

    /// @param live what the plan was made from
    /// @param stillAllowed called before each write; throws where the lock has been lost
    public Executor(Engine engine, Plan plan, Live live, Runnable stillAllowed, Progress progress) {
        this.engine = engine;
        this.plan = plan;
        this.live = live;
        this.progress = new Told(progress);
        this.writer = new Writer(engine, stillAllowed);
    }

    /// @return one outcome for each app of the plan, by name
    /// @throws EngineUnreachable where the engine went away for long: the next run goes on from what is there
    public List<Outcome> execute() throws InterruptedException {
        surroundings();
        var outcomes = withoutWriting(plan);
        try (var watch = new Watch(engine);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                run(watch, threads, outcomes);
            } finally {
                threads.shutdownNow();
            }
        }
        contents();
        outcomes.values().stream()
                .filter(outcome -> outcome.result() != Outcome.Result.UNCHANGED)
                .forEach(progress::outcome);
        return List.copyOf(outcomes.values());
    }

    /// The outcomes of the apps that a plan leaves alone, by name.
    public static TreeMap<String, Outcome> withoutWriting(Plan plan) {
        var outcomes = new TreeMap<String, Outcome>();
        plan.unchanged().forEach(app -> outcomes.put(app, Outcome.unchanged(app)));
        plan.failed()
                .forEach(f -> outcomes.put(
                        f.app(),
                        Outcome.failed(
                                f.app(),
                                Duration.ZERO,
                                f.error() + "\n(not tried again until its file changes; or:"
                                        + " holdfast apply --retry " + f.app() + ")")));
        plan.holds().forEach(hold -> outcomes.put(hold.app(), Outcome.held(hold.app(), hold.message())));
        return outcomes;
    }

    private void run(Watch watch, ExecutorService threads, Map<String, Outcome> outcomes) throws InterruptedException {
        var stopping = new Stopping(writer, watch, progress);
        fences();
        release(stopping, threads);
        freePorts();
        startApps(watch, stopping, threads);
        for (var entry : apps.entrySet()) {
            outcomes.put(entry.getKey(), join(entry.getValue()));
        }
        removals(stopping, outcomes);
        networks();
    }

    /// Networks, secrets and configs. What is there by now was made by an earlier run that was cut off.
    private void surroundings() throws InterruptedException {
        for (var change : plan.changes()) {
            try {
                switch (change) {
                    case Change.CreateNetwork network -> {
                        progress.step("creating network " + network.name());
                        writer.write(() -> engine.createNetwork(network.body()));
                    }
                    case Change.CreateContent content -> {
                        progress.step("creating " + content.kind().word() + " " + content.name());
                        writer.write(() -> content.kind() == Change.Kind.SECRET
                                ? engine.createSecret(
                                        content.name(), content.labels(), content.data(), content.templateDriver())
                                : engine.createConfig(
                                        content.name(), content.labels(), content.data(), content.templateDriver()));
                    }
                    default -> {
                        // Services come later.
                    }
                }
            } catch (EngineUnreachable e) {
                throw e;
            } catch (EngineException e) {
                if (!e.isConflict()) {
                    progress.step(
                            change.kind().word() + " " + change.name() + " could not be created: " + e.getMessage());
                }
            }
        }
    }

    /// Services on nodes that are not ready go to 0.
    private void fences() throws InterruptedException {
        for (var change : plan.changes()) {
            if (change instanceof Change.UpdateService update && plan.isHeld(update.app())) {
                progress.app(update.app(), "its node is not ready: scaling to 0");
                writer.modify(
                        update.id(), spec -> ((ObjectNode) spec.withObject("/Mode/Replicated")).put("Replicas", 0));
            }
        }
    }

    /// Every service that gives data to another is stopped and seen gone, all at once: a swap is a circle.
    private void release(Stopping stopping, ExecutorService threads) {
        for (var change : plan.changes()) {
            switch (change) {
                case Change.RemoveService remove
                when remove.stopFirst() ->
                    released.put(remove.id(), start(threads, () -> stopping.stop(remove.app(), remove.id(), false)));
                case Change.UpdateService update
                when update.stopFirst() && isGiver(update.id()) ->
                    released.put(update.id(), start(threads, () -> stopping.stop(update.app(), update.id(), true)));
                default -> {
                    // Gives nothing to anybody.
                }
            }
        }
    }

    private boolean isGiver(String id) {
        return plan.changes().stream().anyMatch(change -> switch (change) {
            case Change.CreateService create -> create.takesFrom().contains(id);
            case Change.UpdateService update -> update.takesFrom().contains(id);
            default -> false;
        });
    }

    /// A service that gives up a published port that another app wants makes room first: Swarm refuses a port that
    /// a service still has, and two apps may swap theirs.
    private void freePorts() throws InterruptedException {
        for (var change : plan.changes()) {
            if (change instanceof Change.RemoveService remove && !remove.stopFirst()) {
                freePorts(remove.id(), Set.of());
            } else if (change instanceof Change.UpdateService update && !plan.isHeld(update.app())) {
                freePorts(update.id(), Ports.of(update.spec()));
            }
        }
    }

    private void freePorts(String id, Set<String> kept) throws InterruptedException {
        var given = new TreeSet<String>();
        live.services().stream()
                .filter(service -> service.id().equals(id))
                .forEach(service -> given.addAll(Ports.of(service.spec())));
        given.removeAll(kept);
        given.retainAll(Ports.wanted(plan.changes()));
        if (!given.isEmpty()) {
            writer.modify(id, spec -> Ports.drop(spec, given));
            changedHere.put(id, Service.of(engine.service(id)).spec());
            awaitFree(id, given);
        }
    }

    /// Swarm's allocator lets go of a port a moment after the spec did, and until then nobody else gets it.
    private void awaitFree(String id, Set<String> ports) throws InterruptedException {
        for (var look = 0; look < 100; look++) {
            if (Collections.disjoint(Ports.allocated(engine.service(id)), ports)) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private void startApps(Watch watch, Stopping stopping, ExecutorService threads) {
        var rollout = new Rollout(engine, watch, progress);
        var step = new AppStep(writer, watch, stopping, rollout, new Prepared(engine), this::seen, progress);
        for (var change : plan.changes()) {
            if (change.kind() == Change.Kind.SERVICE
                    && change.action() != Change.Action.REMOVE
                    && !plan.isHeld(change.app())) {
                apps.put(change.app(), new CompletableFuture<>());
            }
        }
        for (var change : plan.changes()) {
            var future = apps.get(change.app());
            if (future != null && change.kind() == Change.Kind.SERVICE) {
                threads.execute(() -> {
                    try {
                        future.complete(app(change, step, stopping));
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                });
            }
        }
    }

    /// The spec that the service still has if nobody else has changed it since the plan.
    private JsonNode seen(String id) {
        var changed = changedHere.get(id);
        return changed != null
                ? changed
                : live.services().stream()
                        .filter(service -> service.id().equals(id))
                        .map(Service::spec)
                        .findFirst()
                        .orElseThrow();
    }

    private Outcome app(Change change, AppStep step, Stopping stopping) throws InterruptedException {
        var begun = System.nanoTime();
        try {
            for (var neighbour : after(change)) {
                var awaited = apps.get(neighbour);
                if (awaited != null && isBad(join(awaited))) {
                    return Outcome.held(change.app(), "it depends on " + neighbour + ", which has not converged");
                }
            }
            begun = System.nanoTime();
            for (var giver : takesFrom(change)) {
                var release = released.get(giver);
                if (release != null) {
                    join(release);
                } else {
                    stopping.awaitGone(change.app(), giver);
                }
            }
            switch (change) {
                case Change.CreateService create -> step.create(create);
                case Change.UpdateService update -> step.update(update);
                default -> throw new IllegalStateException("not a step of an app: " + change);
            }
            var outcome = Outcome.converged(change.app(), since(begun));
            progress.outcome(outcome);
            return outcome;
        } catch (Stopping.CannotBeSeen | Stopping.InUse | Writer.ChangedMeanwhile e) {
            return Outcome.held(change.app(), String.valueOf(e.getMessage()));
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException | Rollout.RolloutFailed e) {
            return Outcome.failed(change.app(), since(begun), String.valueOf(e.getMessage()));
        }
    }

    /// What no file declares goes last, and only where those who took its data run; otherwise it is put back.
    private void removals(Stopping stopping, Map<String, Outcome> outcomes) throws InterruptedException {
        for (var change : plan.changes()) {
            switch (change) {
                case Change.RemoveService remove -> outcomes.put(remove.app(), remove(remove, stopping, outcomes));
                case Change.UpdateService update
                when isGiver(update.id()) && isBad(outcomes.get(update.app())) ->
                    progress.app(update.app(), "it gave data away and did not converge itself");
                default -> {
                    // Stays.
                }
            }
        }
    }

    private Outcome remove(Change.RemoveService remove, Stopping stopping, Map<String, Outcome> outcomes)
            throws InterruptedException {
        var begun = System.nanoTime();
        var failed = new ArrayList<String>();
        for (var change : plan.changes()) {
            if (takesFrom(change).contains(remove.id()) && isBad(outcomes.get(change.app()))) {
                failed.add(change.app());
            }
        }
        try {
            if (!failed.isEmpty()) {
                putBack(remove, failed, stopping);
                return Outcome.held(
                        remove.app(), String.join(", ", failed) + " could not take its data over, so it was put back");
            }
            progress.app(remove.app(), "removing");
            writer.write(() -> {
                engine.removeService(remove.id());
                return true;
            });
            return Outcome.removed(remove.app(), since(begun));
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException e) {
            return e.isNotFound()
                    ? Outcome.removed(remove.app(), since(begun))
                    : Outcome.failed(remove.app(), since(begun), String.valueOf(e.getMessage()));
        } catch (Stopping.CannotBeSeen e) {
            return Outcome.held(remove.app(), String.valueOf(e.getMessage()));
        }
    }

    /// The taker is stopped and seen gone before the giver starts again on the same data.
    private void putBack(Change.RemoveService giver, List<String> takers, Stopping stopping)
            throws InterruptedException {
        for (var taker : takers) {
            var service = Live.services(engine).stream()
                    .filter(s -> s.name().equals(taker))
                    .findFirst();
            if (service.isPresent()) {
                stopping.stop(taker, service.get().id(), false);
            }
        }
        var before = live.service(giver.app()).map(Service::spec).orElse(null);
        if (before != null) {
            progress.app(giver.app(), "putting it back");
            writer.modify(giver.id(), spec -> {
                spec.removeAll();
                spec.setAll((ObjectNode) before.deepCopy());
            });
        }
    }

    private void networks() throws InterruptedException {
        for (var change : plan.changes()) {
            if (change instanceof Change.RemoveNetwork network) {
                removeNetwork(network);
            }
        }
    }

    /// Tasks let go of a network a moment after their service is gone.
    private void removeNetwork(Change.RemoveNetwork network) throws InterruptedException {
        for (var attempt = 1; attempt <= 10; attempt++) {
            try {
                writer.write(() -> {
                    engine.removeNetwork(network.id());
                    return true;
                });
                return;
            } catch (EngineUnreachable e) {
                throw e;
            } catch (EngineException e) {
                if (e.isNotFound()) {
                    return;
                }
                progress.step("network " + network.name() + " is still in use");
                Thread.sleep(1000);
            }
        }
    }

    /// Secrets and configs that no spec names any more, and no previous spec, which a rollback would need.
    private void contents() throws InterruptedException {
        for (var change : dev.holdfast.plan.Leftovers.contents(Live.read(engine), plan.cluster())) {
            try {
                writer.write(() -> {
                    if (change.kind() == Change.Kind.SECRET) {
                        engine.removeSecret(change.id());
                    } else {
                        engine.removeConfig(change.id());
                    }
                    return true;
                });
            } catch (EngineUnreachable e) {
                throw e;
            } catch (EngineException e) {
                progress.step(change.kind().word() + " " + change.name() + " stays: " + e.getMessage());
            }
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Void> start(ExecutorService threads, Step step) {
        var future = new CompletableFuture<Void>();
        threads.execute(() -> {
            try {
                step.run();
                future.complete(null);
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private static <T> T join(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (java.util.concurrent.ExecutionException e) {
            switch (e.getCause()) {
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException known -> throw known;
                case null, default -> throw new CompletionException(e.getCause());
            }
        }
    }

    private static Set<String> after(Change change) {
        return switch (change) {
            case Change.CreateService create -> create.after();
            case Change.UpdateService update -> update.after();
            default -> Set.of();
        };
    }

    private static Set<String> takesFrom(Change change) {
        return switch (change) {
            case Change.CreateService create -> create.takesFrom();
            case Change.UpdateService update -> update.takesFrom();
            default -> Set.of();
        };
    }

    private static boolean isBad(@org.jspecify.annotations.Nullable Outcome outcome) {
        return outcome != null
                && (outcome.result() == Outcome.Result.FAILED || outcome.result() == Outcome.Result.HELD);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}

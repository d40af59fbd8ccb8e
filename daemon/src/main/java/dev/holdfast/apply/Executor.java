package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.KnownSecrets;
import dev.holdfast.data.RealPaths;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Exchange;
import dev.holdfast.plan.Plan;
import dev.holdfast.spec.StoppedLabel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final RealPaths places;
    private final KnownSecrets secrets;
    private final Progress progress;
    private final Writer writer;
    private final List<Exchange> exchanges;
    private final Map<String, CompletableFuture<Outcome>> apps = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> released = new HashMap<>();
    private final List<CompletableFuture<Void>> resumed = new ArrayList<>();
    private final Map<String, JsonNode> changedHere = new HashMap<>();

    /// @param live what the plan was made from
    /// @param places where data really is, as far as a look has found it
    /// @param secrets that a failing task may repeat
    /// @param stillAllowed called before each write; throws where the lock has been lost
    public Executor(
            Engine engine,
            Plan plan,
            Live live,
            RealPaths places,
            KnownSecrets secrets,
            Runnable stillAllowed,
            Progress progress) {
        this.engine = engine;
        this.plan = plan;
        this.live = live;
        this.places = places;
        this.secrets = secrets;
        this.progress = new ChangedProgress(progress);
        this.writer = new Writer(engine, stillAllowed);
        this.exchanges = Exchange.of(plan);
    }

    /// @return one outcome for each app of the plan, by name
    /// @throws EngineUnreachable where the engine went away for long: the next run goes on from what is there
    public List<Outcome> execute() throws InterruptedException {
        var surroundings = new SurroundingsStep(writer, progress);
        surroundings.create(plan);
        var outcomes = withoutWriting(plan);
        try (var watch = new Watch(engine);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                run(watch, threads, outcomes);
            } finally {
                threads.shutdownNow();
            }
        }
        surroundings.removeNetworks(plan);
        surroundings.removeContents(plan);
        outcomes.values().stream()
                .filter(outcome -> outcome.result() != Outcome.Result.UNCHANGED)
                .forEach(progress::outcome);
        return List.copyOf(outcomes.values());
    }

    /// The outcomes of the apps that a plan leaves alone, by name.
    public static TreeMap<String, Outcome> withoutWriting(Plan plan) {
        var outcomes = new TreeMap<String, Outcome>();
        plan.unchanged().forEach(app -> outcomes.put(app, Outcome.unchanged(app)));
        plan.rollouts().late().forEach(app -> outcomes.put(app, Outcome.converged(app, Duration.ZERO)));
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
        var stopping = new ScaleToZero(writer, watch, places, progress);
        fences();
        release(stopping, threads);
        freePorts();
        startApps(watch, stopping, threads);
        resume(stopping, threads);
        for (var resumption : resumed) {
            join(resumption);
        }
        for (var entry : apps.entrySet()) {
            outcomes.put(entry.getKey(), join(entry.getValue()));
        }
        putBack(stopping, outcomes);
        var removal = new RemovalStep(writer, progress);
        for (var change : plan.changes()) {
            if (change instanceof Change.RemoveService remove && !ExchangeUndo.isBad(outcomes.get(remove.app()))) {
                outcomes.put(remove.app(), removal.remove(remove));
            }
        }
    }

    /// Data that could not be taken over goes back to whom it came from.
    private void putBack(ScaleToZero stopping, Map<String, Outcome> outcomes) throws InterruptedException {
        var step = new ExchangeUndo(live, writer, stopping, progress);
        for (var exchange : exchanges) {
            if (!exchange.failed(app -> ExchangeUndo.isBad(outcomes.get(app))).isEmpty()) {
                step.putBack(exchange, outcomes);
            }
        }
    }

    /// Services on nodes that are down go to 0.
    private void fences() throws InterruptedException {
        for (var change : plan.changes()) {
            if (change instanceof Change.ScaleService fence && !fence.starts()) {
                progress.app(fence.app(), Fence.WHY);
                writer.modify(fence.id(), StoppedLabel::stop);
            }
        }
    }

    /// What such a fence, or a run that did not come to its end, has stopped gets its tasks back, though its app is
    /// held by now.
    private void resume(ScaleToZero stopping, ExecutorService threads) {
        for (var change : plan.changes()) {
            if (change instanceof Change.ScaleService scale && scale.starts()) {
                resumed.add(start(threads, () -> resume(stopping, scale)));
            }
        }
    }

    private void resume(ScaleToZero stopping, Change.ScaleService scale) throws InterruptedException {
        try {
            stopping.awaitGone(scale.app(), scale.id());
            stopping.requireFree(scale.app(), scale.id(), scale.spec());
            progress.app(scale.app(), "starting it again, as it was");
            writer.replace(scale.id(), seen(scale.id()), scale.spec());
        } catch (ScaleToZero.CannotBeSeen | ScaleToZero.InUse | Writer.ChangedMeanwhile e) {
            progress.app(scale.app(), String.valueOf(e.getMessage()));
        }
    }

    /// Every service that gives data to another is stopped and seen gone, all at once: a swap is a circle.
    private void release(ScaleToZero stopping, ExecutorService threads) {
        for (var change : plan.changes()) {
            switch (change) {
                case Change.RemoveService remove
                when remove.stopFirst() ->
                    released.put(
                            remove.id(), start(threads, () -> stopping.stop(remove.app(), remove.id(), null, false)));
                case Change.UpdateService update
                when update.stopFirst() && isGiver(update.id()) ->
                    released.put(
                            update.id(),
                            start(threads, () -> stopping.stop(update.app(), update.id(), update.formerNode(), true)));
                default -> {
                    // Gives nothing to anybody.
                }
            }
        }
    }

    private boolean isGiver(String id) {
        return plan.changes().stream().anyMatch(change -> change.takesFrom().contains(id));
    }

    /// A service that gives up a published port that another app wants makes room first: Swarm refuses a port that
    /// a service still has, and two apps may swap theirs.
    private void freePorts() throws InterruptedException {
        for (var change : plan.changes()) {
            if (change instanceof Change.RemoveService remove && !remove.stopFirst()) {
                freePorts(remove.id(), Set.of());
            } else if (change instanceof Change.UpdateService update) {
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

    private void startApps(Watch watch, ScaleToZero stopping, ExecutorService threads) {
        var rollout = new Rollout(engine, watch, secrets, progress);
        var step = new AppStep(writer, watch, stopping, rollout, new SpecToSend(engine), this::seen, progress);
        for (var change : plan.changes()) {
            if (change instanceof Change.CreateService || change instanceof Change.UpdateService) {
                apps.put(change.app(), new CompletableFuture<>());
            }
        }
        for (var unfinished : plan.rollouts().unfinished()) {
            apps.put(unfinished.app(), new CompletableFuture<>());
        }
        for (var change : plan.changes()) {
            var future = apps.get(change.app());
            if (future != null && change.kind() == Change.Kind.SERVICE) {
                run(threads, future, () -> future.complete(app(change, step, stopping)));
            }
        }
        for (var unfinished : plan.rollouts().unfinished()) {
            var future = Objects.requireNonNull(apps.get(unfinished.app()));
            run(
                    threads,
                    future,
                    () -> future.complete(outcome(unfinished.app(), System.nanoTime(), () -> step.await(unfinished))));
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

    private Outcome app(Change change, AppStep step, ScaleToZero stopping) throws InterruptedException {
        for (var neighbour : change.after()) {
            var awaited = apps.get(neighbour);
            if (awaited != null && join(awaited).isBad()) {
                return Outcome.held(change.app(), "it depends on " + neighbour + ", which has not converged");
            }
        }
        return outcome(change.app(), System.nanoTime(), () -> {
            for (var giver : change.takesFrom()) {
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
        });
    }

    private Outcome outcome(String app, long begun, Step step) throws InterruptedException {
        try {
            step.run();
            var outcome = Outcome.converged(app, since(begun));
            if (exchanges.stream().noneMatch(exchange -> exchange.has(app))) {
                progress.outcome(outcome); // in an exchange, it is not over before it is over for all
            }
            return outcome;
        } catch (ScaleToZero.CannotBeSeen | ScaleToZero.InUse | Writer.ChangedMeanwhile | Rollout.NodeLost e) {
            return Outcome.held(app, String.valueOf(e.getMessage()));
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException | Rollout.RolloutFailed e) {
            return Outcome.failed(app, since(begun), String.valueOf(e.getMessage()));
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Void> start(ExecutorService threads, Step step) {
        var future = new CompletableFuture<Void>();
        run(threads, future, () -> {
            step.run();
            future.complete(null);
        });
        return future;
    }

    /// @param step completes the future, unless it throws
    private static void run(ExecutorService threads, CompletableFuture<?> future, Step step) {
        threads.execute(() -> {
            try {
                step.run();
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        });
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

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}

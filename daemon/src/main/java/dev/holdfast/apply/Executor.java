package dev.holdfast.apply;

import dev.holdfast.app.KnownSecrets;
import dev.holdfast.apply.ExecutionOrder.Step;
import dev.holdfast.data.RealPaths;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Plan;
import dev.holdfast.registry.Registries;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Carries a plan out, in its [ExecutionOrder]: each step has a thread of its own, which waits for what the step waits
/// for.
///
/// Must run under the Swarm-wide lock, and after the plan's ledger has been written.
public final class Executor {

    private final Engine engine;
    private final Registries registries;
    private final Plan plan;
    private final Live live;
    private final RealPaths places;
    private final KnownSecrets secrets;
    private final Progress progress;
    private final Writer writer;
    private final Map<String, Outcome> outcomes;
    private final Map<String, CompletableFuture<Outcome>> ended = new HashMap<>();

    /// @param registries what they are shown, and what they say of new tags
    /// @param live what the plan was made from
    /// @param places where data really is, as far as a look has found it
    /// @param secrets that a failing task may repeat
    /// @param stillAllowed called before each write; throws where the lock has been lost
    public Executor(
            Engine engine,
            Registries registries,
            Plan plan,
            Live live,
            RealPaths places,
            KnownSecrets secrets,
            Runnable stillAllowed,
            Progress progress) {
        this.engine = engine;
        this.registries = registries;
        this.plan = plan;
        this.live = live;
        this.places = places;
        this.secrets = secrets;
        this.progress = new ChangedProgress(progress);
        this.writer = new Writer(engine, registries, stillAllowed);
        this.outcomes = new ConcurrentSkipListMap<>(withoutWriting(plan));
    }

    /// @return one outcome for each app of the plan, by name
    /// @throws EngineUnreachable where the engine went away for long: the next run goes on from what is there
    public List<Outcome> execute() throws InterruptedException {
        try (var watch = new Watch(engine);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                follow(ExecutionOrder.of(plan, live), acting(watch), threads);
            } finally {
                threads.shutdownNow();
            }
        }
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

    private Acting acting(Watch watch) {
        var stopping = new ScaleToZero(writer, watch, places, progress);
        var rollout = new Rollout(engine, watch, secrets, progress);
        var ports = new PortsStep(writer, live);
        var prepared = new SpecToSend(engine, registries);
        return new Acting(
                plan,
                writer,
                stopping,
                new SurroundingsStep(writer, progress),
                ports,
                new AppStep(writer, watch, stopping, rollout, prepared, ports::seen, progress),
                new RunStep(writer, stopping, ports::seen, progress),
                new HookStep(writer, watch, prepared, secrets, progress),
                new ExchangeUndo(live, writer, stopping, progress),
                progress,
                outcomes);
    }

    private void follow(ExecutionOrder order, Acting acting, ExecutorService threads) throws InterruptedException {
        order.steps().forEach(step -> ended.put(step.name(), new CompletableFuture<>()));
        for (var step : order.steps()) {
            var future = Objects.requireNonNull(ended.get(step.name()));
            threads.execute(() -> {
                try {
                    future.complete(take(step, acting));
                } catch (Throwable e) {
                    future.completeExceptionally(e);
                }
            });
        }
        for (var step : order.steps()) {
            awaitEnd(step.name());
        }
    }

    private Outcome take(Step step, Acting acting) throws InterruptedException {
        for (var earlier : step.after()) {
            awaitEnd(earlier);
        }
        var begun = System.nanoTime();
        var missing = step.missing(this::isBad);
        if (missing.isPresent()) {
            return kept(Outcome.held(step.act().app(), "it depends on " + missing.get() + ", which has not converged"));
        }
        if (!step.isDue(this::isBad)) {
            return Outcome.unchanged(step.act().app());
        }
        for (var stop : step.gone()) {
            var stopped = awaitEnd(stop);
            if (stopped.isBad()) {
                return leftOut(step.act().app(), stopped);
            }
        }
        return acting.act(step.act(), begun);
    }

    /// What has not been done for want of an earlier step. Another app's failure is not its own, to be remembered.
    private Outcome leftOut(String app, Outcome earlier) {
        if (app.isEmpty()) {
            return earlier;
        }
        return kept(
                earlier.app().equals(app) || earlier.result() != Outcome.Result.FAILED
                        ? new Outcome(app, earlier.result(), earlier.took(), earlier.error())
                        : Outcome.held(app, "it waits for " + earlier.app() + ", which has failed"));
    }

    private Outcome kept(Outcome outcome) {
        outcomes.put(outcome.app(), outcome);
        return outcome;
    }

    private boolean isBad(String app) {
        return ExchangeUndo.isBad(outcomes.get(app));
    }

    private Outcome awaitEnd(String step) throws InterruptedException {
        try {
            return Objects.requireNonNull(ended.get(step)).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException known -> throw known;
                case null, default -> throw new CompletionException(e.getCause());
            }
        }
    }
}

package dev.holdfast.apply;

import dev.holdfast.app.Hook;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Exchange;
import dev.holdfast.plan.HookRun;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.RunWrite;
import dev.holdfast.spec.StoppedLabel;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Does each [Act] of a plan on the Swarm, and says how it ended. Used by many threads.
final class Acting {

    private final Plan plan;
    private final Writer writer;
    private final ScaleToZero stopping;
    private final SurroundingsStep surroundings;
    private final PortsStep ports;
    private final AppStep apps;
    private final RunStep runs;
    private final HookStep hooks;
    private final ExchangeUndo undo;
    private final RemovalStep removal;
    private final Progress progress;
    private final Map<String, Outcome> outcomes;
    private final List<Exchange> exchanges;

    /// @param outcomes of the apps so far, by name
    Acting(
            Plan plan,
            Writer writer,
            ScaleToZero stopping,
            SurroundingsStep surroundings,
            PortsStep ports,
            AppStep apps,
            RunStep runs,
            HookStep hooks,
            ExchangeUndo undo,
            Progress progress,
            Map<String, Outcome> outcomes) {
        this.plan = plan;
        this.writer = writer;
        this.stopping = stopping;
        this.surroundings = surroundings;
        this.ports = ports;
        this.apps = apps;
        this.runs = runs;
        this.hooks = hooks;
        this.undo = undo;
        this.removal = new RemovalStep(writer, progress);
        this.progress = progress;
        this.outcomes = outcomes;
        this.exchanges = Exchange.of(plan);
    }

    /// @param begun nanoseconds of the monotonic clock, when this act's turn had come
    Outcome act(Act act, long begun) throws InterruptedException {
        switch (act) {
            case Act.Create(var change) -> surroundings.create(change);
            case Act.Fence(var fence) -> {
                progress.app(fence.app(), Fence.WHY);
                writer.modify(fence.id(), StoppedLabel::stop);
            }
            case Act.Stop stop -> {
                return outcome(stop.app(), begun, () -> stop(stop));
            }
            case Act.FreePorts given -> ports.free(given);
            case Act.Deploy deploy -> {
                return rolledOut(outcome(deploy.app(), begun, () -> apps.deploy(deploy)));
            }
            case Act.RunHook(var hook) -> {
                return hook(hook, begun);
            }
            case Act.ClearHook(var hook) -> hooks.clear(hook);
            case Act.ClearLeft(var left) -> hooks.clear(left);
            case Act.Await await -> {
                return rolledOut(outcome(await.app(), begun, () -> apps.await(await.rollout())));
            }
            case Act.StartAgain(var scale) -> apps.startAgain(scale);
            case Act.Run(var write) -> {
                return run(write, begun);
            }
            case Act.PutBack(var exchange) -> undo.putBack(exchange, outcomes);
            case Act.Remove(var remove) -> {
                return kept(removal.remove(remove));
            }
            case Act.RemoveNetwork(var network) -> surroundings.removeNetwork(network);
            case Act.RemoveContents _ -> surroundings.removeContents(plan.cluster());
        }
        return Outcome.unchanged(act.app());
    }

    /// One that could not be begun is no failure of its app: the next plan tries again.
    private Outcome run(RunWrite write, long begun) throws InterruptedException {
        var outcome = outcome(write.app(), begun, () -> runs.write(write));
        return outcome.isBad() ? kept(outcome) : Outcome.unchanged(write.app());
    }

    /// One of before that has ended well says nothing yet of its app.
    private Outcome hook(HookRun run, long begun) throws InterruptedException {
        var outcome = outcome(run.app(), begun, () -> hooks.run(run));
        if (outcome.isBad() || run.when() == Hook.When.BEFORE) {
            return outcome.isBad() ? kept(outcome) : Outcome.unchanged(run.app());
        }
        var before = outcomes.get(run.app());
        return kept(
                before == null
                        ? outcome
                        : Outcome.converged(run.app(), before.took().plus(outcome.took())));
    }

    private void stop(Act.Stop stop) throws InterruptedException {
        if (stop.change() instanceof Change.UpdateService update) {
            stopping.stop(stop.app(), stop.id(), update.formerNode(), true);
        } else {
            stopping.stop(stop.app(), stop.id(), null, false);
        }
    }

    /// In an exchange, it is not over before it is over for all.
    private Outcome rolledOut(Outcome outcome) {
        if (!outcome.isBad() && exchanges.stream().noneMatch(exchange -> exchange.has(outcome.app()))) {
            progress.outcome(outcome);
        }
        return kept(outcome);
    }

    private Outcome kept(Outcome outcome) {
        outcomes.put(outcome.app(), outcome);
        return outcome;
    }

    private interface Deed {
        void run() throws InterruptedException;
    }

    private static Outcome outcome(String app, long begun, Deed deed) throws InterruptedException {
        try {
            deed.run();
            return Outcome.converged(app, since(begun));
        } catch (ScaleToZero.CannotBeSeen | ScaleToZero.InUse | Writer.ChangedMeanwhile | Rollout.NodeLost e) {
            return Outcome.held(app, String.valueOf(e.getMessage()));
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException | Rollout.RolloutFailed | HookStep.HookFailed e) {
            return Outcome.failed(app, since(begun), String.valueOf(e.getMessage()));
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}

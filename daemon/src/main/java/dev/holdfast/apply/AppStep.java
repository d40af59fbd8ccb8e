package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Task;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Plan;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Creates, updates or starts the service of one app.
final class AppStep {

    private final Writer writer;
    private final Watch watch;
    private final ScaleToZero stopping;
    private final Rollout rollout;
    private final SpecToSend prepared;
    private final Function<String, JsonNode> seen;
    private final Progress progress;

    /// @param seen the spec that a service has if nobody else has changed it, by ID
    AppStep(
            Writer writer,
            Watch watch,
            ScaleToZero stopping,
            Rollout rollout,
            SpecToSend prepared,
            Function<String, JsonNode> seen,
            Progress progress) {
        this.writer = writer;
        this.watch = watch;
        this.stopping = stopping;
        this.rollout = rollout;
        this.prepared = prepared;
        this.seen = seen;
        this.progress = progress;
    }

    void deploy(Act.Deploy deploy) throws InterruptedException {
        for (var giver : deploy.unstopped()) {
            stopping.awaitGone(deploy.app(), giver);
        }
        switch (deploy.change()) {
            case Change.CreateService create -> create(create);
            case Change.UpdateService update -> update(update);
            default -> throw new IllegalStateException("neither creates nor updates a service: " + deploy.change());
        }
    }

    private void create(Change.CreateService change) throws InterruptedException {
        var spec = prepared.spec(change.spec());
        stopping.requireFree(change.app(), "", spec);
        progress.app(change.app(), "creating");
        var id = writer.create(spec);
        rollout.await(change.app(), id, new Convergence(Set.of(), "", false, System.nanoTime()), change.timeout());
    }

    private void update(Change.UpdateService change) throws InterruptedException {
        var before = watch.next();
        var service = before.service(change.id()).orElseThrow();
        var spec = prepared.spec(change.spec());
        if (change.stopFirst()) {
            stopping.stop(change.app(), change.id(), change.formerNode(), true);
            stopping.requireFree(change.app(), change.id(), spec);
            progress.app(change.app(), "updating");
            writer.modify(change.id(), stopped -> {
                stopped.removeAll();
                stopped.setAll(spec);
            });
        } else {
            progress.app(change.app(), "updating");
            writer.replace(change.id(), seen.apply(change.id()), spec);
        }
        var old = before.tasksOf(change.id()).stream().map(Task::id).collect(Collectors.toCollection(HashSet::new));
        var rolls = change.restarts() && !change.stopFirst() && service.running() > 0;
        rollout.await(
                change.app(),
                change.id(),
                new Convergence(old, service.updateStarted(), rolls, System.nanoTime()),
                change.timeout());
    }

    /// Waits for what another run has begun.
    void await(Plan.Unfinished unfinished) throws InterruptedException {
        rollout.await(
                unfinished.app(), unfinished.id(), Convergence.ofUnfinished(System.nanoTime()), unfinished.timeout());
    }

    /// Gives a stopped service its tasks back, and does not wait for them.
    void startAgain(Change.ScaleService scale) throws InterruptedException {
        try {
            stopping.awaitGone(scale.app(), scale.id());
            stopping.requireFree(scale.app(), scale.id(), scale.spec());
            progress.app(scale.app(), "starting it again, as it was");
            writer.replace(scale.id(), seen.apply(scale.id()), scale.spec());
        } catch (ScaleToZero.CannotBeSeen | ScaleToZero.InUse | Writer.ChangedMeanwhile e) {
            progress.app(scale.app(), String.valueOf(e.getMessage()));
        }
    }
}

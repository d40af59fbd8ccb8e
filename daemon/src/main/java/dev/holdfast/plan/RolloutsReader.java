package dev.holdfast.plan;

import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.live.ServiceState;
import dev.holdfast.live.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// How far the rollouts of services are that are as their files say: some other run began them, and did not see them to
/// their end.
final class RolloutsReader {

    /// So long must the tasks of a failed app have run to be well again: one that crashes runs now and then, too.
    private static final Duration WELL_AFTER = Duration.ofMinutes(1);

    private final Situation situation;

    RolloutsReader(Situation situation) {
        this.situation = situation;
    }

    /// What the service is, as far as anybody can tell: what runs on lost nodes counts for nothing.
    static ServiceState state(Live live, Service service) {
        return ServiceState.of(
                service,
                live.tasksOf(service.id()),
                id -> live.node(id).filter(node -> !node.isDown()).isEmpty());
    }

    Plan.Rollouts of(Collection<AppDraft> drafts, Set<String> held) {
        var unfinished = new ArrayList<Plan.Unfinished>();
        var late = new TreeSet<String>();
        for (var draft : drafts) {
            var app = draft.app().name();
            var service = draft.service();
            if (draft.verb() != AppDraft.Verb.NOTHING
                    || draft.failed() != null
                    || draft.spec() == null
                    || service == null
                    || service.isScheduled()
                    || held.contains(app)) {
                continue;
            }
            var hash = draft.hash();
            var failure = situation.ledger().failures().get(app);
            var state = state(situation.live(), service);
            if (state.phase().isUnfinished()) {
                unfinished.add(new Plan.Unfinished(
                        app, service.id(), words(service, state), draft.app().timeout(), hash));
            } else if (failure != null && failure.spec().equals(hash)) {
                late.add(app);
            }
        }
        return new Plan.Rollouts(unfinished, late);
    }

    /// Whether a service that failed is as asked after all: Swarm has seen its update to the end, or its tasks run
    /// for long enough.
    boolean isWell(Service service) {
        var state = state(situation.live(), service);
        if (!state.phase().isAsAsked() || service.updateState().startsWith("rollback")) {
            return false;
        }
        var since = Instant.parse(situation.now()).minus(WELL_AFTER).toString();
        return state.phase() != ServiceState.Phase.RUNNING
                || service.updateState().equals("completed")
                || situation.live().tasksOf(service.id()).stream()
                                .filter(task -> state.up().contains(task.id())
                                        && task.timestamp().compareTo(since) < 0)
                                .count()
                        >= state.desired() - state.done();
    }

    private static String words(Service service, ServiceState state) {
        var what = service.updateState().startsWith("rollback")
                ? "Swarm rolls it back"
                : state.phase() == ServiceState.Phase.PAUSED ? "Swarm has paused the update" : "the update goes on";
        return what + ": " + count(state.running(), state.desired()) + " of its present spec"
                + state.trouble().map(Task::error).map(error -> ": " + error).orElse("");
    }

    private static String count(int running, int desired) {
        return running + " of " + desired + (desired == 1 ? " instance runs" : " instances run") + " a task";
    }
}

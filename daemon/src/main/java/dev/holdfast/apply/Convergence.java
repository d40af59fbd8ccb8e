package dev.holdfast.apply;

import dev.holdfast.live.Service;
import dev.holdfast.live.ServiceState;
import dev.holdfast.live.ServiceState.Phase;
import dev.holdfast.live.Task;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges, snapshot by snapshot, whether a service has become what was asked of it. What it is now says
/// [ServiceState]; this adds only time: since when its running tasks have been the same ones, and since when no node
/// was found for one.
final class Convergence {

    /// The verdict on one snapshot.
    sealed interface Verdict {
        record Waiting(String what) implements Verdict {}

        record Converged() implements Verdict {}

        record Failed(String error) implements Verdict {}
    }

    /// So many tasks of an instance may die before the app is called failed: some only wait for a neighbour.
    private static final int DEATHS = 3;

    /// Running tasks must have been the same for so long, as for the Docker CLI. The stories, whose tasks run or do
    /// not, need not wait as long.
    private static final Duration STABLE = Duration.ofMillis(Long.getLong("holdfast.stable.millis", 5000));

    /// How long Swarm may take to end tasks that are too many. Sometimes it forgets one, where a restart and a
    /// rolling update met, until the service is next touched: the app runs all the same.
    private static final Duration SURPLUS = Duration.ofSeconds(20);

    /// How long no node may be found for a task.
    private static final Duration HOMELESS = Duration.ofSeconds(30);

    /// How long Swarm may take to begin a rolling update.
    private static final Duration TO_BEGIN = Duration.ofSeconds(3);

    private final Set<String> before;
    private final String updateBefore;
    private final boolean rolls;
    private final long written;
    private Set<String> up = Set.of();
    private long upSince;
    private long homelessSince = -1;

    /// @param before IDs of the tasks that were there before the write
    /// @param updateBefore when the last rolling update before the write had begun
    /// @param rolls whether Swarm replaces running tasks by itself
    /// @param written nanoseconds of the monotonic clock, when the write was done
    Convergence(Set<String> before, String updateBefore, boolean rolls, long written) {
        this.before = Set.copyOf(before);
        this.updateBefore = updateBefore;
        this.rolls = rolls;
        this.written = written;
        this.upSince = written;
    }

    /// Of a service that is as asked already, and whose rollout another run has not seen to its end.
    static Convergence ofUnfinished(long now) {
        return new Convergence(Set.of(), "", false, now);
    }

    Verdict judge(Snapshot snapshot, String serviceId) {
        var service = snapshot.service(serviceId).orElse(null);
        if (service == null) {
            return new Verdict.Failed("the service was removed by somebody else meanwhile");
        }
        var tasks = snapshot.tasksOf(serviceId);
        var state = ServiceState.of(service, tasks, _ -> false);
        var update = update(service, tasks, state, snapshot.at());
        return update != null ? update : state(service, tasks, state, snapshot.at());
    }

    /// The task that tells best what goes wrong: only one of the spec that was asked for, never one of before.
    static @Nullable Task witness(Service service, List<Task> tasks, Set<String> before) {
        var rolledBack = service.updateState().startsWith("rollback");
        var mine = tasks.stream()
                .filter(task -> isNews(task, before) && rolledBack != ServiceState.isOf(task, service))
                .toList();
        var newest = Comparator.comparing(Task::timestamp);
        return mine.stream()
                .filter(task -> !task.error().isEmpty())
                .max(newest)
                .or(() -> mine.stream()
                        .filter(task -> !before.contains(task.id())
                                && !task.containerId().isEmpty())
                        .max(newest))
                .orElse(null);
    }

    @Nullable
    Task witness(Snapshot snapshot, String serviceId) {
        var service = snapshot.service(serviceId).orElse(null);
        return service == null ? null : witness(service, snapshot.tasksOf(serviceId), before);
    }

    private @Nullable Verdict update(Service service, List<Task> tasks, ServiceState state, long now) {
        var begun =
                !service.updateStarted().isEmpty() && !service.updateStarted().equals(updateBefore);
        if (!begun) {
            return rolls && now - written < TO_BEGIN.toNanos() ? new Verdict.Waiting("starting") : null;
        }
        return switch (service.updateState()) {
            // A one-shot that ends well ends early, and Swarm takes that for a failure.
            case "paused" ->
                state.phase() == Phase.COMPLETED
                        ? null
                        : new Verdict.Failed("Swarm paused the rollout: " + why(service, tasks));
            case "rollback_paused" -> new Verdict.Failed("Swarm paused the rollback: " + why(service, tasks));
            case "rollback_completed" ->
                new Verdict.Failed("Swarm rolled it back to the last working version: " + why(service, tasks));
            case "rollback_started" -> new Verdict.Waiting("rolling back");
            case "updating" ->
                isHomeless(state, now) ? noNode(service, tasks) : new Verdict.Waiting("updating " + count(state));
            default -> null;
        };
    }

    private Verdict state(Service service, List<Task> tasks, ServiceState state, long now) {
        if (!state.up().equals(up)) {
            up = state.up();
            upSince = now;
        }
        return switch (state.phase()) {
            case STOPPED -> service.isGlobal() ? whenStable("no node for it", now) : new Verdict.Converged();
            case STOPPING ->
                new Verdict.Waiting(
                        "stopping " + tasks.stream().filter(Task::mayRun).count());
            case COMPLETED -> new Verdict.Converged();
            case RUNNING -> {
                var surplus = up.size() > state.desired() && !service.isGlobal();
                yield surplus && now - upSince < SURPLUS.toNanos()
                        ? new Verdict.Waiting("running " + up.size() + "/" + state.desired() + ", the old ones go")
                        // A rolling update has been monitored by Swarm already.
                        : rolls
                                ? new Verdict.Converged()
                                : whenStable(
                                        "running " + state.running() + "/" + state.desired() + ", is it stable?", now);
            }
            case ROLLING, PAUSED, FAILING, STARTING -> failing(service, tasks, state, now);
        };
    }

    private Verdict whenStable(String what, long now) {
        return now - upSince >= STABLE.toNanos() ? new Verdict.Converged() : new Verdict.Waiting(what);
    }

    private Verdict failing(Service service, List<Task> tasks, ServiceState state, long now) {
        var missing = Math.max(1, state.desired() - state.running() - state.done());
        var dead = mine(state).stream().filter(Task::isDead).count() - state.done();
        if (dead >= (long) DEATHS * missing) {
            return new Verdict.Failed("its tasks keep failing: " + why(service, tasks));
        }
        if (state.hasGivenUp()) {
            return new Verdict.Failed("it has ended and is not started again: " + why(service, tasks));
        }
        return isHomeless(state, now) ? noNode(service, tasks) : new Verdict.Waiting("running " + count(state));
    }

    private boolean isHomeless(ServiceState state, long now) {
        var homeless = state.own().stream()
                .anyMatch(
                        task -> task.state().equals("pending") && !task.error().isEmpty());
        homelessSince = !homeless ? -1 : homelessSince < 0 ? now : homelessSince;
        return homeless && now - homelessSince > HOMELESS.toNanos();
    }

    private Verdict noNode(Service service, List<Task> tasks) {
        return new Verdict.Failed("Swarm finds no node for it: " + why(service, tasks));
    }

    /// The newest thing that went wrong, in the task's own words.
    private String why(Service service, List<Task> tasks) {
        var witness = witness(service, tasks, before);
        return witness != null && !witness.error().isEmpty()
                ? witness.error()
                : service.updateMessage().isEmpty() || endsWell(tasks)
                        ? endings(service, tasks)
                        : service.updateMessage();
    }

    private boolean endsWell(List<Task> tasks) {
        return tasks.stream()
                .anyMatch(task -> !before.contains(task.id()) && task.state().equals("complete"));
    }

    /// An engine that stops an unhealthy container says no word about it where that then ends well.
    private String endings(Service service, List<Task> tasks) {
        if (!endsWell(tasks)) {
            return "no task says why";
        }
        if (service.isOneShot()) {
            return "they end with exit code 0 while Swarm still watches them, which it takes for a failure;"
                    + " for an app that ends by itself write deploy.update_config.failure_action: continue";
        }
        var checked = service.spec().path("TaskTemplate").path("ContainerSpec").has("Healthcheck");
        return "they end with exit code 0" + (checked ? ", as they do when their health check fails" : "");
    }

    /// How many run, and what goes wrong now; tasks of the version before have had their day.
    private String count(ServiceState state) {
        return (state.running() + state.done()) + "/" + state.desired()
                + mine(state).stream()
                        .filter(task -> !task.error().isEmpty()
                                && (task.isDead() || task.state().equals("pending")))
                        .max(Comparator.comparing(Task::timestamp))
                        .map(task -> " (" + task.error() + ")")
                        .orElse("");
    }

    private List<Task> mine(ServiceState state) {
        return state.own().stream().filter(task -> isNews(task, before)).toList();
    }

    /// What had ended before the write is no news; what waited may wait still.
    private static boolean isNews(Task task, Set<String> before) {
        return !before.contains(task.id()) || task.state().equals("pending");
    }
}

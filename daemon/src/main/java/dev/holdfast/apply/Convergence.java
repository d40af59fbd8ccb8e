package dev.holdfast.apply;

import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges, snapshot by snapshot, whether a service has become what was asked of it. Remembers only since when its
/// running tasks have been the same ones.
final class Convergence {

    /// The verdict on one snapshot.
    sealed interface Verdict {
        record Waiting(String what) implements Verdict {}

        record Converged() implements Verdict {}

        record Failed(String error) implements Verdict {}
    }

    /// So many tasks of an instance may die before the app is called failed: some only wait for a neighbour.
    private static final int DEATHS = 3;

    /// Running tasks must have been the same for so long, as for the Docker CLI.
    private static final Duration STABLE = Duration.ofSeconds(5);

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
    private Set<String> running = Set.of();
    private long runningSince;
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
    }

    Verdict judge(Snapshot snapshot, String serviceId) {
        var service = snapshot.service(serviceId).orElse(null);
        if (service == null) {
            return new Verdict.Failed("the service was removed by somebody else meanwhile");
        }
        var tasks = snapshot.tasksOf(serviceId);
        var update = update(service, snapshot.updateStarted(serviceId), tasks, snapshot.at());
        return update != null ? update : state(service, tasks, snapshot.at());
    }

    private @Nullable Verdict update(Service service, String started, List<Task> tasks, long now) {
        var begun = !started.isEmpty() && !started.equals(updateBefore);
        if (!begun) {
            return rolls && now - written < TO_BEGIN.toNanos() ? new Verdict.Waiting("starting") : null;
        }
        return switch (service.updateState()) {
            case "paused", "rollback_paused" -> new Verdict.Failed("Swarm paused the rollout: " + why(service, tasks));
            case "rollback_completed" ->
                new Verdict.Failed("Swarm rolled it back to the last working version: " + why(service, tasks));
            case "rollback_started" -> new Verdict.Waiting("rolling back");
            case "updating" ->
                new Verdict.Waiting("updating " + service.running() + "/" + service.desired() + problem(tasks));
            default -> null;
        };
    }

    private Verdict state(Service service, List<Task> tasks, long now) {
        if (service.spec().path("Mode").path("Replicated").path("Replicas").asInt(-1) == 0) {
            var stopping = tasks.stream().filter(Task::mayRun).count();
            return stopping == 0 ? new Verdict.Converged() : new Verdict.Waiting("stopping " + stopping);
        }
        var alive =
                tasks.stream().filter(t -> t.desiredState().equals("running")).toList();
        var up = alive.stream().filter(Task::isRunning).map(Task::id).collect(Collectors.toCollection(HashSet::new));
        if (!up.equals(running)) {
            running = up;
            runningSince = now;
        }
        if (isOneShotDone(service, tasks)) {
            return new Verdict.Converged();
        }
        var desired = Math.max(service.desired(), service.isGlobal() ? 0 : service.replicas());
        if (up.size() > desired && !service.isGlobal() && now - runningSince < SURPLUS.toNanos()) {
            return new Verdict.Waiting("running " + up.size() + "/" + desired + ", the old ones go");
        }
        if (up.size() >= desired) {
            // A rolling update has been monitored by Swarm already.
            return rolls || now - runningSince >= STABLE.toNanos()
                    ? new Verdict.Converged()
                    : new Verdict.Waiting("running " + up.size() + "/" + desired + ", is it stable?");
        }
        return failing(service, tasks, desired, now, up.size());
    }

    private Verdict failing(Service service, List<Task> tasks, int desired, long now, int up) {
        var dead = tasks.stream()
                .filter(task -> !before.contains(task.id()) && isDead(task))
                .count();
        if (dead >= (long) DEATHS * Math.max(1, desired - up)) {
            return new Verdict.Failed("its tasks keep failing: " + why(service, tasks));
        }
        var homeless = tasks.stream()
                .anyMatch(t -> t.state().equals("pending") && t.error().contains("no suitable node"));
        homelessSince = !homeless ? -1 : homelessSince < 0 ? now : homelessSince;
        if (homeless && now - homelessSince > HOMELESS.toNanos()) {
            return new Verdict.Failed("Swarm finds no node for it: " + why(service, tasks));
        }
        return new Verdict.Waiting("running " + up + "/" + desired + problem(tasks));
    }

    /// An app that is not restarted when it ends well (`condition: none` or `on-failure`) has done its work.
    private boolean isOneShotDone(Service service, List<Task> tasks) {
        var condition = service.spec()
                .path("TaskTemplate")
                .path("RestartPolicy")
                .path("Condition")
                .asText("any");
        var fresh = tasks.stream().filter(task -> !before.contains(task.id())).toList();
        return !condition.equals("any")
                && !fresh.isEmpty()
                && fresh.stream().allMatch(task -> task.state().equals("complete"));
    }

    /// The newest thing that went wrong, in the task's own words.
    static String why(Service service, List<Task> tasks) {
        return tasks.stream()
                .filter(task -> !task.error().isEmpty())
                .max(Comparator.comparing(Task::timestamp))
                .map(Task::error)
                .orElseGet(() -> service.updateMessage().isEmpty() ? endings(service, tasks) : service.updateMessage());
    }

    /// An engine that stops an unhealthy container says no word about it where that then ends well.
    private static String endings(Service service, List<Task> tasks) {
        var checked = service.spec().path("TaskTemplate").path("ContainerSpec").has("Healthcheck");
        return tasks.stream().noneMatch(task -> task.state().equals("complete"))
                ? "no task says why"
                : "they end with exit code 0" + (checked ? ", as they do when their health check fails" : "");
    }

    /// What goes wrong now; tasks of the version before have had their day.
    private String problem(List<Task> tasks) {
        return tasks.stream()
                .filter(task -> !before.contains(task.id())
                        && !task.error().isEmpty()
                        && (isDead(task) || task.state().equals("pending")))
                .max(Comparator.comparing(Task::timestamp))
                .map(task -> " (" + task.error() + ")")
                .orElse("");
    }

    private static boolean isDead(Task task) {
        return task.state().equals("failed")
                || task.state().equals("rejected")
                || task.state().equals("complete") && task.desiredState().equals("shutdown");
    }
}

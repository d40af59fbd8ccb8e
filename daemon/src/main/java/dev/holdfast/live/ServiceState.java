package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whether a service is as its spec asks, from one look at it and its tasks: only tasks of its own spec count.
///
/// The engine's API tells no spec version of a task. So a task's own spec is compared with the service's, as Swarm
/// itself does; and where the two do not tell the difference (a change of published ports leaves the task's spec as it
/// was, a change of constraints may leave the task as it is), a newer task for the same instance does.
///
/// @param desired how many instances there shall be
/// @param running instances that run a task of the service's own spec
/// @param old instances that run only a task of an earlier spec, as while an update goes on or is stuck
/// @param done instances whose task has ended well and is not started again
/// @param over instances whose task has ended, well or not, and is not started again
/// @param own tasks of the service's own spec, in no order
/// @param up IDs of the tasks that run and are wanted, whatever their spec
public record ServiceState(
        Phase phase, int desired, int running, int old, int done, int over, List<Task> own, Set<String> up) {

    /// What becomes of it.
    public enum Phase {
        /// None is asked for, and none is left.
        STOPPED,
        /// None is asked for, and some is left.
        STOPPING,
        /// All have ended well: a one-shot that has done its work.
        COMPLETED,
        /// As asked.
        RUNNING,
        /// Swarm replaces tasks, or has yet to.
        ROLLING,
        /// Swarm has stopped replacing tasks.
        PAUSED,
        /// Too few run, and something goes wrong.
        FAILING,
        /// Too few run so far.
        STARTING;

        /// Whether nothing is left to be done.
        public boolean isAsAsked() {
            return this == STOPPED || this == COMPLETED || this == RUNNING;
        }

        /// Whether an update has begun and not come to its end.
        public boolean isUnfinished() {
            return this == ROLLING || this == PAUSED;
        }
    }

    private static final Set<String> ENDED = Set.of("complete", "failed", "rejected");

    private static final Comparator<Task> AGE = Comparator.comparing(Task::createdAt);

    /// @param tasks of that service
    /// @param lost whether the node of that ID cannot be reached: what runs there counts for nothing
    public static ServiceState of(Service service, List<Task> tasks, Predicate<String> lost) {
        return new Reading(service, tasks, lost).state();
    }

    /// Whether too few run, and nothing more is tried.
    public boolean hasGivenUp() {
        return phase == Phase.FAILING && over > done && running + over >= desired;
    }

    /// The newest thing that goes wrong with a task of the service's own spec.
    public Optional<Task> trouble() {
        return own.stream()
                .filter(task -> !task.error().isEmpty()
                        && (task.isDead() || task.state().equals("pending")))
                .max(Comparator.comparing(Task::timestamp));
    }

    /// Whether a task was made of that spec, as far as Swarm would replace it otherwise.
    public static boolean isOf(Task task, Service service) {
        return task.spec().isMissingNode()
                || rest(task.spec()).equals(rest(service.spec().path("TaskTemplate")));
    }

    /// Without what a task's spec does not have, and what may differ while the task is kept.
    private static JsonNode rest(JsonNode template) {
        if (!(template instanceof ObjectNode object)) {
            return template;
        }
        var rest = object.objectNode();
        object.properties().forEach(entry -> rest.set(entry.getKey(), entry.getValue()));
        rest.remove(List.of("Runtime", "Placement"));
        return rest;
    }

    /// Reads one service: its instances, each with the tasks that were ever made for it.
    private static final class Reading {

        private final Service service;
        private final List<Task> tasks;
        private final Predicate<String> lost;
        private final boolean oneShot;

        /// Where only the published ports change, tasks of before look alike: they are those made before the
        /// update.
        private final String portsChanged;

        Reading(Service service, List<Task> tasks, Predicate<String> lost) {
            this.service = service;
            this.tasks = tasks;
            this.lost = lost;
            this.oneShot = service.isOneShot();
            var before = service.previousSpec();
            this.portsChanged = service.isUpdateUnfinished()
                            && before != null
                            && !before.path("EndpointSpec")
                                    .equals(service.spec().path("EndpointSpec"))
                    ? service.updateStarted()
                    : "";
        }

        ServiceState state() {
            var instances = tasks.stream()
                    .collect(Collectors.groupingBy(
                            task -> service.isGlobal() ? task.nodeId() : String.valueOf(task.slot())));
            var running = 0;
            var old = 0;
            var done = 0;
            var over = 0;
            for (var instance : instances.values()) {
                if (instance.stream().anyMatch(task -> isUp(task) && isOwn(task, instance))) {
                    running++;
                } else if (instance.stream().anyMatch(this::isUp)) {
                    old++;
                } else if (isOver(instance) && ENDED.contains(last(instance))) {
                    over++;
                    done += last(instance).equals("complete") ? 1 : 0;
                }
            }
            var desired = desired(instances);
            var own = tasks.stream()
                    .filter(task -> isOf(task, service) && !isBefore(task))
                    .toList();
            var up = tasks.stream().filter(this::isUp).map(Task::id).collect(Collectors.toCollection(HashSet::new));
            done = Math.min(done, desired);
            return new ServiceState(
                    phase(desired, running, old, done, over, own), desired, running, old, done, over, own, up);
        }

        private Phase phase(int desired, int running, int old, int done, int over, List<Task> own) {
            if (desired == 0 && (service.isGlobal() || service.replicas() == 0)) {
                return tasks.stream().anyMatch(task -> task.mayRun() && !lost.test(task.nodeId()))
                        ? Phase.STOPPING
                        : Phase.STOPPED;
            }
            switch (service.updateState()) {
                case "updating", "rollback_started" -> {
                    return Phase.ROLLING;
                }
                case "paused", "rollback_paused" -> {
                    if (running + done < desired) {
                        return Phase.PAUSED;
                    }
                }
                default -> {
                    // Nothing goes on.
                }
            }
            if (running + done >= desired) {
                return done >= desired ? Phase.COMPLETED : Phase.RUNNING;
            }
            if (old > 0) {
                return Phase.ROLLING;
            }
            var wrong = own.stream()
                    .anyMatch(task -> !task.error().isEmpty()
                            && (task.isDead() || task.state().equals("pending")));
            return wrong || over > done ? Phase.FAILING : Phase.STARTING;
        }

        private int desired(Map<String, List<Task>> instances) {
            if (!service.isGlobal()) {
                return service.replicas();
            }
            return (int) instances.values().stream()
                    .filter(instance ->
                            !isOver(instance) && instance.stream().anyMatch(task -> task.isWanted() || isOfJob(task))
                                    || isOver(instance) && ENDED.contains(last(instance)))
                    .count();
        }

        private boolean isUp(Task task) {
            return task.isRunning()
                    && (task.desiredState().equals("running") || isOfJob(task))
                    && !lost.test(task.nodeId());
        }

        /// Swarm wants a job's task not to run but to have ended.
        private boolean isOfJob(Task task) {
            return service.isJob() && task.desiredState().equals("complete") && task.mayRun();
        }

        /// Whether it is of the service's own spec and no newer task is to take its place.
        private boolean isOwn(Task task, List<Task> instance) {
            return isOf(task, service)
                    && !isBefore(task)
                    && instance.stream()
                            .noneMatch(other -> other.isWanted()
                                    && other.mayRun()
                                    && other.createdAt().compareTo(task.createdAt()) > 0);
        }

        private boolean isBefore(Task task) {
            return !portsChanged.isEmpty() && task.createdAt().compareTo(portsChanged) < 0;
        }

        /// Whether nothing of it runs or will.
        private boolean isOver(List<Task> instance) {
            return oneShot && instance.stream().noneMatch(task -> task.isWanted() || isOfJob(task));
        }

        /// How the newest task of the service's own spec is; empty where there is none.
        private String last(List<Task> instance) {
            return instance.stream()
                    .filter(task -> isOf(task, service))
                    .max(AGE)
                    .map(Task::state)
                    .orElse("");
        }
    }
}

package dev.holdfast.plan;

import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.live.ServiceState;
import dev.holdfast.live.Task;
import dev.holdfast.spec.RunsLabel;
import dev.holdfast.spec.RunsLabel.Result;
import dev.holdfast.spec.RunsLabel.Run;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the service of a scheduled app does at one moment, by its label and its tasks.
public sealed interface RunState {

    /// Nothing runs, and the label has the end of all that ran.
    record Resting() implements RunState {}

    /// A run goes on.
    ///
    /// @param run as the label has it; null where nobody has written of it, as when a hand has scaled the service
    /// @param what its task does, for people
    record Going(@Nullable Run run, String what) implements RunState {}

    /// A run has come to its end, and the label does not say so yet.
    ///
    /// @param run with its end
    /// @param task that ended it; null where there is none
    record Over(Run run, @Nullable Task task) implements RunState {}

    /// So long Swarm may take to make the task of a run.
    Duration TO_BEGIN = Duration.ofMinutes(2);

    Pattern EXIT_CODE = Pattern.compile("non-zero exit \\((-?[0-9]{1,6})\\)");

    static RunState of(Service service, Live live, Instant now) {
        return of(service, live.tasksOf(service.id()), live.nodes(), now);
    }

    static RunState of(Service service, List<Task> tasks, List<Node> nodes, Instant now) {
        var open = RunsLabel.of(service).open().orElse(null);
        var alive = tasks.stream().filter(task -> mayRun(task, nodes)).findFirst();
        if (alive.isPresent()) {
            return new Going(open, words(alive.get()));
        }
        if (open == null) {
            return new Resting();
        }
        var newest = tasks.stream()
                .filter(task -> ServiceState.isOf(task, service))
                .max(Comparator.comparing(Task::createdAt));
        if (newest.isPresent()) {
            return over(open, newest.get(), nodes, now);
        }
        if (service.replicas() == 0) {
            return new Over(open.ended(now, Result.FAILED, null, "it was stopped"), null);
        }
        var started = open.started() == null ? open.scheduled() : open.started();
        return now.isBefore(started.plus(TO_BEGIN)) && !now.isBefore(started.minus(TO_BEGIN))
                ? new Going(open, "starting")
                : new Over(open.ended(now, Result.FAILED, null, "Swarm has no task of it any more"), null);
    }

    /// What Swarm has given up on a node that is down will be told to stop when that is back.
    private static boolean mayRun(Task task, List<Node> nodes) {
        return task.mayRun() && (task.isWanted() || !isLost(task, nodes));
    }

    private static boolean isLost(Task task, List<Node> nodes) {
        return nodes.stream().filter(node -> node.id().equals(task.nodeId())).allMatch(Node::isDown);
    }

    private static String words(Task task) {
        return task.state() + (task.error().isEmpty() ? "" : " (" + task.error() + ")");
    }

    private static Over over(Run open, Task task, List<Node> nodes, Instant now) {
        var code = exitCode(task);
        var succeeded = task.state().equals("complete");
        var error = succeeded
                ? null
                : !task.error().isEmpty()
                        ? task.error()
                        : task.mayRun()
                                ? "its node is down"
                                : isLost(task, nodes) ? "its node is gone" : "it was stopped";
        return new Over(open.ended(time(task, now), succeeded ? Result.SUCCEEDED : Result.FAILED, code, error), task);
    }

    private static @Nullable Integer exitCode(Task task) {
        if (task.state().equals("complete")) {
            return 0;
        }
        var code = EXIT_CODE.matcher(task.error());
        return code.find() ? Integer.valueOf(code.group(1)) : null;
    }

    private static Instant time(Task task, Instant now) {
        try {
            return Instant.ofEpochSecond(Instant.parse(task.timestamp()).getEpochSecond());
        } catch (DateTimeException unknown) {
            return now;
        }
    }
}

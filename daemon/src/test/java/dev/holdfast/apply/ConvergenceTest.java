package dev.holdfast.apply;

import static dev.holdfast.apply.LookAtService.global;
import static dev.holdfast.apply.LookAtService.replicated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.apply.Convergence.Verdict;
import dev.holdfast.live.ServiceState;
import dev.holdfast.live.ServiceState.Phase;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// "Is this service as asked?", for each way in which Swarm may answer: what `status` says of it ([ServiceState]), and
/// what a run that waits for it says after six seconds and after forty ([Convergence]).
class ConvergenceTest {

    private static final String NO_NODE = "no suitable node (insufficient resources on 1 node)";
    private static final String CRASH = "task: non-zero exit (3)";

    /// @param counts running/desired+old
    private record Row(String name, LookAtService look, Phase phase, String counts, String soon, String later) {}

    private static Row row(String name, LookAtService look, Phase phase, String counts, String soon, String later) {
        return new Row(name, look, phase, counts, soon, later);
    }

    private static Stream<Row> startFirst() {
        return Stream.of(
                row("runs", replicated(1).own(1, "running"), Phase.RUNNING, "1/1+0", "converged", "converged"),
                row(
                        "not begun: only the old one runs",
                        replicated(1).old(1, "running"),
                        Phase.ROLLING,
                        "0/1+1",
                        "waiting",
                        "waiting"),
                row(
                        "the new one finds no node",
                        replicated(1)
                                .old(1, "running")
                                .own(1, "pending", "running", NO_NODE)
                                .update("updating"),
                        Phase.ROLLING,
                        "0/1+1",
                        "waiting",
                        "failed: Swarm finds no node for it: " + NO_NODE),
                row(
                        "the new one has no satisfied constraint",
                        replicated(1)
                                .constrained()
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .own(1, "pending", "running", NO_NODE)
                                .update("updating"),
                        Phase.ROLLING,
                        "0/1+1",
                        "waiting",
                        "failed: Swarm finds no node for it: " + NO_NODE),
                row(
                        "the new one waits, and nobody says that an update goes on",
                        replicated(1)
                                .constrained()
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .own(1, "pending", "running", NO_NODE),
                        Phase.ROLLING,
                        "0/1+1",
                        "waiting",
                        "failed: Swarm finds no node for it: " + NO_NODE),
                row(
                        "a satisfied constraint keeps the task",
                        replicated(1).constrained().task("old1", 1, "v2", "running", "running", 40, ""),
                        Phase.RUNNING,
                        "1/1+0",
                        "converged",
                        "converged"),
                row(
                        "only its host port is new, and taken",
                        replicated(1)
                                .portsChanged()
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .own(1, "pending", "running", NO_NODE)
                                .update("updating"),
                        Phase.ROLLING,
                        "0/1+1",
                        "waiting",
                        "failed: Swarm finds no node for it: " + NO_NODE),
                row(
                        "one of three is new, the ports alone changed",
                        replicated(3)
                                .portsChanged()
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .task("old2", 2, "v2", "running", "running", 40, "")
                                .own(3, "running")
                                .update("updating"),
                        Phase.ROLLING,
                        "1/3+2",
                        "waiting",
                        "waiting"),
                row(
                        "two of three are new",
                        replicated(3)
                                .own(1, "running")
                                .own(2, "running")
                                .old(3, "running")
                                .update("updating"),
                        Phase.ROLLING,
                        "2/3+1",
                        "waiting",
                        "waiting"),
                row(
                        "all are new, the old ones go",
                        replicated(2)
                                .own(1, "running")
                                .own(2, "running")
                                .old(2, "running")
                                .update("completed"),
                        Phase.RUNNING,
                        "2/2+0",
                        "waiting",
                        "converged"),
                row(
                        "completed in Swarm's words, while the new one has no node",
                        replicated(1)
                                .old(1, "shutdown")
                                .own(1, "pending", "running", NO_NODE)
                                .update("completed"),
                        Phase.FAILING,
                        "0/1+0",
                        "waiting",
                        "failed: Swarm finds no node for it: " + NO_NODE));
    }

    private static Stream<Row> failures() {
        return Stream.of(
                row(
                        "paused: the old one goes on",
                        replicated(2)
                                .old(1, "running")
                                .old(2, "running")
                                .own(2, "failed", "shutdown", CRASH)
                                .update("paused"),
                        Phase.PAUSED,
                        "0/2+2",
                        "failed: Swarm paused the rollout: " + CRASH,
                        "failed: Swarm paused the rollout: " + CRASH),
                row(
                        "paused, ports alone changed, one is new",
                        replicated(2)
                                .portsChanged()
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .own(2, "running")
                                .update("paused"),
                        Phase.PAUSED,
                        "1/2+1",
                        "failed: Swarm paused the rollout: Swarm's own words",
                        "failed: Swarm paused the rollout: Swarm's own words"),
                row(
                        "rolled back",
                        replicated(1)
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .task("bad", 1, "v3", "failed", "shutdown", 51, CRASH)
                                .update("rollback_completed"),
                        Phase.RUNNING,
                        "1/1+0",
                        "failed: Swarm rolled it back to the last working version: " + CRASH,
                        "failed: Swarm rolled it back to the last working version: " + CRASH),
                row(
                        "rolls back",
                        replicated(1)
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .task("bad", 1, "v3", "failed", "shutdown", 51, CRASH)
                                .update("rollback_started"),
                        Phase.ROLLING,
                        "1/1+0",
                        "waiting",
                        "waiting"),
                row(
                        "crashes again and again",
                        replicated(1)
                                .own(1, "failed", "shutdown", CRASH)
                                .own(1, "failed", "shutdown", CRASH)
                                .own(1, "failed", "shutdown", CRASH)
                                .own(1, "ready", "ready", ""),
                        Phase.FAILING,
                        "0/1+0",
                        "failed: its tasks keep failing: " + CRASH,
                        "failed: its tasks keep failing: " + CRASH),
                row(
                        "crashed once",
                        replicated(1).own(1, "failed", "shutdown", CRASH).own(1, "ready", "ready", ""),
                        Phase.FAILING,
                        "0/1+0",
                        "waiting",
                        "waiting"),
                row("starts", replicated(1).own(1, "starting"), Phase.STARTING, "0/1+0", "waiting", "waiting"));
    }

    private static Stream<Row> modes() {
        return Stream.of(
                row("at zero", replicated(0).old(1, "shutdown"), Phase.STOPPED, "0/0+0", "converged", "converged"),
                row(
                        "at zero, one is left",
                        replicated(0).task("old1", 1, "v1", "running", "shutdown", 40, ""),
                        Phase.STOPPING,
                        "0/0+0",
                        "waiting",
                        "waiting"),
                row(
                        "global, one node of two is new",
                        global().own(1, "running").old(2, "running").update("updating"),
                        Phase.ROLLING,
                        "1/2+1",
                        "waiting",
                        "waiting"),
                row(
                        "global, start-first, no room on a node",
                        global().old(1, "running")
                                .own(1, "pending", "running", "insufficient resources on 1 node")
                                .update("updating"),
                        Phase.ROLLING,
                        "0/1+1",
                        "waiting",
                        "failed: Swarm finds no node for it: insufficient resources on 1 node"),
                row(
                        "global on all nodes",
                        global().own(1, "running").own(2, "running"),
                        Phase.RUNNING,
                        "2/2+0",
                        "converged",
                        "converged"),
                row("global, no node for it", global(), Phase.STOPPED, "0/0+0", "converged", "converged"),
                row(
                        "one-shot, done",
                        replicated(2).condition("none").own(1, "complete").own(2, "complete"),
                        Phase.COMPLETED,
                        "0/2+0",
                        "converged",
                        "converged"),
                row(
                        "one-shot, done after a failure",
                        replicated(1)
                                .condition("on-failure")
                                .own(1, "failed", "shutdown", CRASH)
                                .task("again", 1, "v2", "complete", "shutdown", 55, ""),
                        Phase.COMPLETED,
                        "0/1+0",
                        "converged",
                        "converged"),
                row(
                        "one-shot, its early end taken for a failure",
                        replicated(1).condition("none").own(1, "complete").update("paused"),
                        Phase.COMPLETED,
                        "0/1+0",
                        "converged",
                        "converged"),
                row(
                        "one-shot, one is done and one still works",
                        replicated(2).condition("none").own(1, "complete").own(2, "running"),
                        Phase.RUNNING,
                        "1/2+0",
                        "converged",
                        "converged"),
                row(
                        "one-shot of an earlier spec, done",
                        replicated(1).condition("none").task("old1", 1, "v1", "complete", "shutdown", 40, ""),
                        Phase.STARTING,
                        "0/1+0",
                        "waiting",
                        "waiting"),
                row(
                        "one-shot, failed",
                        replicated(1).condition("none").own(1, "failed", "shutdown", CRASH),
                        Phase.FAILING,
                        "0/1+0",
                        "failed: it has ended and is not started again: " + CRASH,
                        "failed: it has ended and is not started again: " + CRASH),
                row(
                        "one-shot, failed and to be started again",
                        replicated(1)
                                .condition("on-failure")
                                .own(1, "failed", "shutdown", CRASH)
                                .own(1, "ready", "ready", ""),
                        Phase.FAILING,
                        "0/1+0",
                        "waiting",
                        "waiting"),
                row(
                        "global one-shot, done on one node and failed on another",
                        global().condition("none").own(1, "complete").own(2, "failed", "shutdown", CRASH),
                        Phase.FAILING,
                        "0/2+0",
                        "failed: it has ended and is not started again: " + CRASH,
                        "failed: it has ended and is not started again: " + CRASH));
    }

    @TestFactory
    Stream<DynamicTest> a_service_is_as_asked_when_tasks_of_its_own_spec_run() {
        return Stream.of(startFirst(), failures(), modes())
                .flatMap(rows -> rows)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    var state = ServiceState.of(row.look().service(), row.look().tasks(), _ -> false);
                    assertThat(state.phase()).isEqualTo(row.phase());
                    assertThat(state.running() + "/" + state.desired() + "+" + state.old())
                            .isEqualTo(row.counts());
                    assertThat(verdict(row.look(), 6)).isEqualTo(row.soon());
                    assertThat(verdict(row.look(), 40)).isEqualTo(row.later());
                }));
    }

    /// What is said after so many seconds in which nothing changed.
    private static String verdict(LookAtService look, int seconds) {
        var convergence = new Convergence(Set.of("old1", "old2", "old3"), "", false, 0);
        convergence.judge(look.snapshot(0), LookAtService.ID);
        return switch (convergence.judge(
                look.snapshot(Duration.ofSeconds(seconds).toNanos()), LookAtService.ID)) {
            case Verdict.Converged done -> "converged";
            case Verdict.Waiting waiting -> "waiting";
            case Verdict.Failed(var error) -> "failed: " + error;
        };
    }

    @Test
    void what_runs_on_a_lost_node_counts_for_nothing() {
        var look = replicated(2).own(1, "running").own(2, "running");
        var state = ServiceState.of(look.service(), look.tasks(), node -> node.equals("n2"));
        assertThat(state.phase()).isEqualTo(Phase.STARTING);
        assertThat(state.running()).isEqualTo(1);
    }

    @Test
    void no_task_of_before_speaks_for_a_failure() {
        var look = replicated(1)
                .task("old1", 1, "v1", "failed", "shutdown", 55, "task: non-zero exit (99)")
                .own(1, "rejected", "shutdown", "No such image: web:2");
        var convergence = new Convergence(Set.of("old1"), "", false, 0);
        var snapshot = look.snapshot(0);
        assertThat(convergence.witness(snapshot, LookAtService.ID))
                .extracting(task -> task.error())
                .isEqualTo("No such image: web:2");

        var waits = replicated(1).old(1, "running").own(1, "pending");
        assertThat(convergence.witness(waits.snapshot(0), LookAtService.ID)).isNull();
    }

    @Test
    void a_rollback_is_explained_by_the_version_that_was_rolled_back() {
        var look = replicated(1)
                .task("bad", 1, "v3", "failed", "shutdown", 51, CRASH)
                .own(1, "failed", "shutdown", "task: non-zero exit (99)")
                .update("rollback_completed");
        assertThat(new Convergence(Set.of(), "", true, 0).witness(look.snapshot(0), LookAtService.ID))
                .extracting(task -> task.id())
                .isEqualTo("bad");
    }

    @Test
    void what_waited_before_a_write_that_restarts_nothing_waits_still() {
        var look = replicated(1).old(1, "running").task("stuck", 1, "v2", "pending", "running", 45, NO_NODE);
        var convergence = new Convergence(Set.of("old1", "stuck"), "", false, 0);
        convergence.judge(look.snapshot(0), LookAtService.ID);
        assertThat(convergence.judge(look.snapshot(Duration.ofSeconds(40).toNanos()), LookAtService.ID))
                .isEqualTo(new Verdict.Failed("Swarm finds no node for it: " + NO_NODE));
    }
}

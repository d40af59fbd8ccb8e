package dev.holdfast.apply;

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
/// what a run that waits for it says ([Convergence]): of the [ConvergenceRows] after six seconds and after forty.
class ConvergenceTest {

    private static final String NO_NODE = ConvergenceRows.NO_NODE;
    private static final String CRASH = ConvergenceRows.CRASH;

    @TestFactory
    Stream<DynamicTest> a_service_is_as_asked_when_tasks_of_its_own_spec_run() {
        return ConvergenceRows.all()
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

    @Test
    void an_update_that_has_begun_is_over_when_swarm_says_so_and_one_of_before_says_nothing() {
        var waits = replicated(1).old(1, "running");
        assertThat(rolling(waits, "", 1)).isEqualTo(new Verdict.Waiting("starting"));
        assertThat(rolling(waits, "", 4)).isEqualTo(new Verdict.Waiting("running 0/1"));
        var done = replicated(1).own(1, "running").update("completed");
        assertThat(rolling(done, "", 0)).as("Swarm has watched it").isEqualTo(new Verdict.Converged());
        var paused = replicated(1).old(1, "running").update("paused");
        assertThat(rolling(paused, LookAtService.STARTED, 1)).isEqualTo(new Verdict.Waiting("starting"));
        assertThat(rolling(paused, "", 1)).isEqualTo(new Verdict.Failed("Swarm paused the rollout: Swarm's own words"));
    }

    private static Verdict rolling(LookAtService look, String updateBefore, int seconds) {
        return new Convergence(Set.of("old1"), updateBefore, true, 0)
                .judge(look.snapshot(Duration.ofSeconds(seconds).toNanos()), LookAtService.ID);
    }

    @Test
    void tasks_that_run_must_be_the_same_ones_for_a_while() {
        var convergence = new Convergence(Set.of(), "", false, 0);
        var first = replicated(1).own(1, "running");
        var second = replicated(1).own(1, "failed", "shutdown", CRASH).own(1, "running");
        var waits = new Verdict.Waiting("running 1/1, is it stable?");
        assertThat(at(convergence, first, 1)).isEqualTo(waits);
        assertThat(at(convergence, second, 5)).as("another one").isEqualTo(waits);
        assertThat(at(convergence, second, 9)).isEqualTo(waits);
        assertThat(at(convergence, second, 10)).isEqualTo(new Verdict.Converged());
    }

    private static Verdict at(Convergence convergence, LookAtService look, int seconds) {
        return convergence.judge(look.snapshot(Duration.ofSeconds(seconds).toNanos()), LookAtService.ID);
    }

    @Test
    void a_service_that_somebody_removes_meanwhile_has_failed() {
        assertThat(new Convergence(Set.of(), "", false, 0).judge(replicated(1).snapshot(0), "another"))
                .isEqualTo(new Verdict.Failed("the service was removed by somebody else meanwhile"));
    }
}

package dev.holdfast.apply;

import static dev.holdfast.apply.LookAtService.global;
import static dev.holdfast.apply.LookAtService.replicated;

import dev.holdfast.live.ServiceState.Phase;
import java.util.stream.Stream;

/// Each way in which Swarm may answer, and what is to be said of it.
final class ConvergenceRows {

    static final String NO_NODE = "no suitable node (insufficient resources on 1 node)";
    static final String CRASH = "task: non-zero exit (3)";

    /// @param counts running/desired+old
    /// @param soon after six seconds in which nothing changed
    /// @param later after forty
    record Row(String name, LookAtService look, Phase phase, String counts, String soon, String later) {}

    private ConvergenceRows() {}

    static Stream<Row> all() {
        return Stream.of(startFirst(), failures(), modes(), oneShots()).flatMap(rows -> rows);
    }

    /// What is said of it sooner or later.
    private static Row row(String name, LookAtService look, Phase phase, String counts, String always) {
        return row(name, look, phase, counts, always, always);
    }

    private static Row row(String name, LookAtService look, Phase phase, String counts, String soon, String later) {
        return new Row(name, look, phase, counts, soon, later);
    }

    private static Stream<Row> startFirst() {
        return Stream.of(
                row("runs", replicated(1).own(1, "running"), Phase.RUNNING, "1/1+0", "converged"),
                row(
                        "not begun: only the old one runs",
                        replicated(1).old(1, "running"),
                        Phase.ROLLING,
                        "0/1+1",
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
                        "failed: Swarm paused the rollout: Swarm's own words"),
                row(
                        "rolled back",
                        replicated(1)
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .task("bad", 1, "v3", "failed", "shutdown", 51, CRASH)
                                .update("rollback_completed"),
                        Phase.RUNNING,
                        "1/1+0",
                        "failed: Swarm rolled it back to the last working version: " + CRASH),
                row(
                        "rolls back",
                        replicated(1)
                                .task("old1", 1, "v2", "running", "running", 40, "")
                                .task("bad", 1, "v3", "failed", "shutdown", 51, CRASH)
                                .update("rollback_started"),
                        Phase.ROLLING,
                        "1/1+0",
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
                        "failed: its tasks keep failing: " + CRASH),
                row(
                        "crashed once",
                        replicated(1).own(1, "failed", "shutdown", CRASH).own(1, "ready", "ready", ""),
                        Phase.FAILING,
                        "0/1+0",
                        "waiting"),
                row(
                        "paused after the last one: all run, and Swarm does not trust them",
                        replicated(1).own(1, "running").update("paused"),
                        Phase.RUNNING,
                        "1/1+0",
                        "failed: Swarm paused the rollout: Swarm's own words"),
                row(
                        "paused: the new one ends well, though it should go on",
                        replicated(1)
                                .old(1, "shutdown")
                                .own(1, "complete", "shutdown", "")
                                .update("paused"),
                        Phase.PAUSED,
                        "0/1+0",
                        "failed: Swarm paused the rollout: they end with exit code 0"),
                row(
                        "paused while it rolled back: the old one fails as well",
                        replicated(1)
                                .task("bad", 1, "v3", "failed", "shutdown", 51, CRASH)
                                .own(1, "failed", "shutdown", "task: non-zero exit (99)")
                                .update("rollback_paused"),
                        Phase.PAUSED,
                        "0/1+0",
                        "failed: Swarm paused the rollback: " + CRASH),
                row(
                        "rolls back to one that finds no node: Swarm goes on trying",
                        replicated(1)
                                .task("bad", 1, "v3", "failed", "shutdown", 51, CRASH)
                                .own(1, "pending", "running", NO_NODE)
                                .update("rollback_started"),
                        Phase.ROLLING,
                        "0/1+0",
                        "waiting"),
                row(
                        "crashed and started again, and runs since",
                        replicated(1).own(1, "failed", "shutdown", CRASH).own(1, "running"),
                        Phase.RUNNING,
                        "1/1+0",
                        "converged"),
                row(
                        "stopped, and started again where nothing has changed",
                        replicated(1)
                                .task("old1", 1, "v2", "shutdown", "shutdown", 40, "")
                                .own(1, "running"),
                        Phase.RUNNING,
                        "1/1+0",
                        "converged"),
                row(
                        "five deaths for two that are missing",
                        crashes(replicated(2), 5),
                        Phase.FAILING,
                        "0/2+0",
                        "waiting"),
                row(
                        "six deaths for two that are missing",
                        crashes(replicated(2), 6),
                        Phase.FAILING,
                        "0/2+0",
                        "failed: its tasks keep failing: " + CRASH),
                row("starts", replicated(1).own(1, "starting"), Phase.STARTING, "0/1+0", "waiting"));
    }

    private static LookAtService crashes(LookAtService look, int times) {
        for (var i = 0; i < times; i++) {
            look.own(1, "failed", "shutdown", CRASH);
        }
        return look;
    }

    private static Stream<Row> modes() {
        return Stream.of(
                row("at zero", replicated(0).old(1, "shutdown"), Phase.STOPPED, "0/0+0", "converged"),
                row(
                        "at zero, one is left",
                        replicated(0).task("old1", 1, "v1", "running", "shutdown", 40, ""),
                        Phase.STOPPING,
                        "0/0+0",
                        "waiting"),
                row(
                        "global, one node of two is new",
                        global().own(1, "running").old(2, "running").update("updating"),
                        Phase.ROLLING,
                        "1/2+1",
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
                        "converged"),
                row(
                        "global, paused on the first node",
                        global().old(1, "running")
                                .old(2, "running")
                                .own(1, "failed", "shutdown", CRASH)
                                .update("paused"),
                        Phase.PAUSED,
                        "0/2+2",
                        "failed: Swarm paused the rollout: " + CRASH),
                row(
                        "global, one node is drained: it counts no more",
                        global().own(1, "running").own(2, "shutdown"),
                        Phase.RUNNING,
                        "1/1+0",
                        "converged"),
                row(
                        "global, crashes on one of two nodes",
                        crashes(global().own(2, "running"), 3).own(1, "ready", "ready", ""),
                        Phase.FAILING,
                        "1/2+0",
                        "failed: its tasks keep failing: " + CRASH),
                row("global, no node for it", global(), Phase.STOPPED, "0/0+0", "converged"));
    }

    private static Stream<Row> oneShots() {
        return Stream.of(
                row(
                        "one-shot, done",
                        replicated(2).condition("none").own(1, "complete").own(2, "complete"),
                        Phase.COMPLETED,
                        "0/2+0",
                        "converged"),
                row(
                        "one-shot, done after a failure",
                        replicated(1)
                                .condition("on-failure")
                                .own(1, "failed", "shutdown", CRASH)
                                .task("again", 1, "v2", "complete", "shutdown", 55, ""),
                        Phase.COMPLETED,
                        "0/1+0",
                        "converged"),
                row(
                        "one-shot, its early end taken for a failure",
                        replicated(1).condition("none").own(1, "complete").update("paused"),
                        Phase.COMPLETED,
                        "0/1+0",
                        "converged"),
                row(
                        "one-shot, the early end of one of two taken for a failure",
                        replicated(2)
                                .condition("none")
                                .own(1, "complete")
                                .own(2, "running")
                                .update("paused"),
                        Phase.RUNNING,
                        "1/2+0",
                        "failed: Swarm paused the rollout: they end with exit code 0 while Swarm still watches them,"
                                + " which it takes for a failure; for an app that ends by itself write"
                                + " deploy.update_config.failure_action: continue",
                        "failed: Swarm paused the rollout: they end with exit code 0 while Swarm still watches them,"
                                + " which it takes for a failure; for an app that ends by itself write"
                                + " deploy.update_config.failure_action: continue"),
                row(
                        "global one-shot, done on all nodes",
                        global().condition("none").own(1, "complete").own(2, "complete"),
                        Phase.COMPLETED,
                        "0/2+0",
                        "converged"),
                row(
                        "one-shot, one is done and one still works",
                        replicated(2).condition("none").own(1, "complete").own(2, "running"),
                        Phase.RUNNING,
                        "1/2+0",
                        "converged"),
                row(
                        "one-shot of an earlier spec, done",
                        replicated(1).condition("none").task("old1", 1, "v1", "complete", "shutdown", 40, ""),
                        Phase.STARTING,
                        "0/1+0",
                        "waiting"),
                row(
                        "one-shot, failed",
                        replicated(1).condition("none").own(1, "failed", "shutdown", CRASH),
                        Phase.FAILING,
                        "0/1+0",
                        "failed: it has ended and is not started again: " + CRASH),
                row(
                        "one-shot, failed and to be started again",
                        replicated(1)
                                .condition("on-failure")
                                .own(1, "failed", "shutdown", CRASH)
                                .own(1, "ready", "ready", ""),
                        Phase.FAILING,
                        "0/1+0",
                        "waiting"),
                row(
                        "global one-shot, done on one node and failed on another",
                        global().condition("none").own(1, "complete").own(2, "failed", "shutdown", CRASH),
                        Phase.FAILING,
                        "0/2+0",
                        "failed: it has ended and is not started again: " + CRASH));
    }
}

package dev.holdfast.apply;

import dev.holdfast.app.KnownSecrets;
import dev.holdfast.engine.Engine;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Waits until a service has converged, at most for its `timeout`, and says why it has not.
final class Rollout {

    /// How often it is asked whether the node of a locked app is still there.
    private static final Duration NODE_BEAT = Duration.ofSeconds(2);

    private final Engine engine;
    private final Watch watch;
    private final KnownSecrets secrets;
    private final Progress progress;

    /// @param secrets that a task may repeat in what it says
    Rollout(Engine engine, Watch watch, KnownSecrets secrets, Progress progress) {
        this.engine = engine;
        this.watch = watch;
        this.secrets = secrets;
        this.progress = progress;
    }

    /// @throws NodeLost where it is locked to a node that is down by now
    /// @throws RolloutFailed with the task's own error and its last log lines
    void await(String app, String serviceId, Convergence convergence, Duration timeout) throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        var nodeSeen = System.nanoTime();
        while (true) {
            var snapshot = watch.next();
            switch (convergence.judge(snapshot, serviceId)) {
                case Convergence.Verdict.Converged done -> {
                    return;
                }
                case Convergence.Verdict.Failed(var error) -> {
                    requireNode(app, snapshot, serviceId);
                    throw failed(error, convergence.witness(snapshot, serviceId));
                }
                case Convergence.Verdict.Waiting(var what) -> {
                    progress.app(app, what);
                    if (snapshot.at() - nodeSeen > NODE_BEAT.toNanos()) {
                        nodeSeen = snapshot.at();
                        requireNode(app, snapshot, serviceId);
                    }
                    if (System.nanoTime() > deadline) {
                        throw failed(
                                "it has not converged within " + timeout.toSeconds() + "s: " + what,
                                convergence.witness(snapshot, serviceId));
                    }
                }
            }
        }
    }

    /// A locked app whose node was lost on the way has not failed: it waits for its node.
    private void requireNode(String app, Snapshot snapshot, String serviceId) {
        var lock = snapshot.service(serviceId).flatMap(Service::lockedNode);
        if (lock.isPresent()) {
            Live.nodes(engine).stream()
                    .filter(node -> node.id().equals(lock.get()) && node.isDown())
                    .findFirst()
                    .ifPresent(node -> {
                        throw new NodeLost(app, node);
                    });
        }
    }

    private RolloutFailed failed(String error, @Nullable Task witness) {
        return new RolloutFailed(secrets.masked(error + TaskLog.below(engine, witness)));
    }

    /// The app's node went away while it started: it is held.
    static final class NodeLost extends RuntimeException {
        NodeLost(String app, Node node) {
            super("node " + node.hostname() + " is " + node.state() + ": " + app + " waits there");
        }
    }

    static final class RolloutFailed extends RuntimeException {
        RolloutFailed(String message) {
            super(message);
        }
    }
}

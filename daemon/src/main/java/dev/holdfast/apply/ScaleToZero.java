package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.data.RealPaths;
import dev.holdfast.data.WrittenClaims;
import dev.holdfast.live.Live;
import dev.holdfast.live.Task;
import dev.holdfast.spec.StoppedLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The step in which data changes hands or tasks: a service is scaled to 0 and its tasks are *seen* gone, without a
/// deadline, since a task that cannot be seen may still write.
final class ScaleToZero {

    private final Writer writer;
    private final Watch watch;
    private final RealPaths places;
    private final Progress progress;

    /// @param places where data really is, as far as a look has found it
    ScaleToZero(Writer writer, Watch watch, RealPaths places, Progress progress) {
        this.writer = writer;
        this.watch = watch;
        this.places = places;
        this.progress = progress;
    }

    /// Scales a service to 0 and waits until its tasks are gone.
    ///
    /// @param formerNode the ID that its node had before it joined anew; null where it is the same
    /// @param ports false where its published ports must be free as well, for the app that takes over
    /// @throws CannotBeSeen where a task of it is on a node that cannot be asked
    void stop(String app, String serviceId, @Nullable String formerNode, boolean ports) throws InterruptedException {
        scaleDown(app, serviceId, ports);
        awaitGone(app, serviceId, formerNode);
    }

    /// Only scales it to 0.
    void scaleDown(String app, String serviceId, boolean ports) throws InterruptedException {
        progress.app(app, "stopping");
        writer.modify(serviceId, spec -> {
            if (ports) {
                StoppedLabel.stop(spec);
            } else {
                StoppedLabel.end(spec);
            }
            if (!ports && spec.path("EndpointSpec").isObject()) {
                ((ObjectNode) spec.path("EndpointSpec")).remove("Ports");
            }
        });
    }

    void awaitGone(String app, String serviceId) throws InterruptedException {
        awaitGone(app, serviceId, null);
    }

    private void awaitGone(String app, String serviceId, @Nullable String formerNode) throws InterruptedException {
        while (true) {
            var left = watch.next().tasksOf(serviceId).stream()
                    .filter(task -> task.mayRun() && !task.nodeId().equals(formerNode))
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            progress.app(app, "waiting for " + left.size() + " old task" + (left.size() == 1 ? "" : "s") + " to end");
            if (areOutside(app, left)) {
                return;
            }
        }
    }

    /// A last look, whatever the plan has seen: nobody else's task may have the directories that are about to be
    /// written.
    ///
    /// @param ownId the service that is about to start with this spec; empty where it is new
    /// @throws InUse where one has
    void requireFree(String app, String ownId, JsonNode spec) throws InterruptedException {
        var claims = new WrittenClaims(app, spec, places);
        if (claims.isEmpty()) {
            return;
        }
        var now = watch.next();
        for (var task : now.tasks()) {
            if (task.mayRun() && claims.isOn(task.nodeId()) && !task.serviceId().equals(ownId)) {
                claims.clash(task, now.service(task.serviceId()).orElse(null)).ifPresent(source -> {
                    throw new InUse(app, source, task.id());
                });
            }
        }
    }

    /// Whether all of them were on nodes that have joined anew, or that a person has removed from the Swarm: that
    /// word is taken, since nobody can look there any more and Swarm keeps such tasks in its list for long.
    ///
    /// @throws CannotBeSeen where one is on a node that belongs to the Swarm and does not answer
    private boolean areOutside(String app, List<Task> left) {
        var nodes = Live.nodes(writer.engine());
        var outside = true;
        for (var task : left) {
            var node = nodes.stream().filter(n -> n.id().equals(task.nodeId())).findFirst();
            if (node.isPresent() && Live.hasJoinedAnew(node.get(), nodes)) {
                continue;
            }
            if (node.isPresent() && !node.get().isReady()) {
                throw new CannotBeSeen(app, node.get().hostname());
            }
            outside &= node.isEmpty() && !task.nodeId().isEmpty();
        }
        return outside;
    }

    /// A task may still run where nobody can look: the app is held.
    static final class CannotBeSeen extends RuntimeException {
        CannotBeSeen(String app, String node) {
            super("an old task of " + app + " may still run on " + node
                    + ", which is not ready; it waits for that node");
        }
    }

    /// The directory is mounted by a task that the plan did not know: the app is held.
    static final class InUse extends RuntimeException {
        InUse(String app, String source, String task) {
            super(source + " is mounted by task " + task + " of another service; " + app + " waits until it is gone");
        }
    }
}

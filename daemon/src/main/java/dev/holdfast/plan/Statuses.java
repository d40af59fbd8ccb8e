package dev.holdfast.plan;

import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.plan.AppStatus.Health;
import dev.holdfast.plan.AppStatus.Sync;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How every app is: each that a file declares, and each that still runs though none does.
public final class Statuses {

    private final Situation situation;
    private final Plan plan;

    private Statuses(Situation situation, Plan plan) {
        this.situation = situation;
        this.plan = plan;
    }

    /// @param plan made from that situation
    public static List<AppStatus> of(Situation situation, Plan plan) {
        var statuses = new Statuses(situation, plan);
        var names = new TreeSet<String>(situation.desired().broken());
        situation.desired().apps().stream().map(DeclaredApp::app).forEach(app -> names.add(app.name()));
        situation.live().managed(situation.cluster()).forEach(service -> names.add(service.name()));
        return names.stream().map(statuses::status).toList();
    }

    private AppStatus status(String name) {
        var service = situation.live().service(name).orElse(null);
        var tasks = service == null ? List.<Task>of() : situation.live().tasksOf(service.id());
        var sync = sync(name);
        var health = health(name, service, tasks);
        return new AppStatus(
                name,
                sync,
                health,
                service == null
                        ? null
                        : service.spec()
                                .path("TaskTemplate")
                                .path("ContainerSpec")
                                .path("Image")
                                .asText(),
                service == null ? 0 : service.desired(),
                service == null ? 0 : service.running(),
                lock(service),
                service == null ? null : service.labels().get(Labels.COMMIT),
                error(name, health, tasks),
                warnings(name));
    }

    private List<Warning> warnings(String name) {
        return plan.warnings().stream()
                .filter(warning -> warning.app().equals(name) && !warning.code().equals(Planner.TO_LOOK))
                .toList();
    }

    private Sync sync(String name) {
        if (plan.isHeld(name) || situation.desired().broken().contains(name)) {
            return Sync.HELD;
        }
        if (plan.failed().stream().anyMatch(failed -> failed.app().equals(name))) {
            return Sync.FAILED;
        }
        if (plan.changes().stream().noneMatch(change -> change.app().equals(name))) {
            return Sync.SYNCED;
        }
        var applied = situation.commit() != null
                && situation.commit().equals(situation.ledger().commit());
        return applied ? Sync.DRIFTED : Sync.PENDING;
    }

    private Health health(String name, @Nullable Service service, List<Task> tasks) {
        if (plan.holds().stream()
                .anyMatch(hold -> hold.app().equals(name) && hold.code().equals("stranded"))) {
            return Health.STRANDED;
        }
        if (service != null && isOutOfReach(service)) {
            return Health.STRANDED;
        }
        if (service == null || service.desired() == 0) {
            return Health.STOPPED;
        }
        if (service.updateState().equals("updating") || service.updateState().equals("rollback_started")) {
            return Health.PROGRESSING;
        }
        if (service.running() >= service.desired()) {
            return Health.HEALTHY;
        }
        var failing =
                tasks.stream().anyMatch(task -> !task.mayRun() && !task.error().isEmpty());
        return failing ? Health.DEGRADED : Health.PROGRESSING;
    }

    /// Its node is down, drained or gone. A paused node keeps its tasks.
    private boolean isOutOfReach(Service service) {
        return service.label(Labels.CLAIMS)
                .flatMap(_ -> service.lockedNode())
                .map(id -> situation
                        .live()
                        .node(id)
                        .map(node -> !node.isReady() || node.availability().equals("drain"))
                        .orElse(true))
                .orElse(false);
    }

    private AppStatus.@Nullable Lock lock(@Nullable Service service) {
        if (service == null) {
            return null;
        }
        return service.lockedNode()
                .map(id -> new AppStatus.Lock(
                        id, situation.live().node(id).map(Node::hostname).orElse(id)))
                .orElse(null);
    }

    private @Nullable String error(String name, Health health, List<Task> tasks) {
        for (var hold : plan.holds()) {
            if (hold.app().equals(name)) {
                return hold.code() + ": " + hold.message();
            }
        }
        for (var failed : plan.failed()) {
            if (failed.app().equals(name)) {
                return failed.error();
            }
        }
        if (situation.desired().broken().contains(name)) {
            return "its file has an error";
        }
        return health == Health.DEGRADED || health == Health.PROGRESSING
                ? tasks.stream()
                        .filter(task -> !task.error().isEmpty())
                        .max(Comparator.comparing(Task::timestamp))
                        .map(Task::error)
                        .orElse(null)
                : null;
    }
}

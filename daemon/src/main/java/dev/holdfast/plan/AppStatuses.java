package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.live.ServiceState;
import dev.holdfast.live.Task;
import dev.holdfast.plan.AppStatus.Health;
import dev.holdfast.plan.AppStatus.Sync;
import dev.holdfast.spec.StoppedLabel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How every app is: each that a file declares, and each that still runs though none does.
public final class AppStatuses {

    private final Situation situation;
    private final Plan plan;
    private final NodeNames hosts;
    private final ScheduledRuns runs;

    private AppStatuses(Situation situation, Plan plan) {
        this.situation = situation;
        this.hosts = new NodeNames(situation);
        this.plan = plan;
        this.runs = new ScheduledRuns(situation);
    }

    /// @param plan made from that situation
    public static List<AppStatus> of(Situation situation, Plan plan) {
        var statuses = new AppStatuses(situation, plan);
        var names = new TreeSet<String>(situation.desired().broken());
        situation.desired().apps().stream().map(DeclaredApp::app).forEach(app -> names.add(app.name()));
        situation.live().managed(situation.cluster()).forEach(service -> names.add(service.name()));
        return names.stream().map(statuses::status).toList();
    }

    private AppStatus status(String name) {
        var service = situation.live().service(name).orElse(null);
        var state = service == null ? null : RolloutsReader.state(situation.live(), service);
        var sync = sync(name);
        var health = health(name, service, state);
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
                state == null ? 0 : state.desired(),
                state == null ? 0 : state.running(),
                state == null ? 0 : state.old(),
                lock(service),
                service != null && StoppedLabel.is(service),
                service == null ? null : service.labels().get(Labels.COMMIT),
                error(name, service, state, health),
                warnings(name, sync, service),
                schedule(name, service));
    }

    private AppStatus.@Nullable Scheduled schedule(String name, @Nullable Service service) {
        var schedule = situation.desired().apps().stream()
                .map(DeclaredApp::app)
                .filter(app -> app.name().equals(name))
                .findFirst()
                .map(App::schedule)
                .orElse(null);
        return schedule == null
                ? null
                : new AppStatus.Scheduled(
                        schedule.cron(),
                        schedule.timeZone(),
                        service == null
                                ? null
                                : runs.upcoming(name).map(Instant::toString).orElse(null),
                        service == null ? List.of() : runs.runs(service).runs());
    }

    /// What must be looked at first is why an app is still pending.
    private List<Warning> warnings(String name, Sync sync, @Nullable Service service) {
        var waiting = Optional.ofNullable(service).flatMap(there -> WaitingTasks.of(situation, there));
        var planned = plan.warnings().stream()
                .filter(warning -> warning.app().equals(name)
                        && (sync == Sync.PENDING || warning.code() != WarningCode.LOOKS_FIRST));
        return Stream.concat(waiting.stream(), planned).toList();
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
        if (heldByALook(name) != null) {
            return Sync.HELD;
        }
        return isApplied() && !isYetToCome(name) ? Sync.DRIFTED : Sync.PENDING;
    }

    private boolean isApplied() {
        return situation.commit() != null
                && situation.commit().equals(situation.ledger().commit());
    }

    /// Why the run that applied this very commit has left the app as it was, where this plan cannot tell. Null
    /// where there is no such reason, or it is gone.
    private Ledger.@Nullable Held heldByALook(String name) {
        return isApplied()
                        && plan.changes().stream()
                                .anyMatch(change -> change.app().equals(name))
                ? situation.ledger().holds().get(name)
                : null;
    }

    /// An app with data that has never run was held when its data was looked at; nobody has changed it by hand.
    private boolean isYetToCome(String name) {
        return situation.live().service(name).isEmpty()
                && situation.ledger().claims().stream()
                        .noneMatch(claim -> claim.app().equals(name))
                && plan.needsLook(name);
    }

    private Health health(String name, @Nullable Service service, @Nullable ServiceState state) {
        if (plan.holds().stream().anyMatch(hold -> hold.app().equals(name) && hold.code() == HoldCode.STRANDED)) {
            return Health.STRANDED;
        }
        if (service != null && isOutOfReach(service)) {
            return Health.STRANDED;
        }
        return state == null
                ? Health.STOPPED
                : switch (state.phase()) {
                    case STOPPED -> Health.STOPPED;
                    case COMPLETED -> Health.COMPLETED;
                    case RUNNING -> Health.HEALTHY;
                    case STOPPING, ROLLING, STARTING -> Health.PROGRESSING;
                    case PAUSED, FAILING -> Health.DEGRADED;
                };
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
                .map(id -> new AppStatus.Lock(id, hosts.name(id)))
                .orElse(null);
    }

    /// Every reason that there is, a line each.
    private @Nullable String error(
            String name, @Nullable Service service, @Nullable ServiceState state, Health health) {
        var reasons = new ArrayList<String>();
        for (var hold : plan.holds()) {
            if (hold.app().equals(name)) {
                reasons.add(hold.code() + ": " + hold.message());
            }
        }
        var held = heldByALook(name);
        if (held != null) {
            reasons.add(held.code() + ": " + held.message());
        }
        if (service != null && health == Health.STRANDED && !isHeldForItsNode(name)) {
            reasons.add("stranded: " + outOfReach(service));
        }
        if (service != null && StoppedLabel.is(service)) {
            reasons.add("fenced: Holdfast has set it to 0 and gives it back " + StoppedLabel.before(service.spec())
                    + " when its node is there and no old task is left");
        }
        for (var failed : plan.failed()) {
            if (failed.app().equals(name)) {
                reasons.add(failed.error());
            }
        }
        if (!reasons.isEmpty()) {
            return String.join("\n", reasons);
        }
        if (situation.desired().broken().contains(name)) {
            return "its file has an error";
        }
        return state != null && (health == Health.DEGRADED || health == Health.PROGRESSING)
                ? state.trouble()
                        .map(Task::error)
                        .or(() -> Optional.ofNullable(service)
                                .filter(Service::isUpdateUnfinished)
                                .map(Service::updateMessage))
                        .orElse(null)
                : null;
    }

    private boolean isHeldForItsNode(String name) {
        return plan.holds().stream()
                .anyMatch(hold -> hold.app().equals(name)
                        && (hold.code() == HoldCode.STRANDED || hold.code() == HoldCode.NODE_GONE));
    }

    private String outOfReach(Service service) {
        var id = service.lockedNode().orElse("");
        return "its node " + hosts.name(id) + " "
                + situation
                        .live()
                        .node(id)
                        .map(node -> node.isReady() ? "is set to " + node.availability() : "is " + node.state())
                        .orElse("has left the Swarm");
    }
}

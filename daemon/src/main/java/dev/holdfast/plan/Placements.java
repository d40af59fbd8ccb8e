package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.placement.Demand;
import dev.holdfast.placement.Rooms;
import dev.holdfast.placement.Rooms.Kept;
import dev.holdfast.plan.Change.CreateService;
import dev.holdfast.plan.Change.RemoveService;
import dev.holdfast.plan.Change.UpdateService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the tasks that a plan starts would find nodes. Swarm's scheduler is asked the same in the end; but its
/// answer is a task that stays pending, after the old one was stopped.
///
/// Where there is a doubt, nothing is told: an app that may run here or there is told of only where all of the plan's
/// apps together do not fit.
final class Placements {

    /// @param stops whether Holdfast would stop something for it that runs now: the app's own task, or that of
    ///     another one whose data it takes
    record Finding(String app, WarningCode code, String message, boolean stops) {

        Warning warning() {
            return new Warning(app, code, message);
        }

        Hold hold() {
            return new Hold(
                    app,
                    HoldCode.CANNOT_BE_PLACED,
                    message + ". It would be stopped, and would stay down",
                    "make room there, or ask for less (deploy.resources.reservations, ports, deploy.placement)");
        }
    }

    /// Tasks to be started.
    ///
    /// @param service as it is; null where there is none
    /// @param wanted how many tasks need a node
    /// @param anew whether they take the place of those that run
    private record Start(
            Change change,
            JsonNode spec,
            Demand demand,
            @Nullable Service service,
            int wanted,
            boolean anew) {

        String app() {
            return change.app();
        }

        boolean isGlobal() {
            return Demand.isGlobal(spec);
        }
    }

    private final Situation situation;
    private final Map<String, Change> changes = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Rooms rooms;

    private Placements(Situation situation, List<Change> all) {
        this.situation = situation;
        for (var change : all) {
            if (change.kind() == Change.Kind.SERVICE && !(change instanceof Change.ScaleService)) {
                changes.put(change.name(), change);
            }
        }
        this.rooms = Rooms.of(situation.live(), this::kept);
        if (situation.supposed() != null) {
            suppose();
        }
    }

    /// @param changes all writes to services that the plan asks for
    static List<Finding> of(Situation situation, List<Change> changes) {
        return new Placements(situation, changes).judged();
    }

    /// What tasks keep of their nodes until those of this plan have started. What is removed goes last, but gives
    /// its ports first; what starts anew may come to lie anywhere.
    private Kept kept(Service service) {
        return switch (changes.get(service.name())) {
            case null -> Kept.ALL;
            case RemoveService remove -> remove.stopFirst() ? Kept.NOTHING : Kept.RESERVATIONS;
            case UpdateService update when update.restarts() || isFewer(update, service) -> Kept.NOTHING;
            default -> Kept.ALL;
        };
    }

    private static boolean isFewer(UpdateService update, Service service) {
        return Demand.replicas(update.spec()) < service.replicas();
    }

    /// Nobody has seen the tasks of a Swarm that is only supposed; those of locked apps are where the lock is.
    private void suppose() {
        for (var service : situation.live().services()) {
            var demand = demand(service.spec());
            if (kept(service) == Kept.ALL && isJudged(demand)) {
                rooms.place(service.name(), demand, service.replicas());
            }
        }
    }

    /// In a Swarm that is only supposed, only the nodes are known that files name.
    private boolean isJudged(Demand demand) {
        return situation.supposed() == null
                || demand.lock()
                        .or(() -> Demand.hostname(demand.constraints()))
                        .filter(node -> !node.equals(SupposedSwarm.SOMEWHERE))
                        .isPresent();
    }

    private Demand demand(JsonNode spec) {
        return situation.supposed() == null ? Demand.of(spec) : Demand.of(spec).ofPlaceAlone();
    }

    private List<Finding> judged() {
        var starts = new ArrayList<Start>();
        changes.values().forEach(change -> start(change).ifPresent(starts::add));
        // Who has the least choice comes first, and who runs already before who is new.
        starts.sort(Comparator.<Start>comparingInt(start -> rooms.nodesWithRoom(start.app(), start.demand()))
                .thenComparing(start -> start.service() == null)
                .thenComparing(Start::app));
        for (var start : starts) {
            var taken = PortsOfServices.taken(start.app(), start.spec(), situation.live(), changes);
            if (taken.isPresent()) {
                found(start, WarningCode.CANNOT_BE_PLACED, taken.get());
            } else if (isJudged(start.demand())) {
                judge(start);
            }
        }
        findings.sort(Comparator.comparing(Finding::app));
        return List.copyOf(findings);
    }

    private Optional<Start> start(Change change) {
        return switch (change) {
            case CreateService create -> start(create, create.spec(), null, Demand.replicas(create.spec()), true);
            case UpdateService update -> {
                var service = situation.live().service(update.app()).orElse(null);
                var replicas = Demand.replicas(update.spec());
                var had = service == null ? 0 : service.replicas();
                yield start(
                        update,
                        update.spec(),
                        service,
                        update.restarts() ? replicas : replicas - had,
                        update.restarts());
            }
            default -> Optional.empty();
        };
    }

    private Optional<Start> start(Change change, JsonNode spec, @Nullable Service service, int wanted, boolean anew) {
        return wanted > 0
                ? Optional.of(new Start(change, spec, demand(spec), service, wanted, anew))
                : Optional.empty();
    }

    private void judge(Start start) {
        if (start.isGlobal()) {
            global(start);
            return;
        }
        var room = rooms.room(start.app(), start.demand(), start.wanted());
        if (room < start.wanted()) {
            var lacks = rooms.lacks(start.app(), start.demand(), rooms.candidates(start.demand()), start.wanted());
            found(start, WarningCode.CANNOT_BE_PLACED, howMany(start, room) + ": " + lacks);
        } else if (isBeside(start)) {
            var beside = withItsOwn(start);
            if (beside.room(start.app(), start.demand(), 1) == 0) {
                found(
                        start,
                        WarningCode.CANNOT_BE_PLACED,
                        BESIDE + beside.lacks(start.app(), start.demand(), beside.candidates(start.demand()), 1));
            }
        }
        rooms.place(start.app(), start.demand(), start.wanted());
    }

    private static final String BESIDE =
            "its new instance is to start before the old one stops (start-first), and no node has room for both: ";

    private static String howMany(Start start, int room) {
        var homeless = start.wanted() - room;
        var others = start.service() != null && !start.anew() && start.service().replicas() > 0;
        if (room == 0 && !others) {
            return "no node can run it";
        }
        if (others && start.wanted() == 1) {
            return "its new instance finds no node";
        }
        var which = others ? "new instances" : "instances";
        return homeless + " of its " + start.wanted() + " " + which + (homeless == 1 ? " finds" : " find") + " no node";
    }

    /// One task on each node that its constraints allow; a node that they exclude is none that it lacks.
    private void global(Start start) {
        var nodes = rooms.ofGlobal(start.demand());
        if (nodes.isEmpty()) {
            found(
                    start,
                    WarningCode.RUNS_NOWHERE, // with no node there is no task, and nothing to wait for
                    "no node satisfies its constraints, so it has no task at all: "
                            + rooms.lacks(start.app(), start.demand(), rooms.candidates(start.demand()), 1));
            return;
        }
        var beside = isBeside(start) ? withItsOwn(start) : rooms;
        var full = full(start, rooms, nodes);
        if (full.isEmpty() && beside != rooms) {
            full = full(start, beside, nodes);
            if (!full.isEmpty()) {
                found(start, WarningCode.CANNOT_BE_PLACED, BESIDE + beside.lacks(start.app(), start.demand(), full, 1));
            }
        } else if (!full.isEmpty()) {
            found(
                    start,
                    WarningCode.CANNOT_BE_PLACED,
                    "it is to run on each node, and cannot on all: "
                            + rooms.lacks(start.app(), start.demand(), full, 1));
        }
        rooms.placeOnEach(start.app(), start.demand(), nodes);
    }

    private static List<Node> full(Start start, Rooms rooms, List<Node> nodes) {
        return nodes.stream()
                .filter(node -> rooms.room(start.app(), start.demand(), node, 1) == 0)
                .toList();
    }

    /// Whether Swarm starts a new task beside an old one: never where Holdfast itself stops it first.
    private boolean isBeside(Start start) {
        return start.anew()
                && start.service() != null
                && (start.service().running() > 0 || situation.supposed() != null)
                && !stopsFirst(start)
                && start.spec().path("UpdateConfig").path("Order").asText().equals("start-first");
    }

    private static boolean stopsFirst(Start start) {
        return start.change() instanceof UpdateService update && update.stopFirst();
    }

    private Rooms withItsOwn(Start start) {
        return Rooms.of(situation.live(), service -> service.name().equals(start.app()) ? Kept.ALL : kept(service));
    }

    private void found(Start start, WarningCode code, String message) {
        var runs = start.service() != null && Downtime.runs(situation, start.service());
        var stops = code == WarningCode.CANNOT_BE_PLACED && Downtime.comesBefore(start.change(), situation);
        findings.add(new Finding(
                start.app(), code, message + (code == WarningCode.CANNOT_BE_PLACED ? after(start, runs) : ""), stops));
    }

    /// What becomes of the tasks that run.
    private String after(Start start, boolean runs) {
        if (!runs || !start.anew() || stopsFirst(start)) {
            return "";
        }
        return isBeside(start)
                ? ". What runs now goes on"
                : ". Swarm stops an instance that runs before it tries (stop-first)";
    }
}

package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who gives data up, who takes it, and who therefore must wait or be held (product rules 5, 9, 11). Holds beget
/// holds: an app that is held gives nothing up, so who would have taken it is held too; the rounds end because holds
/// are only ever added.
final class Handover {

    private final Situation situation;
    private final Map<String, Draft> drafts;
    private final Map<String, Service> removals;
    private final Map<String, Possession> possessions = new TreeMap<>();
    private final Map<String, List<Hold>> holds = new TreeMap<>();
    private final Set<String> heldRemovals = new TreeSet<>();

    /// @param drafts by app
    /// @param removals candidates for removal by name
    /// @param heldRemovals those that are held already
    Handover(Situation situation, Map<String, Draft> drafts, Map<String, Service> removals, Set<String> heldRemovals) {
        this.situation = situation;
        this.drafts = drafts;
        this.removals = removals;
        this.heldRemovals.addAll(heldRemovals);
        for (var service : situation.live().managed(situation.cluster())) {
            possessions.put(service.name(), Possession.of(service, situation::isShared));
        }
        for (var draft : drafts.values()) {
            if (draft.isHeld()) {
                holds.put(draft.app().name(), List.of());
            }
        }
    }

    /// All holds that follow from data changing hands, by app or removal.
    Map<String, List<Hold>> settle() {
        boolean more;
        do {
            more = false;
            for (var draft : drafts.values()) {
                var name = draft.app().name();
                if (!holds.containsKey(name) && draft.failed() == null) {
                    var found = examine(draft);
                    if (!found.isEmpty()) {
                        holds.put(name, found);
                        more = true;
                    }
                }
            }
            for (var name : removals.keySet()) {
                if (!heldRemovals.contains(name)) {
                    var taker = heldTaker(name);
                    if (taker != null) {
                        heldRemovals.add(name);
                        holds.put(
                                name,
                                List.of(new Hold(
                                        name,
                                        "taker-held",
                                        taker + " takes its data in this commit and is held, so it stays as it is",
                                        "see the hold of " + taker)));
                        more = true;
                    }
                }
            }
        } while (more);
        return holds;
    }

    /// The IDs of the services whose tasks must be seen gone before this app starts.
    Set<String> takesFrom(Draft draft) {
        var ids = new TreeSet<String>();
        if (!draft.starts()) {
            return ids;
        }
        for (var claim : draft.claims()) {
            for (var possession : possessions.values()) {
                var service = possession.service();
                if (!service.name().equals(draft.app().name())
                        && possession.keys().stream().anyMatch(key -> clash(claim, key))
                        && gives(service.name(), claim)) {
                    ids.add(service.id());
                }
            }
            for (var task : otherTasks(draft, claim)) {
                if (service(task) == null) {
                    ids.add(task.serviceId());
                }
            }
        }
        return ids;
    }

    /// Whether somebody takes what this live service has.
    boolean isGiver(Service service) {
        return drafts.values().stream()
                .filter(draft -> !isHeld(draft.app().name()))
                .anyMatch(draft -> takesFrom(draft).contains(service.id()));
    }

    /// Apps all of whose data another app takes: renames.
    List<String> renamed() {
        return removals.keySet().stream()
                .filter(name -> {
                    var keys = possession(name);
                    return !keys.isEmpty() && keys.stream().allMatch(key -> taker(name, key) != null);
                })
                .toList();
    }

    private List<Claim.Key> possession(String name) {
        var possession = possessions.get(name);
        return possession == null ? List.of() : possession.keys();
    }

    private List<Hold> examine(Draft draft) {
        var found = new ArrayList<Hold>();
        givingUp(draft, found);
        arriving(draft, found);
        if (draft.starts()) {
            draft.claims().forEach(claim -> inUse(draft, claim, found));
        }
        return found;
    }

    /// What the app has and would have no more must be taken by another app, or be allowed to stay behind.
    private void givingUp(Draft draft, List<Hold> found) {
        var app = draft.app();
        var open = draft.givenUp().stream()
                .filter(key -> taker(app.name(), key) == null)
                .toList();
        if (!open.isEmpty() && !situation.continues()) {
            found.add(new Hold(
                    app.name(),
                    "history-rewritten",
                    "it would give up " + names(open) + ", but this commit does not descend from the one that was last"
                            + " applied (" + situation.ledger().commit() + ")",
                    "push a commit that descends from both; or: holdfast apply --take-over"));
            return;
        }
        var here = draft.node();
        var elsewhere = open.stream()
                .filter(key -> here != null && !key.node().equals(here.id()))
                .toList();
        if (!elsewhere.isEmpty() && !leavesDataOn(app, elsewhere.getFirst().node())) {
            var old = hostname(elsewhere.getFirst().node());
            found.add(new Hold(
                    app.name(),
                    "moves-data",
                    "it would move from " + old + " to " + hostname(String.valueOf(here == null ? "" : here.id()))
                            + "; " + names(elsewhere) + " would stay on " + old,
                    "persistent: { leave_data_on: " + old + " }"));
        }
        var dropped = open.stream()
                .filter(key -> !elsewhere.contains(key))
                .filter(key ->
                        app.persistent() == null || !app.persistent().leave().contains(key.name()))
                .toList();
        if (!dropped.isEmpty()) {
            found.add(new Hold(
                    app.name(),
                    "gives-up-data",
                    "it would no longer have " + names(dropped) + ", which would stay behind",
                    "persistent: { leave: ["
                            + dropped.stream()
                                    .map(Claim.Key::name)
                                    .sorted()
                                    .distinct()
                                    .collect(Collectors.joining(", "))
                            + "] }"));
        }
    }

    /// An app that is made anew, or takes another volume, on a node other than the one where the ledger knows that
    /// data.
    private void arriving(Draft draft, List<Hold> found) {
        var app = draft.app();
        var node = draft.node();
        if (node == null) {
            return;
        }
        if (leavesDataOn(app, node.id())) {
            found.add(new Hold(
                    app.name(),
                    "stale-acknowledgement",
                    "leave_data_on names " + node.hostname() + ", where the app is: it allows nothing",
                    "remove the line leave_data_on"));
        }
        for (var claim : draft.claims()) {
            if (draft.had() != null && draft.had().keys().contains(claim.key())) {
                continue;
            }
            var known = situation.ledger().claim(claim.key()).isPresent();
            var elsewhere = situation.ledger().claimsNamed(claim.kind(), claim.name()).stream()
                    .filter(old -> !old.node().equals(node.id()))
                    .filter(old ->
                            claim.kind() == Claim.Kind.VOLUME || old.app().equals(app.name()))
                    .filter(old -> drafts.values().stream().noneMatch(other -> other.declares(old.key())))
                    .filter(old -> !leavesDataOn(app, old.node()))
                    .findFirst();
            if (!known
                    && elsewhere.isPresent()
                    && (draft.had() == null || draft.had().keys().isEmpty())) {
                var old = elsewhere.get();
                found.add(new Hold(
                        app.name(),
                        "moves-data",
                        claim.name() + " is on " + hostname(old.node()) + ", and the app would start on "
                                + node.hostname() + " without it",
                        "persistent: { node: " + hostname(old.node()) + " }, or: leave_data_on: "
                                + hostname(old.node())));
                return;
            }
        }
    }

    /// No other task or container, of whatever origin, may have the claim when the app starts (product rule 5).
    private void inUse(Draft draft, Claim claim, List<Hold> found) {
        for (var possession : possessions.values()) {
            var other = possession.service().name();
            if (!other.equals(draft.app().name())
                    && possession.keys().stream().anyMatch(key -> clash(claim, key))
                    && !gives(other, claim)
                    && !mayShare(draft.app(), other, claim)) {
                found.add(inUse(draft, claim, "app " + other + " has it"));
                return;
            }
        }
        for (var task : otherTasks(draft, claim)) {
            var service = service(task);
            if (service != null && !service.belongsTo(situation.cluster())) {
                found.add(
                        inUse(draft, claim, "service " + service.name() + ", which Holdfast does not own, mounts it"));
                return;
            }
        }
        situation
                .survey()
                .node(claim.node())
                .ifPresent(seen -> seen.containers().stream()
                        .filter(container ->
                                container.isRunning() && container.task().isEmpty())
                        .filter(container -> container.mounts().stream()
                                .anyMatch(mount -> !harmless(mount, claim)
                                        && Source.of(claim).overlaps(Source.of(mount))))
                        .findFirst()
                        .ifPresent(container ->
                                found.add(inUse(draft, claim, "container " + container.name() + " mounts it"))));
    }

    private static Hold inUse(Draft draft, Claim claim, String who) {
        return new Hold(
                draft.app().name(),
                "in-use",
                claim.kind().word() + " " + claim.name() + " on " + claim.hostname() + " is in use: " + who,
                "stop what uses it, or use another");
    }

    /// Tasks of other services that may run on the claim's node and mount it.
    private List<Task> otherTasks(Draft draft, Claim claim) {
        var own = draft.service();
        return situation.live().tasks().stream()
                .filter(task -> task.mayRun() && task.nodeId().equals(claim.node()))
                .filter(task -> own == null || !task.serviceId().equals(own.id()))
                .filter(task -> task.mounts().stream()
                        .anyMatch(mount ->
                                !harmless(mount, claim) && Source.of(claim).overlaps(Source.of(mount))))
                .toList();
    }

    /// A mount that only looks: read-only, and either above the claim (monitoring sees all of `/`) or of a claim
    /// that is itself only read.
    static boolean harmless(dev.holdfast.live.Mount mount, Claim claim) {
        return !mount.isVolume() && !mount.isBind()
                || mount.readOnly() && (claim.readOnly() || Source.isBelow(claim.name(), mount.source()));
    }

    private static boolean clash(Claim claim, Claim.Key key) {
        return claim.node().equals(key.node()) && Source.of(claim).overlaps(new Source(key.kind(), key.name()));
    }

    /// Whether that live service will have the claim no more, in this very run.
    private boolean gives(String service, Claim claim) {
        if (removals.containsKey(service)) {
            return !heldRemovals.contains(service);
        }
        var draft = drafts.get(service);
        return draft != null
                && !isHeld(service)
                && draft.failed() == null
                && draft.givenUp().stream().anyMatch(key -> clash(claim, key));
    }

    private boolean mayShare(App app, String other, Claim claim) {
        var draft = drafts.get(other);
        if (draft == null) {
            return false;
        }
        return !writes(app, claim) || !writes(draft.app(), claim);
    }

    private static boolean writes(App app, Claim claim) {
        return app.directories().stream()
                .filter(directory -> Source.of(directory).overlaps(Source.of(claim)))
                .anyMatch(directory -> !directory.readOnly());
    }

    private boolean isHeld(String app) {
        return holds.containsKey(app);
    }

    private @Nullable String taker(String giver, Claim.Key key) {
        return drafts.values().stream()
                .filter(draft ->
                        !draft.app().name().equals(giver) && !isHeld(draft.app().name()))
                .filter(draft -> draft.failed() == null && draft.declares(key))
                .map(draft -> draft.app().name())
                .findFirst()
                .orElse(null);
    }

    private @Nullable String heldTaker(String giver) {
        return drafts.values().stream()
                .filter(draft -> isHeld(draft.app().name()) || draft.failed() != null)
                .filter(draft -> !runs(draft)
                        && draft.claims().stream()
                                .anyMatch(claim -> possession(giver).stream().anyMatch(key -> clash(claim, key))))
                .map(draft -> draft.app().name())
                .findFirst()
                .orElse(null);
    }

    /// A taker that failed is left behind with no instance when its giver is put back.
    private static boolean runs(Draft draft) {
        var service = draft.service();
        return service != null && service.replicas() > 0;
    }

    private @Nullable Service service(Task task) {
        return situation.live().services().stream()
                .filter(service -> service.id().equals(task.serviceId()))
                .findFirst()
                .orElse(null);
    }

    private boolean leavesDataOn(App app, String nodeId) {
        var named = app.persistent() == null ? null : app.persistent().leaveDataOn();
        return named != null && (named.equals(nodeId) || named.equalsIgnoreCase(hostname(nodeId)));
    }

    private String hostname(String nodeId) {
        return situation.live().node(nodeId).map(Node::hostname).orElse(nodeId);
    }

    private static String names(Collection<Claim.Key> keys) {
        return keys.stream().map(Claim.Key::name).sorted().distinct().collect(Collectors.joining(", "));
    }
}

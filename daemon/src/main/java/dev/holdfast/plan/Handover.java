package dev.holdfast.plan;

import dev.holdfast.data.Holders;
import dev.holdfast.data.Possession;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who gives data up, who takes it, and who therefore must wait or be held (rules `one-owner`, `say-what-stays`,
/// `seen-gone`). One hold brings others: an app that is held gives nothing up, so who would have taken it is held too;
/// the rounds end because holds are only ever added.
final class Handover {

    private final Situation situation;
    private final ScheduledRuns runs;
    private final Map<String, AppDraft> drafts;
    private final Map<String, Service> removals;
    private final Holders holders;
    private final GivingUpData givingUp;
    private final WritersBeside beside;
    private final Map<Claim.Key, List<AppDraft>> declaring = new HashMap<>();
    private final List<Claim> allClaims = new ArrayList<>();
    private final List<Claim> aliases = new ArrayList<>();
    private final Map<String, List<Hold>> holds = new TreeMap<>();
    private final Set<String> heldRemovals = new TreeSet<>();
    private final Map<String, Set<String>> takesFrom = new HashMap<>();
    private final Set<String> givers = new HashSet<>();

    /// @param drafts by app
    /// @param removals candidates for removal by name
    /// @param heldRemovals those that are held already
    Handover(
            Situation situation,
            ScheduledRuns runs,
            Holders holders,
            Map<String, AppDraft> drafts,
            Map<String, Service> removals,
            Set<String> heldRemovals) {
        this.situation = situation;
        this.runs = runs;
        this.holders = holders;
        this.drafts = drafts;
        this.removals = removals;
        this.heldRemovals.addAll(heldRemovals);
        this.givingUp = new GivingUpData(situation, holders, this);
        this.beside = new WritersBeside(drafts, this);
        for (var draft : drafts.values()) {
            draft.claims()
                    .forEach(claim -> declaring
                            .computeIfAbsent(claim.key(), _ -> new ArrayList<>())
                            .add(draft));
            allClaims.addAll(draft.claims());
            if (draft.isHeld()) {
                holds.put(draft.app().name(), List.of());
            }
        }
        allClaims.stream().filter(claim -> holders.alias(claim).isPresent()).forEach(aliases::add);
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
                var taker = heldRemovals.contains(name) ? null : heldTaker(name, holders.keys(name));
                if (taker != null) {
                    heldRemovals.add(name);
                    holds.put(name, List.of(takerHeld(name, taker)));
                    more = true;
                }
            }
        } while (more);
        drafts.values().forEach(draft -> takesFrom.put(draft.app().name(), givers(draft)));
        drafts.values().stream()
                .filter(draft -> draft.verb() != AppDraft.Verb.NOTHING)
                .filter(draft -> !isHeld(draft.app().name()) && draft.failed() == null)
                .forEach(draft -> givers.addAll(takesFrom(draft)));
        return holds;
    }

    /// The IDs of the services whose tasks must be seen gone before this app starts. Known once all is settled.
    Set<String> takesFrom(AppDraft draft) {
        return takesFrom.getOrDefault(draft.app().name(), Set.of());
    }

    /// Whether somebody takes what this live service has. Known once all is settled.
    boolean isGiver(Service service) {
        return givers.contains(service.id());
    }

    /// Apps all of whose data another app takes: renames.
    List<String> renamed() {
        return removals.keySet().stream()
                .filter(name -> {
                    var keys = holders.keys(name);
                    return !keys.isEmpty() && keys.stream().allMatch(key -> taker(name, key) != null);
                })
                .toList();
    }

    /// Whether any app declares that claim.
    boolean isDeclared(Claim.Key key) {
        return declaring.containsKey(key);
    }

    /// An app that will have what `giver` has now. Who has read it all along and goes on reading takes nothing.
    @Nullable
    String taker(String giver, Claim.Key key) {
        return declaring.getOrDefault(key, List.of()).stream()
                .filter(draft -> draft.failed() == null && owns(draft, key))
                .filter(draft -> draft.had() == null
                        || !draft.had().has(key)
                        || holders.writes(draft.app(), GivingUpData.claim(key)))
                .map(draft -> draft.app().name())
                .filter(app -> !app.equals(giver) && !isHeld(app))
                .findFirst()
                .orElse(null);
    }

    /// An app that would take some of this data from `giver`, but is held or has failed.
    @Nullable
    String heldTaker(String giver, List<Claim.Key> keys) {
        if (holds.isEmpty() && drafts.values().stream().allMatch(draft -> draft.failed() == null)) {
            return null;
        }
        return drafts.values().stream()
                .filter(draft -> !draft.app().name().equals(giver))
                .filter(draft -> isHeld(draft.app().name()) || draft.failed() != null)
                .filter(draft -> keys.stream().anyMatch(key -> wouldTake(draft, key)))
                .map(draft -> draft.app().name())
                .findFirst()
                .orElse(null);
    }

    /// Where its node cannot be told, whatever has the name may be what the app means. Who reads it already takes
    /// nothing.
    private boolean wouldTake(AppDraft draft, Claim.Key key) {
        var source = Source.of(key);
        var possession = holders.possession(draft.app().name());
        if (possession
                .filter(has -> has.has(key) && !holders.writes(has, GivingUpData.claim(key)))
                .isPresent()) {
            return false;
        }
        return draft.claims().isEmpty()
                ? draft.app().directories().stream()
                        .filter(directory -> directory.with() == null)
                        .map(Source::of)
                        .anyMatch(source::overlaps)
                : draft.claims().stream()
                        .anyMatch(claim -> claim.app().equals(draft.app().name()) && holders.clash(claim, key));
    }

    static Hold takerHeld(String giver, String taker) {
        return new Hold(
                giver,
                HoldCode.TAKER_HELD,
                taker + " takes its data in this commit and is held or has failed, so it stays as it is",
                "see what is said of " + taker);
    }

    private static boolean owns(AppDraft draft, Claim.Key key) {
        return draft.claims().stream()
                .anyMatch(claim -> claim.key().equals(key)
                        && claim.app().equals(draft.app().name()));
    }

    private List<Hold> examine(AppDraft draft) {
        var found = new ArrayList<>(givingUp.examine(draft));
        for (var claim : draft.claims()) {
            if (claim.readOnly()) {
                withItsWriter(draft, claim, found);
            }
        }
        found.addAll(beside.waiting(draft));
        afterRuns(draft, found);
        var waits = found.stream().anyMatch(hold -> hold.code() == HoldCode.TAKER_HELD);
        if (draft.starts() && !waits) {
            unseen(draft, found);
            unseenGivers(draft, found);
            draft.claims().forEach(claim -> inUse(draft, claim, found));
            draft.claims().forEach(claim -> alsoNamed(draft, claim, found));
        }
        return found;
    }

    /// Data neither moves nor changes hands while a run of a scheduled app has it, if only to read it.
    private void afterRuns(AppDraft draft, List<Hold> found) {
        var moved = new ArrayList<>(draft.givenUp());
        draft.claims().stream()
                .map(Claim::key)
                .filter(key -> draft.had() == null || !draft.had().has(key))
                .forEach(moved::add);
        for (var key : moved) {
            for (var task : holders.tasks(draft.service(), GivingUpData.claim(key))) {
                var service = holders.service(task);
                if (service != null && runs.isGoing(service)) {
                    found.add(AppDrafting.goesOn(
                            draft.app(),
                            key.kind().word() + " " + key.name() + " would move or change hands, and a run of "
                                    + service.name() + " has it",
                            service.name()));
                    return;
                }
            }
        }
    }

    /// Who only reads follows the writer, so it waits where the writer waits.
    private void withItsWriter(AppDraft draft, Claim claim, List<Hold> found) {
        if (draft.had() != null && draft.had().has(claim.key())) {
            return;
        }
        for (var writer : declaring.getOrDefault(claim.key(), List.of())) {
            var name = writer.app().name();
            if (!name.equals(draft.app().name())
                    && holders.writes(writer.app(), claim)
                    && (isHeld(name) || writer.failed() != null)
                    && !holders.keys(name).contains(claim.key())) {
                found.add(new Hold(
                        draft.app().name(),
                        HoldCode.WRITER_HELD,
                        "it reads " + claim.name() + " of " + name + ", which is held or has failed",
                        "see what is said of " + name));
                return;
            }
        }
    }

    /// Its own old task may still write where nobody can look.
    private void unseen(AppDraft draft, List<Hold> found) {
        var service = draft.service();
        if (service == null || draft.app().hasDataOnEachNode()) {
            return; // on each node by itself, Swarm starts the new one there only when that node is back
        }
        unseen(draft, service, "its old task", found);
    }

    /// A task of a global app that gives data up may be on any node.
    private void unseenGivers(AppDraft draft, List<Hold> found) {
        for (var claim : draft.claims()) {
            for (var other : holders.others(draft.app().name(), claim)) {
                var service = other.service();
                if (found.isEmpty() && service.isGlobal() && gives(service.name(), claim)) {
                    unseen(draft, service, "an old task of " + service.name(), found);
                }
            }
        }
    }

    private void unseen(AppDraft draft, Service service, String what, List<Hold> found) {
        for (var task : situation.live().tasksOf(service.id())) {
            var node = situation.live().node(task.nodeId());
            if (task.mayRun()
                    && !task.nodeId().equals(draft.was())
                    && node.isPresent()
                    && !node.get().isReady()
                    && !Live.hasJoinedAnew(node.get(), situation.live().nodes())) {
                found.add(new Hold(
                        draft.app().name(),
                        HoldCode.OLD_TASK_UNSEEN,
                        what + " may still run on " + node.get().hostname() + ", which is "
                                + node.get().state(),
                        "docker node rm --force " + node.get().id()
                                + "   # if that machine is surely off and will not come back"));
                return;
            }
        }
    }

    /// No other task or container, of whatever origin, may have the claim when the app starts (rule `one-owner`).
    private void inUse(AppDraft draft, Claim claim, List<Hold> found) {
        var name = draft.app().name();
        var others = holders.others(name, claim);
        for (var other : others) {
            if (!gives(other.service().name(), claim) && !mayShare(draft, other, claim)) {
                found.add(inUse(name, claim, "app " + other.service().name() + " has it"));
                return;
            }
        }
        for (var task : holders.tasks(draft.service(), claim)) {
            var service = holders.service(task);
            if (service != null && !service.belongsTo(situation.cluster())) {
                found.add(inUse(name, claim, "service " + service.name() + ", which Holdfast does not own, mounts it"));
                return;
            }
            if (service != null
                    && others.stream().noneMatch(other -> other.service().id().equals(service.id()))
                    && holders.writes(task, claim)) {
                found.add(inUse(name, claim, "an old task of app " + service.name() + " still mounts it"));
                return;
            }
        }
        holders.container(claim)
                .ifPresent(container -> found.add(inUse(name, claim, "container " + container.name() + " mounts it")));
    }

    /// Two new claims that are the same data under different names: no file tells, only a look does.
    private void alsoNamed(AppDraft draft, Claim claim, List<Hold> found) {
        if (!found.isEmpty() || draft.had() != null && draft.had().has(claim.key()) || holders.isOfTheEngine(claim)) {
            return;
        }
        for (var other : holders.alias(claim).isPresent() ? allClaims : aliases) {
            if (!other.app().equals(claim.app())
                    && !(other.readOnly() || claim.readOnly())
                    && !holders.isOfTheEngine(other)
                    && !Source.of(other).overlaps(Source.of(claim))
                    && holders.clash(claim, other.key())) {
                var real = holders.alias(claim).or(() -> holders.alias(other)).orElse("the same");
                found.add(inUse(
                        draft.app().name(),
                        claim,
                        "it is " + real + ", which " + other.app() + " claims as " + other.name()));
                return;
            }
        }
    }

    private static Hold inUse(String app, Claim claim, String who) {
        return new Hold(
                app,
                HoldCode.IN_USE,
                claim.kind().word() + " " + claim.name() + " on " + claim.hostname() + " is in use: " + who,
                "stop what uses it, or use another");
    }

    private Set<String> givers(AppDraft draft) {
        var ids = new TreeSet<String>();
        if (!draft.starts()) {
            return ids;
        }
        for (var claim : draft.claims()) {
            for (var other : holders.others(draft.app().name(), claim)) {
                if (gives(other.service().name(), claim) && !WritersBeside.mayStay(draft, other, claim)) {
                    ids.add(other.service().id());
                }
            }
            ids.addAll(beside.followers(draft, claim, declaring.getOrDefault(claim.key(), List.of())));
            for (var task : holders.tasks(draft.service(), claim)) {
                if (holders.service(task) == null) {
                    ids.add(task.serviceId());
                }
            }
        }
        return ids;
    }

    /// Whether that live service will have the claim no more, in this very run.
    private boolean gives(String service, Claim claim) {
        if (removals.containsKey(service)) {
            return !heldRemovals.contains(service);
        }
        var draft = drafts.get(service);
        return draft != null
                && !isHeld(service)
                && draft.givenUp().stream().anyMatch(key -> holders.clash(claim, key))
                && draft.claims().stream().noneMatch(kept -> holders.clash(kept, claim.key()));
    }

    /// One may write and the others read, unless one says that it writes the other's data too; what counts is what
    /// is mounted now and what will be.
    private boolean mayShare(AppDraft own, Possession other, Claim claim) {
        var app = own.app();
        var draft = drafts.get(other.service().name());
        if (beside.isWith(claim, app.name(), other, draft)) {
            return true;
        }
        var otherWrites = holders.writes(other, claim)
                || draft != null
                        && draft.claims().stream().anyMatch(c -> !c.readOnly() && holders.clash(c, claim.key()));
        return !holders.writes(app, claim) || !otherWrites;
    }

    boolean isHeld(String app) {
        return holds.containsKey(app);
    }
}

package dev.holdfast.plan;

import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What is done to services, once it is known who is held: creations, updates and removals, each with what becomes of
/// the data.
final class ServiceChanges {

    private final Situation situation;
    private final NodeNames hosts;
    private final Map<String, AppDraft> drafts;
    private final Handover handover;
    private final Set<String> held;
    private final List<DataNote> data = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    ServiceChanges(Situation situation, Map<String, AppDraft> drafts, Handover handover, Set<String> held) {
        this.situation = situation;
        this.hosts = new NodeNames(situation);
        this.drafts = drafts;
        this.handover = handover;
        this.held = held;
    }

    /// @param found what is to be told of an app's data, where it is changed
    List<Change> ofApps(Map<String, List<DataNote>> found) {
        var changes = new ArrayList<Change>();
        for (var draft : drafts.values()) {
            var app = draft.app();
            var service = draft.service();
            if (held.contains(app.name()) || draft.failed() != null) {
                continue;
            }
            data.addAll(found.getOrDefault(app.name(), List.of()));
            Guards.note(draft, situation).ifPresent(data::add);
            if (draft.verb() == AppDraft.Verb.CREATE && draft.spec() != null) {
                changes.add(new Change.CreateService(
                        app.name(),
                        draft.spec(),
                        draft.claims(),
                        app.startsAfter(),
                        handover.takesFrom(draft),
                        app.timeout(),
                        draft.hash()));
            } else if (draft.verb() == AppDraft.Verb.UPDATE && service != null) {
                changes.add(update(draft, service));
            }
            stayBehind(draft);
        }
        return changes;
    }

    private Change update(AppDraft draft, Service service) {
        var app = draft.app();
        var difference = Objects.requireNonNull(draft.difference());
        var writes = app.isPersistent(situation::isShared)
                || draft.had() != null
                        && !draft.had().keys().isEmpty()
                        && !draft.givenUp().isEmpty();
        var crowded = writes && !service.isGlobal() && isCrowded(service);
        return new Change.UpdateService(
                app.name(),
                service.id(),
                difference.toSend(),
                difference.fields(),
                draft.restarts() || crowded,
                crowded
                        || writes && !app.hasDataOnEachNode() && (draft.restarts() || draft.starts())
                        || handover.isGiver(service),
                draft.was(),
                draft.claims(),
                app.startsAfter(),
                handover.takesFrom(draft),
                app.timeout(),
                draft.hash());
    }

    /// Whether a second task waits for its turn, as after scaling or a start-first update by hand: Swarm starts it
    /// the moment that the first one is told to stop, and not when it has.
    private boolean isCrowded(Service service) {
        return situation.live().tasksOf(service.id()).stream()
                        .filter(Task::mayRun)
                        .count()
                > 1;
    }

    private static boolean writes(AppDraft draft, Claim.Key key) {
        return draft.claims().stream().anyMatch(claim -> claim.key().equals(key) && !claim.readOnly());
    }

    private void stayBehind(AppDraft draft) {
        for (var key : draft.givenUp()) {
            if (draft.had() != null && draft.had().isOfAnother(key)) {
                continue; // its owner has the word
            }
            if (!handover.isDeclared(key)) {
                data.add(new DataNote.StaysBehind(draft.app().name(), data(key)));
                LostTargets.named(draft, key, "stays behind").ifPresent(warnings::add);
            } else {
                var taker = handover.taker(draft.app().name(), key);
                LostTargets.named(draft, key, taker == null ? "it gives up" : "goes to " + taker)
                        .ifPresent(warnings::add);
                changesHands(draft.app().name(), key);
            }
        }
    }

    private void changesHands(String giver, Claim.Key key) {
        var taker = handover.taker(giver, key);
        if (taker != null) {
            data.add(new DataNote.GoesTo(giver, data(key), taker));
            return;
        }
        var readers = drafts.values().stream()
                .filter(draft -> !draft.app().name().equals(giver)
                        && draft.claims().stream().anyMatch(claim -> claim.key().equals(key)))
                .toList();
        if (readers.stream().noneMatch(draft -> writes(draft, key))) {
            data.add(new DataNote.IsOnlyRead(
                    giver,
                    data(key),
                    readers.stream().map(draft -> draft.app().name()).toList()));
        }
    }

    private DataNote.Data data(Claim.Key key) {
        return new DataNote.Data(key.kind(), key.name(), hosts.name(key.node()));
    }

    List<Change> ofRemovals(Removals removals) {
        var changes = new ArrayList<Change>();
        for (var service : removals.candidates().values()) {
            if (held.contains(service.name())) {
                continue;
            }
            var had = situation.possession(service);
            var claims = had.claims(situation.live());
            for (var claim : claims) {
                if (isKept(claim.key()) || had.isOfAnother(claim.key())) {
                    continue;
                }
                if (!handover.isDeclared(claim.key())) {
                    data.add(new DataNote.BecomesOrphan(service.name(), DataRules.data(claim)));
                } else {
                    changesHands(service.name(), claim.key());
                }
            }
            changes.add(new Change.RemoveService(service.name(), service.id(), handover.isGiver(service), claims));
        }
        return changes;
    }

    /// Whether an app that is held goes on with it, whatever its file says.
    private boolean isKept(Claim.Key key) {
        return drafts.values().stream()
                .anyMatch(draft -> held.contains(draft.app().name())
                        && draft.had() != null
                        && draft.had().has(key));
    }

    /// What stays, comes back, or changes hands, in the order of the changes asked for so far.
    List<DataNote> data() {
        return List.copyOf(data);
    }

    /// What is easily overlooked where data goes away.
    List<Warning> warnings() {
        return List.copyOf(warnings);
    }
}

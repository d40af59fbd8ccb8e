package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Identities;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Compares what the repository says with what the Swarm is, and says what to do about it.
///
/// In order: a draft for each app on its own; who must be removed; what the data rules and the hand-over of data hold;
/// then the changes.
public final class Planner {

    /// The code of warnings that tell what must be looked at before an app is touched.
    public static final String TO_LOOK = "looks-first";

    private static final String DEPENDS_ON_FAILED = "depends-on-failed";

    private final Situation situation;
    private final Surroundings surroundings;
    private final Hosts hosts;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final List<String> data = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final Map<String, List<String>> found = new HashMap<>();
    private Set<String> held = Set.of();

    private Planner(Situation situation) {
        this.situation = situation.with(
                Remembering.grownBack(situation.ledger(), situation.live(), situation.cluster(), situation::isShared));
        this.surroundings = new Surroundings(this.situation);
        this.hosts = new Hosts(this.situation);
    }

    /// A repository that cannot be read, or is empty, changes nothing.
    public static Plan plan(Situation situation) {
        if (!situation.desired().usable()) {
            return new Plan(
                    situation.cluster(),
                    situation.commit(),
                    List.of(),
                    List.of(),
                    Set.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    situation.ledger());
        }
        return new Planner(situation).plan();
    }

    private Plan plan() {
        draftAll();
        holdDependents();
        var removals = new Removals(situation);
        var holders = new Holders(situation);
        var renamed = new Handover(situation, holders, drafts, removals.candidates(), Set.of()).renamed();
        var heldRemovals = removals.holds(renamed);
        var handover = new Handover(situation, holders, drafts, removals.candidates(), apps(heldRemovals));
        holds.addAll(heldRemovals);
        handover.settle().values().forEach(holds::addAll);
        drafts.values().forEach(draft -> holds.addAll(draft.holds()));
        situation.desired().broken().forEach(app -> holds.add(broken(app)));
        holds.sort(Comparator.comparing(Hold::app).thenComparing(Hold::code));
        tellWhatWaits();
        held = apps(holds);
        warnings.addAll(surroundings.differences());
        warnings.addAll(Undeclared.warnings(situation));
        warnings.addAll(LostLedger.warnings(situation));

        var left = new TreeSet<>(held);
        drafts.values().stream()
                .filter(draft -> draft.failed() != null)
                .forEach(draft -> left.add(draft.app().name()));
        var resumptions = new Resumptions(situation, holders, left);
        warnings.addAll(resumptions.looks());
        var apps = changes(handover);
        var gone = removals(removals, handover);
        var changes = new ArrayList<Change>(surroundings.creations(touched(apps)));
        changes.addAll(Fences.of(situation, held));
        changes.addAll(resumptions.changes());
        changes.addAll(apps);
        changes.addAll(gone);
        changes.addAll(surroundings.removals(
                untouched(apps, gone), drafts.values().stream().map(Draft::app).toList()));
        changes.addAll(unusedContents());
        return new Plan(
                situation.cluster(),
                situation.commit(),
                List.copyOf(data),
                List.copyOf(changes),
                unchanged(apps),
                List.copyOf(warnings),
                List.copyOf(holds),
                drafts.values().stream()
                        .map(Draft::failed)
                        .filter(f -> f != null)
                        .toList(),
                List.of(),
                ledger(apps));
    }

    private static Set<String> apps(List<Hold> holds) {
        return holds.stream().map(Hold::app).collect(Collectors.toSet());
    }

    /// The first hold of an app says what of it is not changed meanwhile, its new image too.
    private void tellWhatWaits() {
        var told = new HashSet<String>();
        holds.replaceAll(hold -> {
            var draft = told.add(hold.app()) ? drafts.get(hold.app()) : null;
            var difference = draft == null ? null : draft.difference();
            return difference == null ? hold : hold.with(difference.fields());
        });
    }

    private static Hold broken(String app) {
        return new Hold(app, "files-broken", "its file has an error, so it stays as it is", "mend the file");
    }

    /// Apps that write come first: apps that only read the same data follow them to their node.
    private void draftAll() {
        var locksmith = new Locksmith(situation);
        var drafter = new Drafter(situation, surroundings, locksmith);
        var rules = new DataRules(situation);
        situation.desired().apps().stream()
                .map(DeclaredApp::app)
                .sorted(Comparator.comparing((App app) -> !app.isPersistent(situation::isShared))
                        .thenComparing(App::name))
                .forEach(app -> drafts.put(app.name(), examined(drafter.draft(app), rules)));
    }

    /// What depends on a failed app waits for it, in later runs as in the one in which it failed.
    private void holdDependents() {
        boolean more;
        do {
            more = false;
            for (var draft : List.copyOf(drafts.values())) {
                var cause =
                        draft.app().dependsOn().stream().filter(this::isFailing).findFirst();
                var acts = draft.verb() == Draft.Verb.CREATE || draft.verb() == Draft.Verb.UPDATE;
                if (acts && !draft.isHeld() && draft.failed() == null && cause.isPresent()) {
                    var name = draft.app().name();
                    var hold = new Hold(
                            name,
                            DEPENDS_ON_FAILED,
                            "it depends on " + cause.get() + ", which has not converged",
                            "mend " + cause.get());
                    drafts.put(name, draft.heldFor(hold));
                    more = true;
                }
            }
        } while (more);
    }

    private boolean isFailing(String app) {
        var draft = drafts.get(app);
        return draft != null
                && (draft.failed() != null
                        || draft.holds().stream().anyMatch(hold -> hold.code().equals(DEPENDS_ON_FAILED)));
    }

    private Draft examined(Draft draft, DataRules rules) {
        warnings.addAll(draft.warnings());
        if (draft.isHeld() || draft.failed() != null) {
            return draft;
        }
        var finding = draft.starts() || draft.takes() ? rules.examine(draft) : new DataRules.Finding();
        warnings.addAll(finding.warnings());
        found.put(draft.app().name(), finding.data());
        var looks = new TreeSet<>(draft.looks());
        looks.addAll(finding.looks());
        if (!looks.isEmpty()) {
            warnings.add(
                    new Warning(draft.app().name(), TO_LOOK, "apply will first look at " + String.join(", ", looks)));
        }
        return draft.with(finding.holds(), looks);
    }

    private List<Change> changes(Handover handover) {
        var changes = new ArrayList<Change>();
        for (var draft : drafts.values()) {
            var app = draft.app();
            var service = draft.service();
            if (isHeld(app.name()) || draft.failed() != null) {
                continue;
            }
            data.addAll(found.getOrDefault(app.name(), List.of()));
            if (draft.verb() == Draft.Verb.CREATE && draft.spec() != null) {
                changes.add(new Change.CreateService(
                        app.name(),
                        draft.spec(),
                        draft.claims(),
                        Set.copyOf(app.dependsOn()),
                        handover.takesFrom(draft),
                        app.timeout(),
                        SpecHash.of(draft.spec())));
            } else if (draft.verb() == Draft.Verb.UPDATE && service != null) {
                changes.add(update(draft, service, handover));
            }
            stayBehind(draft, handover);
        }
        return changes;
    }

    private Change update(Draft draft, Service service, Handover handover) {
        var app = draft.app();
        var difference = java.util.Objects.requireNonNull(draft.difference());
        var writes = app.isPersistent(situation::isShared)
                || draft.had() != null
                        && !draft.had().keys().isEmpty()
                        && !draft.givenUp().isEmpty();
        var crowded = writes && isCrowded(service);
        return new Change.UpdateService(
                app.name(),
                service.id(),
                service.version(),
                difference.toSend(),
                difference.fields(),
                draft.restarts() || crowded,
                crowded || writes && (draft.restarts() || draft.starts()) || handover.isGiver(service),
                draft.was(),
                draft.claims(),
                Set.copyOf(app.dependsOn()),
                handover.takesFrom(draft),
                app.timeout(),
                SpecHash.of(java.util.Objects.requireNonNull(draft.spec())));
    }

    /// Whether a second task waits for its turn, as after scaling or a start-first update by hand: Swarm starts it
    /// the moment that the first one is told to stop, and not when it has.
    private boolean isCrowded(Service service) {
        return situation.live().tasksOf(service.id()).stream()
                        .filter(Task::mayRun)
                        .count()
                > 1;
    }

    private void stayBehind(Draft draft, Handover handover) {
        for (var key : draft.givenUp()) {
            if (!handover.isDeclared(key)) {
                data.add(key.kind().word() + " " + key.name() + " stays on " + hosts.name(key.node()) + ": "
                        + draft.app().name() + " no longer has it");
            } else {
                changesHands(draft.app().name(), key, handover);
            }
        }
    }

    private void changesHands(String giver, Claim.Key key, Handover handover) {
        var taker = handover.taker(giver, key);
        if (taker != null) {
            data.add(key.kind().word() + " " + key.name() + " on " + hosts.name(key.node()) + " goes from " + giver
                    + " to " + taker);
        }
    }

    private List<Change> removals(Removals removals, Handover handover) {
        var changes = new ArrayList<Change>();
        for (var service : removals.candidates().values()) {
            if (isHeld(service.name())) {
                continue;
            }
            var claims = Possession.of(service, situation::isShared).claims(situation.live());
            for (var claim : claims) {
                if (!handover.isDeclared(claim.key())) {
                    data.add(claim.kind().word() + " " + claim.name() + " stays on " + claim.hostname()
                            + " as an orphan: app " + service.name() + " is removed");
                } else {
                    changesHands(service.name(), claim.key(), handover);
                }
            }
            changes.add(new Change.RemoveService(
                    service.name(), service.id(), service.version(), handover.isGiver(service), claims));
        }
        return changes;
    }

    private List<Change.RemoveContent> unusedContents() {
        var needed = new TreeSet<String>();
        for (var draft : drafts.values()) {
            draft.app()
                    .secrets()
                    .forEach(r -> needed.add(surroundings.secretNames().getOrDefault(r.source(), "")));
            draft.app()
                    .configs()
                    .forEach(r -> needed.add(surroundings.configNames().getOrDefault(r.source(), "")));
        }
        return situation.desired().complete()
                ? Surroundings.unusedContents(situation.live(), situation.cluster(), needed)
                : List.of();
    }

    private List<App> touched(List<Change> changes) {
        var names = changes.stream().map(Change::app).collect(Collectors.toSet());
        return drafts.values().stream()
                .map(Draft::app)
                .filter(app -> names.contains(app.name()) && !isHeld(app.name()))
                .toList();
    }

    private List<Service> untouched(List<Change> apps, List<Change> gone) {
        var names = new HashSet<String>();
        apps.forEach(change -> names.add(change.name()));
        gone.forEach(change -> names.add(change.name()));
        return situation.live().services().stream()
                .filter(service -> !names.contains(service.name()))
                .toList();
    }

    private Set<String> unchanged(List<Change> changes) {
        var changed = changes.stream().map(Change::app).collect(Collectors.toSet());
        return drafts.values().stream()
                .filter(draft -> !changed.contains(draft.app().name())
                        && !isHeld(draft.app().name())
                        && draft.failed() == null)
                .map(draft -> draft.app().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// All that lives, all that will be made, and what is known to have failed with the spec that is still wanted.
    private Ledger ledger(List<Change> apps) {
        var declared = declaredKeys();
        var settled = Remembering.settle(
                situation.ledger(),
                situation.live(),
                situation.survey(),
                situation.cluster(),
                situation::isShared,
                declared,
                situation.commit(),
                situation.now());
        var entered = new ArrayList<Claim>();
        for (var change : apps) {
            switch (change) {
                case Change.CreateService create -> entered.addAll(create.claims());
                case Change.UpdateService update -> entered.addAll(update.claims());
                default -> {
                    // No claims.
                }
            }
        }
        var kept = new HashMap<String, Ledger.Failure>();
        situation.ledger().failures().forEach((app, failure) -> {
            var draft = drafts.get(app);
            if (draft != null && (draft.failed() != null || isHeld(app))) {
                kept.put(app, failure);
            }
        });
        var all = Identities.fill(settled.withClaims(entered), situation.survey());
        for (var draft : drafts.values()) {
            if (draft.was() != null
                    && apps.stream()
                            .anyMatch(change -> change.name().equals(draft.app().name()))) {
                all = withoutFormer(all, draft.claims(), draft.was());
            }
        }
        return LostLedger.grownBack(all, situation)
                .withUndeclared(Undeclared.remembered(situation))
                .withFailures(kept);
    }

    /// A node that joined anew has one ID: what it is called now.
    private static Ledger withoutFormer(Ledger ledger, List<Claim> claims, String was) {
        var left = ledger;
        for (var claim : claims) {
            left = left.without(Source.of(claim).on(was));
        }
        return left;
    }

    /// What apps own, so that it is no orphan. While a file is broken or the history is, nothing becomes one.
    private Set<Claim.Key> declaredKeys() {
        var keys = new HashSet<Claim.Key>();
        if (!situation.desired().complete() || !situation.continues()) {
            situation.ledger().claims().stream()
                    .filter(claim -> claim.givenUp() == null)
                    .forEach(claim -> keys.add(claim.key()));
        }
        for (var draft : drafts.values()) {
            draft.claims().forEach(claim -> keys.add(claim.key()));
            if (draft.node() == null) {
                keys.addAll(Remembering.possibleKeys(draft.app(), situation.ledger()));
            }
        }
        for (var broken : situation.desired().broken()) {
            situation.ledger().claims().stream()
                    .filter(claim -> claim.app().equals(broken) && claim.givenUp() == null)
                    .forEach(claim -> keys.add(claim.key()));
        }
        return keys;
    }

    private boolean isHeld(String app) {
        return held.contains(app);
    }
}

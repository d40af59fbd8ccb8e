package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Identities;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Service;
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
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final List<String> data = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    private Planner(Situation situation) {
        this.situation = situation;
        this.surroundings = new Surroundings(situation);
    }

    public static Plan plan(Situation situation) {
        return new Planner(situation).plan();
    }

    private Plan plan() {
        draftAll();
        holdDependents();
        var removals = new Removals(situation);
        var renamed = new Handover(situation, drafts, removals.candidates(), Set.of()).renamed();
        var heldRemovals = removals.holds(renamed);
        var handover = new Handover(
                situation,
                drafts,
                removals.candidates(),
                heldRemovals.stream().map(Hold::app).collect(Collectors.toSet()));
        var handed = handover.settle();
        drafts.values().forEach(draft -> holds.addAll(draft.holds()));
        holds.addAll(heldRemovals);
        handed.values().forEach(holds::addAll);
        holds.sort(Comparator.comparing(Hold::app).thenComparing(Hold::code));
        warnings.addAll(surroundings.differences());

        var apps = changes(handover);
        var gone = removals(removals, handover);
        var changes = new ArrayList<Change>(surroundings.creations(touched(apps)));
        changes.addAll(apps);
        changes.addAll(gone);
        changes.addAll(surroundings.removals(staying(gone), drafts.values().stream().map(Draft::app).toList()));
        changes.addAll(unusedContents());
        var ledger = ledger(apps);
        return new Plan(
                situation.cluster(),
                situation.commit(),
                List.copyOf(data),
                List.copyOf(changes),
                unchanged(apps),
                List.copyOf(warnings),
                List.copyOf(holds),
                drafts.values().stream().map(Draft::failed).filter(f -> f != null).toList(),
                List.of(),
                ledger);
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
                var cause = draft.app().dependsOn().stream().filter(this::isFailing).findFirst();
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
        var finding = draft.starts() ? rules.examine(draft) : new DataRules.Finding();
        warnings.addAll(finding.warnings());
        data.addAll(finding.data());
        var looks = new TreeSet<>(draft.looks());
        looks.addAll(finding.looks());
        if (!looks.isEmpty()) {
            warnings.add(new Warning(
                    draft.app().name(), TO_LOOK, "apply will first look at " + String.join(", ", looks)));
        }
        return new Draft(
                draft.app(),
                draft.service(),
                draft.had(),
                draft.node(),
                draft.claims(),
                draft.verb(),
                draft.spec(),
                draft.difference(),
                draft.restarts(),
                draft.starts(),
                both(draft.holds(), finding.holds()),
                draft.warnings(),
                List.copyOf(looks),
                draft.failed());
    }

    private static List<Hold> both(List<Hold> some, List<Hold> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private List<Change> changes(Handover handover) {
        var changes = new ArrayList<Change>();
        for (var draft : drafts.values()) {
            var app = draft.app();
            var service = draft.service();
            if (draft.verb() == Draft.Verb.FENCE && service != null) {
                changes.add(fence(draft, service));
            }
            if (isHeld(app.name()) || draft.failed() != null) {
                continue;
            }
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
                || draft.had() != null && !draft.had().keys().isEmpty() && !draft.givenUp().isEmpty();
        return new Change.UpdateService(
                app.name(),
                service.id(),
                service.version(),
                difference.toSend(),
                difference.fields(),
                draft.restarts(),
                writes && (draft.restarts() || draft.starts()) || handover.isGiver(service),
                draft.claims(),
                Set.copyOf(app.dependsOn()),
                handover.takesFrom(draft),
                app.timeout(),
                SpecHash.of(java.util.Objects.requireNonNull(draft.spec())));
    }

    private Change fence(Draft draft, Service service) {
        var spec = (ObjectNode) service.spec().deepCopy();
        ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", 0);
        return new Change.UpdateService(
                draft.app().name(),
                service.id(),
                service.version(),
                spec,
                List.of(new FieldChange("deploy.replicas", String.valueOf(service.replicas()), "0", false)),
                false,
                false,
                List.of(),
                Set.of(),
                Set.of(),
                draft.app().timeout(),
                "");
    }

    private void stayBehind(Draft draft, Handover handover) {
        for (var key : draft.givenUp()) {
            if (drafts.values().stream().noneMatch(other -> other.declares(key))) {
                data.add(key.kind().word() + " " + key.name() + " stays on " + hostname(key.node()) + ": "
                        + draft.app().name() + " no longer has it");
            }
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
                if (drafts.values().stream().noneMatch(draft -> draft.declares(claim.key()))) {
                    data.add(claim.kind().word() + " " + claim.name() + " stays on " + claim.hostname()
                            + " as an orphan: app " + service.name() + " is removed");
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
            draft.app().secrets().forEach(r -> needed.add(surroundings.secretNames().getOrDefault(r.source(), "")));
            draft.app().configs().forEach(r -> needed.add(surroundings.configNames().getOrDefault(r.source(), "")));
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

    private List<Service> staying(List<Change> gone) {
        var ids = gone.stream().map(Change::name).collect(Collectors.toSet());
        return situation.live().services().stream()
                .filter(service -> !ids.contains(service.name()))
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
        return Identities.fill(settled.withClaims(entered), situation.survey())
                .withFailures(kept);
    }

    /// What apps own, so that it is no orphan.
    private Set<Claim.Key> declaredKeys() {
        var keys = new HashSet<Claim.Key>();
        for (var draft : drafts.values()) {
            draft.claims().forEach(claim -> keys.add(claim.key()));
            if (draft.node() == null) {
                keys.addAll(Remembering.possibleKeys(draft.app(), situation.ledger()));
            }
        }
        for (var broken : situation.desired().broken()) {
            situation.ledger().claims().stream()
                    .filter(claim -> claim.app().equals(broken))
                    .forEach(claim -> keys.add(claim.key()));
        }
        return keys;
    }

    private boolean isHeld(String app) {
        return holds.stream().anyMatch(hold -> hold.app().equals(app));
    }

    private String hostname(String node) {
        return situation.live().node(node).map(n -> n.hostname()).orElse(node);
    }
}

package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.data.Identities;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ledger that a plan writes before it touches any service.
final class NextLedger {

    private final Situation situation;
    private final Surroundings surroundings;
    private final Map<String, AppDraft> drafts;
    private final Set<String> held;

    NextLedger(Situation situation, Surroundings surroundings, Map<String, AppDraft> drafts, Set<String> held) {
        this.situation = situation;
        this.surroundings = surroundings;
        this.drafts = drafts;
        this.held = held;
    }

    /// All that lives, all that will be made, and what is known to have failed with the spec that is still wanted.
    Ledger after(List<Change> apps) {
        var declared = declaredKeys();
        var settled = SettledLedger.settle(
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
            if (draft != null && (draft.failed() != null || held.contains(app))) {
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
        return LostLedger.grownBack(new RejoinedNode(situation).followed(all), situation)
                .withUndeclared(Undeclared.remembered(situation))
                .withContents(surroundings.takenContents(goingOn()))
                .withFailures(kept);
    }

    private List<App> goingOn() {
        return drafts.values().stream()
                .map(AppDraft::app)
                .filter(app -> !held.contains(app.name()))
                .toList();
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
            if (draft.node() == null && !draft.app().hasDataOnEachNode()) {
                keys.addAll(SettledLedger.possibleKeys(draft.app(), situation.ledger()));
            }
        }
        // What is held, or broken, gives nothing up, whatever a hand has made of its service.
        situation.ledger().claims().stream()
                .filter(claim -> claim.givenUp() == null)
                .filter(claim -> situation.desired().broken().contains(claim.app()) || held.contains(claim.app()))
                .forEach(claim -> keys.add(claim.key()));
        return keys;
    }
}

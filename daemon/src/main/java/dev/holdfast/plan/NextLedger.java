package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.EachNode;
import dev.holdfast.data.Identities;
import dev.holdfast.data.Possession;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.value.ImageReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The ledger that a plan writes before it touches any service. It grows back from live services, so a lost one costs
/// only what nothing runs any more.
public final class NextLedger {

    private final Situation situation;
    private final Contents contents;
    private final Map<String, AppDraft> drafts;
    private final Set<String> held;

    NextLedger(Situation situation, Contents contents, Map<String, AppDraft> drafts, Set<String> held) {
        this.situation = situation;
        this.contents = contents;
        this.drafts = drafts;
        this.held = held;
    }

    /// All that lives, all that will be made, and what is known to have failed with the spec that is still wanted.
    Ledger after(List<Change> apps) {
        var settled = settled();
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
                .withContents(contents.taken(goingOn()))
                .withImages(stillPinned(situation.ledger(), situation.live()))
                .withFailures(kept);
    }

    /// The ledger with all that live services have entered, identities that a look has found, and what no service
    /// has and no app declares any more marked as given up.
    private Ledger settled() {
        var declared = declaredKeys();
        var live = situation.live();
        var owned = new HashSet<Claim.Key>();
        for (var service : live.managed(situation.cluster())) {
            for (var has : possessions(service, live, situation::isShared)) {
                owned.addAll(has.keys());
                if (has.isOnEachNode()) {
                    owned.addAll(EachNode.waiting(has, situation.ledger(), live));
                }
            }
        }
        var ledger = grownBack(situation.ledger(), live, situation.cluster(), situation::isShared);
        var settled = new ArrayList<Claim>();
        for (var claim : ledger.claims()) {
            if (owned.contains(claim.key()) || declared.contains(claim.key())) {
                settled.add(claim.withGivenUp(null));
            } else {
                settled.add(
                        claim.givenUp() != null
                                ? claim
                                : claim.withGivenUp(new Claim.GivenUp(situation.now(), situation.commit())));
            }
        }
        return Identities.fill(situation.ledger().withClaims(settled), situation.survey());
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
                keys.addAll(possibleKeys(draft.app(), situation.ledger()));
            }
        }
        // What is held, or broken, gives nothing up, whatever a hand has made of its service.
        situation.ledger().claims().stream()
                .filter(claim -> claim.givenUp() == null)
                .filter(claim -> situation.desired().broken().contains(claim.app()) || held.contains(claim.app()))
                .forEach(claim -> keys.add(claim.key()));
        return keys;
    }

    /// The ledger with the claims of all live services. Where there is none at all, also with what their previous
    /// specs had: that may be the last trace of data that was left behind.
    static Ledger grownBack(Ledger ledger, Live live, String cluster, Predicate<String> shared) {
        var entered = new ArrayList<Claim>();
        var before = new ArrayList<Claim>();
        for (var service : live.managed(cluster)) {
            for (var has : possessions(service, live, shared)) {
                for (var claim : has.claims(live)) {
                    entered.add(claim.app().equals(service.name()) ? 0 : entered.size(), claim);
                }
            }
            if (ledger.sequence() == 0) {
                var now = Possession.of(service, shared, live).mounted();
                Possession.before(service, shared, live).stream()
                        .flatMap(old -> old.claims(live).stream())
                        .filter(claim -> live.node(claim.node()).isPresent() || !now.contains(Source.of(claim)))
                        .forEach(before::add);
            }
        }
        return ledger.withClaims(before.stream()
                        .filter(claim -> ledger.claim(claim.key()).isEmpty())
                        .toList())
                .withClaims(writersLast(entered));
    }

    /// Where somebody took the lock away by hand, the data is also where Swarm has put the tasks since.
    private static List<Possession> possessions(Service service, Live live, Predicate<String> shared) {
        var nodes = new TreeSet<String>();
        if (service.labels().containsKey(Labels.CLAIMS)
                && service.lockedNode().isEmpty()
                && !ClaimsLabel.of(service.labels()).isEachNode()) {
            live.tasksOf(service.id()).stream()
                    .filter(task -> task.mayRun() && !task.nodeId().isEmpty())
                    .forEach(task -> nodes.add(task.nodeId()));
        }
        return nodes.isEmpty()
                ? List.of(Possession.of(service, shared, live))
                : nodes.stream()
                        .map(node -> Possession.of(service, shared, live, node))
                        .toList();
    }

    /// The images that services run, with their digests: what differs from them later was done by hand, and a
    /// persistent app that is made anew gets the very same.
    ///
    /// @param followed what the registries give for tags that are followed, by app. It counts once it runs or has
    ///     failed: nothing else may run while a registry is away
    public static Ledger pinned(Ledger ledger, Live live, Map<String, Ledger.Pin> followed) {
        var pins = new TreeMap<>(stillPinned(ledger, live));
        for (var service : live.managed(ledger.cluster())) {
            var name = service.name();
            var image = service.spec()
                    .path("TaskTemplate")
                    .path("ContainerSpec")
                    .path("Image")
                    .asText();
            var asked = service.labels().get(Labels.STACK_IMAGE);
            var known = pins.get(name);
            var given = followed.get(name);
            if (given != null
                    && (isSame(given.resolved(), image) || ledger.failures().containsKey(name))) {
                pins.put(name, given);
            } else if (asked != null
                    && ImageReference.of(image).isPinned()
                    && (known == null || !known.image().equals(asked))) {
                pins.put(name, new Ledger.Pin(asked, image));
            }
        }
        return ledger.withImages(pins);
    }

    /// Images of services that are there, and of apps whose data may be.
    private static Map<String, Ledger.Pin> stillPinned(Ledger ledger, Live live) {
        var apps = live.managed(ledger.cluster()).stream().map(Service::name).collect(Collectors.toSet());
        ledger.claims().forEach(claim -> apps.add(claim.app()));
        var pins = new TreeMap<>(ledger.images());
        pins.keySet().retainAll(apps);
        return pins;
    }

    private static boolean isSame(String one, String other) {
        var image = ImageReference.of(one);
        return image.digest().equals(ImageReference.of(other).digest())
                && image.familiar().equals(ImageReference.of(other).familiar());
    }

    static boolean hasClaims(Ledger ledger, String app) {
        return ledger.claims().stream().anyMatch(claim -> claim.app().equals(app));
    }

    /// The keys that an app may mean while its node is not known: what the ledger knows under those names.
    static List<Claim.Key> possibleKeys(App app, Ledger ledger) {
        return app.directories().stream()
                .map(Source::of)
                .flatMap(source -> ledger.claimsNamed(source.kind(), source.name()).stream())
                .filter(claim ->
                        claim.kind() == Claim.Kind.VOLUME || claim.app().equals(app.name()))
                .map(Claim::key)
                .toList();
    }

    /// Where a writer and readers have the same claim, the ledger names the writer; and its owner's place for it,
    /// where others write it too.
    private static List<Claim> writersLast(Collection<Claim> claims) {
        var byKey = new TreeMap<String, Claim>();
        for (var claim : claims) {
            byKey.merge(claim.key().toString(), claim, (one, other) -> one.readOnly() ? other : one);
        }
        return List.copyOf(byKey.values());
    }
}

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
import dev.holdfast.survey.Survey;
import dev.holdfast.value.ImageReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the ledger shall say. It grows back from live services, so a lost one costs only what nothing runs any more.
public final class SettledLedger {

    private SettledLedger() {}

    /// The ledger with all that live services have entered, identities that a look has found, and what no service
    /// has and no app declares any more marked as given up.
    ///
    /// @param declared keys that apps declare, and keys that apps which could not be placed may mean
    /// @param commit of the repository's state that gives up what is not declared
    public static Ledger settle(
            Ledger ledger,
            Live live,
            Survey survey,
            String cluster,
            Predicate<String> shared,
            Set<Claim.Key> declared,
            @Nullable String commit,
            String now) {
        var owned = new HashSet<Claim.Key>();
        for (var service : live.managed(cluster)) {
            for (var has : possessions(service, live, shared)) {
                owned.addAll(has.keys());
                if (has.isOnEachNode()) {
                    owned.addAll(EachNode.waiting(has, ledger, live));
                }
            }
        }
        var settled = new ArrayList<Claim>();
        for (var claim : grownBack(ledger, live, cluster, shared).claims()) {
            if (owned.contains(claim.key()) || declared.contains(claim.key())) {
                settled.add(claim.withGivenUp(null));
            } else {
                settled.add(claim.givenUp() != null ? claim : claim.withGivenUp(new Claim.GivenUp(now, commit)));
            }
        }
        return Identities.fill(ledger.withClaims(settled), survey);
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

    /// The images that persistent apps run, with their digests, so that one that is made anew gets the very same.
    public static Ledger pinned(Ledger ledger, Live live) {
        var pins = new TreeMap<>(ledger.images());
        for (var service : live.managed(ledger.cluster())) {
            var image = service.spec()
                    .path("TaskTemplate")
                    .path("ContainerSpec")
                    .path("Image")
                    .asText();
            var asked = service.labels().get(Labels.STACK_IMAGE);
            if (asked != null
                    && ImageReference.of(image).isPinned()
                    && service.labels().containsKey(Labels.CLAIMS)) {
                pins.put(service.name(), new Ledger.Pin(asked, image));
            }
        }
        pins.keySet().retainAll(ledger.claims().stream().map(Claim::app).collect(Collectors.toSet()));
        return ledger.withImages(pins);
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

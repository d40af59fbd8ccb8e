package dev.holdfast.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holdfast's record inside the Swarm, one per cluster name.
///
/// @param sequence the number of the config that holds it; 0 where there is none yet
/// @param rootCommit the root commit of the repository that this Swarm follows: its lineage
/// @param repository where that repository was, for people; without credentials
/// @param commit the last commit that was applied
/// @param nameKey random, Base64: keys the names of secrets, so that a name tells nothing about a weak password
/// @param claims every claim ever applied and not forgotten, by key
/// @param images the digest of each persistent app's image, by app
/// @param undeclared where apps' containers keep data that no directory covers, as a look has last seen it, by app
/// @param failures what failed and is not tried again, by app
/// @param holds what only a look at the disks or a registry has held in the last run, by app: nobody else can tell
///     later
/// @param contents what secrets that Holdfast did not make are taken to hold, by ID
public record Ledger(
        String cluster,
        long sequence,
        @Nullable String rootCommit,
        @Nullable String repository,
        @Nullable String commit,
        String nameKey,
        List<Claim> claims,
        Map<String, Pin> images,
        Map<String, List<String>> undeclared,
        Map<String, Failure> failures,
        Map<String, Held> holds,
        Map<String, String> contents) {

    private static final Comparator<Claim.Key> ORDER = Comparator.<Claim.Key, String>comparing(
                    key -> key.kind().name())
            .thenComparing(Claim.Key::name)
            .thenComparing(Claim.Key::node);

    /// Sorts the claims by kind, name and node.
    public Ledger {
        claims = claims.stream().sorted(Comparator.comparing(Claim::key, ORDER)).toList();
    }

    /// @param image as the file has it
    /// @param resolved with its digest, as the service has it
    public record Pin(String image, String resolved) {}

    /// @param code as the README lists it
    public record Held(String code, String message) {}

    /// @param spec a hash of the spec that failed: another one is tried
    public record Failure(
            String spec, String error, @Nullable String commit, String since) {}

    public static Ledger empty(String cluster, String nameKey) {
        return new Ledger(
                cluster, 0, null, null, null, nameKey, List.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    public Optional<Claim> claim(Claim.Key key) {
        var at = position(key);
        return at < claims.size() && claims.get(at).key().equals(key) ? Optional.of(claims.get(at)) : Optional.empty();
    }

    /// The claims of that kind and name on all nodes.
    public List<Claim> claimsNamed(Claim.Kind kind, String name) {
        return claims.subList(position(new Claim.Key(kind, name, "")), claims.size()).stream()
                .takeWhile(claim -> claim.kind() == kind && claim.name().equals(name))
                .toList();
    }

    /// Where the first claim is that does not come before that one. There may be many, and all are asked for.
    private int position(Claim.Key key) {
        var from = 0;
        var to = claims.size();
        while (from < to) {
            var middle = (from + to) >>> 1;
            if (ORDER.compare(claims.get(middle).key(), key) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /// This ledger with these claims entered; a claim of the same key is replaced, but a known identity is kept
    /// where the new one has none, and a known hostname of a node that has left the Swarm.
    public Ledger withClaims(List<Claim> entered) {
        var byKey = new TreeMap<Claim.Key, Claim>(ORDER);
        claims.forEach(claim -> byKey.put(claim.key(), claim));
        for (var claim : entered) {
            byKey.merge(
                    claim.key(),
                    claim,
                    (old, now) -> (now.hostname().isEmpty() ? now.withHostname(old.hostname()) : now)
                            .withIdentity(now.identity() == null ? old.identity() : now.identity()));
        }
        return having(List.copyOf(byKey.values()));
    }

    /// This ledger without that claim: what `orphans forget` does. Nothing else is touched.
    public Ledger without(Claim.Key key) {
        return having(claims.stream().filter(claim -> !claim.key().equals(key)).toList());
    }

    /// This ledger, with when and by what that claim was given up.
    public Ledger withGivenUp(Claim.Key key, Claim.GivenUp when) {
        return having(claims.stream()
                .map(claim -> claim.key().equals(key) ? claim.withGivenUp(when) : claim)
                .toList());
    }

    private Ledger having(List<Claim> those) {
        return with(copy -> copy.claims = those);
    }

    public Ledger withApplied(@Nullable String root, @Nullable String from, @Nullable String applied) {
        return with(copy -> {
            copy.rootCommit = root;
            copy.repository = from;
            copy.commit = applied;
        });
    }

    public Ledger withImages(Map<String, Pin> pins) {
        return with(copy -> copy.images = Map.copyOf(pins));
    }

    public Ledger withFailures(Map<String, Failure> failed) {
        return with(copy -> copy.failures = Map.copyOf(failed));
    }

    public Ledger withHolds(Map<String, Held> held) {
        return with(copy -> copy.holds = Map.copyOf(held));
    }

    public Ledger withUndeclared(Map<String, List<String>> targets) {
        return with(copy -> copy.undeclared = Map.copyOf(targets));
    }

    public Ledger withContents(Map<String, String> taken) {
        return with(copy -> copy.contents = Map.copyOf(taken));
    }

    public Ledger withSequence(long number) {
        return with(copy -> copy.sequence = number);
    }

    private Ledger with(Consumer<Copy> change) {
        var copy = new Copy(this);
        change.accept(copy);
        return copy.ledger();
    }

    /// Whether the two say the same, whatever their numbers: then nothing need be written.
    public boolean saysTheSameAs(Ledger other) {
        return withSequence(0).equals(other.withSequence(0));
    }

    /// The parts of a ledger, while another one is made of them.
    private static final class Copy {
        private final String cluster;
        private final String nameKey;
        private long sequence;
        private @Nullable String rootCommit;
        private @Nullable String repository;
        private @Nullable String commit;
        private List<Claim> claims;
        private Map<String, Pin> images;
        private Map<String, List<String>> undeclared;
        private Map<String, Failure> failures;
        private Map<String, Held> holds;
        private Map<String, String> contents;

        Copy(Ledger of) {
            cluster = of.cluster;
            nameKey = of.nameKey;
            sequence = of.sequence;
            rootCommit = of.rootCommit;
            repository = of.repository;
            commit = of.commit;
            claims = of.claims;
            images = of.images;
            undeclared = of.undeclared;
            failures = of.failures;
            holds = of.holds;
            contents = of.contents;
        }

        Ledger ledger() {
            return new Ledger(
                    cluster,
                    sequence,
                    rootCommit,
                    repository,
                    commit,
                    nameKey,
                    claims,
                    images,
                    undeclared,
                    failures,
                    holds,
                    contents);
        }
    }
}

package dev.holdfast.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
/// @param failures what failed and is not tried again, by app
public record Ledger(
        String cluster,
        long sequence,
        @Nullable String rootCommit,
        @Nullable String repository,
        @Nullable String commit,
        String nameKey,
        List<Claim> claims,
        Map<String, Pin> images,
        Map<String, Failure> failures) {

    /// @param image as the file has it
    /// @param resolved with its digest, as the service has it
    public record Pin(String image, String resolved) {}

    /// @param spec a hash of the spec that failed: another one is tried
    public record Failure(
            String spec, String error, @Nullable String commit, String since) {}

    public static Ledger empty(String cluster, String nameKey) {
        return new Ledger(cluster, 0, null, null, null, nameKey, List.of(), Map.of(), Map.of());
    }

    public Optional<Claim> claim(Claim.Key key) {
        return claims.stream().filter(claim -> claim.key().equals(key)).findFirst();
    }

    /// The claims of that kind and name on all nodes.
    public List<Claim> claimsNamed(Claim.Kind kind, String name) {
        return claims.stream()
                .filter(claim -> claim.kind() == kind && claim.name().equals(name))
                .toList();
    }

    /// This ledger with these claims entered; a claim of the same key is replaced, but a known identity is kept
    /// where the new one has none, and a known hostname of a node that has left the Swarm.
    public Ledger withClaims(List<Claim> entered) {
        var byKey = new TreeMap<String, Claim>();
        claims.forEach(claim -> byKey.put(sortKey(claim), claim));
        for (var claim : entered) {
            byKey.merge(
                    sortKey(claim),
                    claim,
                    (old, now) -> (now.hostname().isEmpty() ? now.withHostname(old.hostname()) : now)
                            .withIdentity(now.identity() == null ? old.identity() : now.identity()));
        }
        return new Ledger(
                cluster,
                sequence,
                rootCommit,
                repository,
                commit,
                nameKey,
                List.copyOf(byKey.values()),
                images,
                failures);
    }

    /// This ledger without that claim: what `orphans forget` does. Nothing else is touched.
    public Ledger without(Claim.Key key) {
        return new Ledger(
                cluster,
                sequence,
                rootCommit,
                repository,
                commit,
                nameKey,
                claims.stream().filter(claim -> !claim.key().equals(key)).toList(),
                images,
                failures);
    }

    /// This ledger, with when and by what that claim was given up.
    public Ledger withGivenUp(Claim.Key key, Claim.GivenUp when) {
        return new Ledger(
                cluster,
                sequence,
                rootCommit,
                repository,
                commit,
                nameKey,
                claims.stream()
                        .map(claim -> claim.key().equals(key) ? claim.withGivenUp(when) : claim)
                        .toList(),
                images,
                failures);
    }

    public Ledger withApplied(@Nullable String root, @Nullable String from, @Nullable String applied) {
        return new Ledger(cluster, sequence, root, from, applied, nameKey, claims, images, failures);
    }

    public Ledger withImages(Map<String, Pin> pins) {
        return new Ledger(
                cluster, sequence, rootCommit, repository, commit, nameKey, claims, Map.copyOf(pins), failures);
    }

    public Ledger withFailures(Map<String, Failure> failed) {
        return new Ledger(
                cluster, sequence, rootCommit, repository, commit, nameKey, claims, images, Map.copyOf(failed));
    }

    public Ledger withSequence(long number) {
        return new Ledger(cluster, number, rootCommit, repository, commit, nameKey, claims, images, failures);
    }

    /// Whether the two say the same, whatever their numbers: then nothing need be written.
    public boolean saysTheSameAs(Ledger other) {
        return withSequence(0).equals(other.withSequence(0));
    }

    private static String sortKey(Claim claim) {
        return claim.kind() + "\0" + claim.name() + "\0" + claim.node();
    }
}

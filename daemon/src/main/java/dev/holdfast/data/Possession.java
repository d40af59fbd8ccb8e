package dev.holdfast.data;

import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What data a live service has: what Holdfast last gave it, and what it really mounts.
///
/// @param node where it is locked now; null where it is not
/// @param mounted the claims that it mounts now
/// @param given what its label says it was given; the same as `mounted` where there is no label
/// @param givenNode the node of that label
/// @param owners whose it is, of what belongs to another app
/// @param changed whether it is not mounted where the label says, or both are of an earlier version
/// @param keys all that it has or had when it was last applied, on the node where each is
public record Possession(
        Service service,
        @Nullable String node,
        SortedSet<Source> mounted,
        SortedSet<Source> given,
        @Nullable String givenNode,
        SortedMap<Source, String> owners,
        boolean changed,
        List<Claim.Key> keys) {

    /// @param shared which volumes every node sees: those are nobody's claim
    public static Possession of(Service service, Predicate<String> shared, Live live) {
        return of(service, shared, live, null);
    }

    /// The same of a service that Holdfast has not locked: it has its data where its tasks run.
    ///
    /// @param runsOn the one node of its tasks; null where there is none, or more than one
    public static Possession of(Service service, Predicate<String> shared, Live live, @Nullable String runsOn) {
        var label = service.label(Labels.CLAIMS).map(ClaimsLabel::read);
        var others = MountsLabel.of(service.labels());
        var mounted = new TreeSet<Source>();
        var mounts = new TreeSet<String>();
        for (var mount : service.mounts()) {
            if (isClaim(mount, label, others, shared)) {
                mounted.add(Source.of(mount));
                mounts.add(ClaimsLabel.mount(Source.of(mount), mount.target(), mount.readOnly()));
            }
        }
        var node = service.lockedNode().orElse(runsOn);
        var given = label.map(ClaimsLabel::sources).orElse(mounted);
        var eachNode = label.filter(ClaimsLabel::isEachNode).isPresent();
        var givenNode = eachNode ? null : label.map(ClaimsLabel::node).orElse(label.isPresent() ? null : node);
        var changed = label.map(ClaimsLabel::mounts)
                .filter(known -> isRolledBack(service) || !known.isEmpty() && !known.equals(mounts))
                .isPresent();
        var keys = new LinkedHashSet<Claim.Key>();
        for (var each : eachNode ? EachNode.of(service, live) : nodes(node)) {
            mounted.forEach(source -> keys.add(source.on(each)));
        }
        for (var each : eachNode ? EachNode.of(service, live) : nodes(givenNode)) {
            given.forEach(source -> keys.add(source.on(each)));
        }
        return new Possession(
                service,
                node,
                mounted,
                given,
                givenNode,
                label.orElse(ClaimsLabel.NONE).owners(),
                changed,
                List.copyOf(keys));
    }

    /// What the service had before its last update, as the spec that a rollback would bring back tells it.
    public static Optional<Possession> before(Service service, Predicate<String> shared, Live live) {
        return service.before().map(old -> of(old, shared, live));
    }

    /// Whether somebody changed by hand where the data is, which data it is, or where it is mounted.
    public boolean wasMovedByHand() {
        return changed || !mounted.equals(given) || givenNode != null && !givenNode.equals(node);
    }

    /// A rollback brings the former label back with the former mounts. Holdfast asks for none.
    public static boolean isRolledBack(Service service) {
        return service.updateState().startsWith("rollback");
    }

    /// The same where its tasks run on that node.
    public Possession on(String runsOn) {
        return new Possession(service, runsOn, mounted, given, givenNode, owners, changed, keys);
    }

    /// The same without what is no data after all.
    public Possession without(Predicate<Source> none) {
        return new Possession(
                service,
                node,
                kept(mounted, none),
                kept(given, none),
                givenNode,
                owners,
                changed,
                keys.stream().filter(key -> !none.test(Source.of(key))).toList());
    }

    private static SortedSet<Source> kept(SortedSet<Source> sources, Predicate<Source> none) {
        var kept = new TreeSet<>(sources);
        kept.removeIf(none);
        return kept;
    }

    public boolean has(Claim.Key key) {
        return keys.contains(key);
    }

    /// Whether that data belongs to another app, and this one only writes it too.
    public boolean isOfAnother(Claim.Key key) {
        return owners.containsKey(Source.of(key));
    }

    /// Whether both may write that data: one says that it is the other's, or both that it is a third one's.
    public boolean isWith(Possession other, Claim.Key key) {
        return ClaimsLabel.of(service.labels())
                .isWith(service.name(), ClaimsLabel.of(other.service.labels()), other.service.name(), Source.of(key));
    }

    /// Whether each node has its own data.
    public boolean isOnEachNode() {
        return ClaimsLabel.of(service.labels()).isEachNode();
    }

    /// Whether it may write to any of its data.
    public boolean writes() {
        return service.mounts().stream()
                .filter(mount -> !mount.readOnly() && (mount.isVolume() || mount.isBind()))
                .anyMatch(mount -> mounted.stream().anyMatch(Source.of(mount)::overlaps));
    }

    /// The claims as the ledger enters them: of the spec and of the label.
    public List<Claim> claims(Live live) {
        var targets = new TreeMap<String, Mount>();
        service.mounts().forEach(mount -> targets.put(mount.source(), mount));
        var claims = new ArrayList<Claim>();
        for (var key : keys) {
            var mount = Optional.ofNullable(targets.get(key.name()));
            claims.add(new Claim(
                    key.kind(),
                    key.name(),
                    key.node(),
                    live.node(key.node()).map(Node::hostname).orElse(""),
                    owners.getOrDefault(Source.of(key), service.name()),
                    mount.map(Mount::target).orElse(""),
                    mount.map(Mount::readOnly).orElse(false),
                    null,
                    null));
        }
        return claims;
    }

    private static Set<String> nodes(@Nullable String node) {
        return node == null ? Set.of() : Set.of(node);
    }

    /// A read-only bind that the label does not name is a host path: looked at, not owned.
    private static boolean isClaim(
            Mount mount, Optional<ClaimsLabel> label, MountsLabel others, Predicate<String> shared) {
        var named = label.filter(given -> given.sources().contains(Source.of(mount)))
                .isPresent();
        if (!named && (mount.scratch() || others.has(Source.of(mount)))) {
            return false;
        }
        if (mount.isVolume()) {
            return !shared.test(mount.source());
        }
        return mount.isBind() && (!mount.readOnly() || named);
    }
}

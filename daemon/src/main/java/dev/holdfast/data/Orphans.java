package dev.holdfast.data;

import dev.holdfast.data.Orphan.Presence;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Claim.Kind;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which claims nobody owns any more, whether their data is there, and what a person can do about each. Pure.
public final class Orphans {

    private static final Comparator<Orphan> ORDER = Comparator.<Orphan, String>comparing(
                    orphan -> orphan.claim().hostname())
            .thenComparing(orphan -> orphan.claim().kind())
            .thenComparing(orphan -> orphan.claim().name())
            .thenComparing(orphan -> orphan.claim().node());

    private final Ledger ledger;
    private final Set<Claim.Key> declared;
    private final Live live;
    private final Survey survey;
    private final DataUses uses;

    /// @param declared what the apps of the repository claim
    /// @param otherLedgers of other clusters in the same Swarm
    public Orphans(Ledger ledger, Set<Claim.Key> declared, List<Ledger> otherLedgers, RealPaths places, Live live) {
        this.ledger = ledger;
        this.declared = declared;
        this.live = live;
        this.survey = places.survey();
        this.uses = new DataUses(ledger, declared, otherLedgers, places, live);
    }

    /// The orphans for people to see, by hostname, kind and name. Those that a survey found gone are left out: they
    /// stay in the ledger, since disks come back. One that a service outside Holdfast uses is no orphan.
    public List<Orphan> known(CommitLookup commits) {
        return withGone(commits).stream()
                .filter(orphan -> orphan.presence() != Presence.GONE)
                .toList();
    }

    /// As [#known], with those that are gone.
    public List<Orphan> withGone(CommitLookup commits) {
        var orphans = new ArrayList<Orphan>();
        for (var claim : ledger.claims()) {
            if (!declared.contains(claim.key()) && !uses.isUsedFromOutside(claim.key()) && !isNoData(claim)) {
                orphans.add(orphan(refreshed(claim), commits));
            }
        }
        orphans.sort(ORDER);
        return List.copyOf(orphans);
    }

    /// Volumes on the nodes that were seen which no service or container uses and no claim names, but for scratch.
    /// Those that another cluster of Holdfast has made are that cluster's business.
    public List<Orphan> unowned() {
        var found = new ArrayList<Orphan>();
        for (var node : survey.nodes().values()) {
            for (var volume : node.volumes().values()) {
                var key = new Claim.Key(Kind.VOLUME, volume.name(), node.node());
                var maker = volume.labels().getOrDefault(Labels.CLUSTER, ledger.cluster());
                if (ledger.claim(key).isEmpty()
                        && !volume.labels().containsKey(Labels.SCRATCH)
                        && maker.equals(ledger.cluster())
                        && !uses.isUsed(key)) {
                    var hostname = live.node(node.node()).map(Node::hostname).orElse("");
                    var claim = new Claim(
                            Kind.VOLUME, volume.name(), node.node(), hostname, "", "", false, volume.createdAt(), null);
                    found.add(orphan(claim, CommitLookup.NONE));
                }
            }
        }
        found.sort(ORDER);
        return List.copyOf(found);
    }

    /// Whether an app has it there as scratch, or as storage that every node sees: it says that this is no data of
    /// one node any more.
    private boolean isNoData(Claim claim) {
        return live.managed(ledger.cluster()).stream()
                .filter(service ->
                        service.lockedNode().map(claim.node()::equals).orElse(true))
                .map(service -> MountsLabel.of(service.labels()))
                .anyMatch(mounts -> mounts.is(Source.of(claim), MountsLabel.Role.SCRATCH)
                        || mounts.is(Source.of(claim), MountsLabel.Role.SHARED));
    }

    private Orphan orphan(Claim claim, CommitLookup commits) {
        var about = Optional.ofNullable(claim.givenUp())
                .flatMap(givenUp -> Optional.ofNullable(givenUp.commit()))
                .flatMap(commits::about);
        var presence = presence(claim.key());
        var seen = presence == Presence.PRESENT ? survey.node(claim.node()) : Optional.<Survey.NodeSurvey>empty();
        var withheld = uses.whyNotToRemove(claim.key());
        return new Orphan(
                claim,
                presence,
                seen.map(Survey.NodeSurvey::at).orElse(null),
                seen.flatMap(node -> size(claim, node)).orElse(null),
                about.map(CommitLookup.About::author).orElse(null),
                about.map(CommitLookup.About::subject).orElse(null),
                withheld.isPresent() ? null : OrphanAdvice.cleanup(claim),
                withheld.orElse(null),
                OrphanAdvice.takeBack(claim));
    }

    /// A path that was not asked for, or that could not be told, is unknown even on a node that answered.
    private Presence presence(Claim.Key key) {
        var node = survey.node(key.node());
        if (node.isEmpty()) {
            return Presence.UNKNOWN;
        }
        return switch (key.kind()) {
            case VOLUME -> node.get().volumes().containsKey(key.name()) ? Presence.PRESENT : Presence.GONE;
            case BIND -> {
                var path = node.get().paths().get(key.name());
                if (path == null) {
                    yield Presence.UNKNOWN;
                }
                yield path.kind().equals("absent") ? Presence.GONE : Presence.PRESENT;
            }
        };
    }

    private static Optional<Long> size(Claim claim, Survey.NodeSurvey node) {
        return switch (claim.kind()) {
            case VOLUME -> Optional.ofNullable(node.volumes().get(claim.name())).map(Survey.Volume::sizeBytes);
            case BIND -> Optional.ofNullable(node.paths().get(claim.name())).map(Survey.Path::sizeBytes);
        };
    }

    /// With the hostname that the node has now, where it is still there.
    private Claim refreshed(Claim claim) {
        var hostname = live.node(claim.node()).map(Node::hostname).orElse(claim.hostname());
        return new Claim(
                claim.kind(),
                claim.name(),
                claim.node(),
                hostname,
                claim.app(),
                claim.target(),
                claim.readOnly(),
                claim.identity(),
                claim.givenUp());
    }
}

package dev.holdfast.plan;

import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The ledger is written before the first service: services without one mean that somebody has removed it. It grows
/// back from them, and from the volumes on the nodes' disks that carry the cluster's label.
public final class LostLedger {

    private LostLedger() {}

    /// The identity of a volume that an app must have had, and that is not there: whatever comes is another one.
    static final String UNSEEN = "unseen since the ledger was lost";

    private static boolean isMissing(Claim claim, Situation situation) {
        return claim.kind() == Claim.Kind.VOLUME
                && claim.identity() == null
                && claim.givenUp() == null
                && isGivenToALiveService(claim, situation)
                && situation
                        .survey()
                        .node(claim.node())
                        .map(seen -> !seen.volumes().containsKey(claim.name()))
                        .orElse(false);
    }

    /// Its service may have run there, and would now start empty.
    static boolean isGivenToALiveService(Claim claim, Situation situation) {
        return situation
                .live()
                .service(claim.app())
                .map(service -> situation.possession(service).has(claim.key()))
                .orElse(false);
    }

    static boolean isLost(Situation situation) {
        return situation.supposed() == null
                && situation.ledger().sequence() == 0
                && !situation.live().managed(situation.cluster()).isEmpty();
    }

    static List<Warning> warnings(Situation situation) {
        if (!isLost(situation)) {
            return List.of();
        }
        var warnings = new ArrayList<Warning>();
        if (!situation.looked()) {
            warnings.add(new Warning(
                    "",
                    WarningCode.LOOKS_FIRST,
                    "apply will first look at the nodes' disks, for volumes that no service has"));
        }
        var secrets = situation.repository().secrets().values().stream().anyMatch(source -> !source.external());
        warnings.add(new Warning(
                "",
                WarningCode.LEDGER_LOST,
                "the ledger is gone, though there are services of this cluster. It grows back from them and from the"
                        + " volumes that are found. Not to be known any more: directories that no app owned, who gave"
                        + " up which volume, the commit that was applied last (so that a rewritten history is not"
                        + " noticed now), and what had failed"
                        + (secrets ? "; secrets get new names, and their apps restart" : "")
                        + unseen(situation)));
        return warnings;
    }

    private static String unseen(Situation situation) {
        var unseen = situation.live().nodes().stream()
                .filter(node -> !situation.survey().knows(node.id()))
                .map(Node::hostname)
                .sorted()
                .collect(Collectors.joining(", "));
        return !situation.looked() || unseen.isEmpty()
                ? ""
                : ". And volumes on " + unseen + ", which could not be looked at: see `holdfast orphans --all` later";
    }

    /// The ledger with the volumes that Holdfast has made for this cluster and that nothing else has entered. Only
    /// while it is lost: later, such a volume is one that a person has struck from it.
    static Ledger grownBack(Ledger ledger, Situation situation) {
        if (!isLost(situation)) {
            return ledger;
        }
        var found = new ArrayList<Claim>();
        for (var node : situation.live().nodes()) {
            for (var volume : situation.survey().node(node.id()).stream()
                    .flatMap(seen -> seen.volumes().values().stream())
                    .toList()) {
                var key = new Claim.Key(Claim.Kind.VOLUME, volume.name(), node.id());
                if (situation.cluster().equals(volume.labels().get(Labels.CLUSTER))
                        && !volume.labels().containsKey(Labels.SCRATCH)
                        && !situation.isShared(volume.name())
                        && ledger.claim(key).isEmpty()) {
                    found.add(new Claim(
                            Claim.Kind.VOLUME,
                            volume.name(),
                            node.id(),
                            node.hostname(),
                            "",
                            "",
                            false,
                            volume.createdAt(),
                            new Claim.GivenUp(situation.now(), null)));
                }
            }
        }
        ledger.claims().stream()
                .filter(claim -> isMissing(claim, situation))
                .forEach(claim -> found.add(claim.withIdentity(UNSEEN)));
        return ledger.withClaims(found);
    }
}

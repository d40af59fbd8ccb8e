package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Directory;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A machine that joined the Swarm anew has another ID, and its data is still there. It gets the lock only where that
/// is beyond doubt (rule `wait-for-node`): the old ID is down or removed, one ready node has the hostname, and the data
/// there is the very data of the ledger.
final class RejoinedNode {

    private final Situation situation;
    private final NodeNames hosts;

    RejoinedNode(Situation situation) {
        this.situation = situation;
        this.hosts = new NodeNames(situation);
    }

    /// The one ready node that is called as that one was.
    Optional<Node> heir(String oldId) {
        var old = situation.live().node(oldId);
        if (old.isPresent() && !old.get().state().equals("down")) {
            return Optional.empty();
        }
        var hostname = hosts.name(oldId);
        var namesakes = situation.live().nodes().stream()
                .filter(node -> !node.id().equals(oldId)
                        && node.isReady()
                        && node.hostname().equals(hostname))
                .toList();
        return namesakes.size() == 1 ? Optional.of(namesakes.getFirst()) : Optional.empty();
    }

    /// The ledger with what is nobody's on such a machine under its new ID, where that is proved.
    Ledger followed(Ledger ledger) {
        var followed = ledger;
        for (var claim : ledger.claims()) {
            var heir = claim.givenUp() == null ? Optional.<Node>empty() : heir(claim.node());
            if (heir.flatMap(node -> situation.survey().node(node.id()))
                    .filter(seen -> seen.has(claim))
                    .isPresent()) {
                var moved = claim.on(heir.get().id());
                followed = followed.without(claim.key());
                followed = followed.claim(moved.key()).isPresent() ? followed : followed.withClaims(List.of(moved));
            }
        }
        return followed;
    }

    NodeChoice lock(App app, List<Directory> tied, String oldId, Node heir) {
        if (!situation.looked()) {
            return new NodeChoice.AfterLook(heir, "whether " + heir.hostname() + " has the data of " + oldId, oldId);
        }
        if (isTheSame(app, tied, oldId, heir)) {
            return new NodeChoice.On(heir, oldId);
        }
        var problem = situation.survey().problem();
        return NodeChoosing.undecided(
                app,
                HoldCode.NODE_RETURNED,
                "its node " + heir.hostname() + " has a new ID, and its data could not be recognised there"
                        + (problem == null ? "" : " (" + problem + ")"),
                "persistent: { node: " + heir.id() + ", leave_data_on: " + oldId + " }");
    }

    private boolean isTheSame(App app, List<Directory> tied, String oldId, Node heir) {
        var seen = situation.survey().node(heir.id());
        var sources = tied.stream().map(Source::of).collect(Collectors.toSet());
        var known = situation.ledger().claims().stream()
                .filter(claim -> claim.node().equals(oldId) && sources.contains(Source.of(claim)))
                .filter(claim ->
                        claim.kind() == Claim.Kind.VOLUME || claim.app().equals(app.name()))
                .toList();
        return seen.isPresent() && !known.isEmpty() && known.stream().allMatch(seen.get()::has);
    }
}

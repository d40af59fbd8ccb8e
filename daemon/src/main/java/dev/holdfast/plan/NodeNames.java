package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Constraints;
import dev.holdfast.live.Node;
import org.jspecify.annotations.Nullable;

/// What people call nodes, those included that have left the Swarm.
final class NodeNames {

    private final Situation situation;

    NodeNames(Situation situation) {
        this.situation = situation;
    }

    /// The hostname as it is, or as the ledger knew it; the ID where nobody knows.
    String name(String nodeId) {
        return situation
                .live()
                .node(nodeId)
                .map(Node::hostname)
                .or(() -> situation.ledger().claims().stream()
                        .filter(claim ->
                                claim.node().equals(nodeId) && !claim.hostname().isEmpty())
                        .map(Claim::hostname)
                        .findFirst())
                .orElse(nodeId);
    }

    /// What to write into a file for that node: its hostname, or its ID where another node has the same.
    String word(String nodeId) {
        var name = name(nodeId);
        var alone = situation.live().nodes().stream()
                .noneMatch(node -> !node.id().equals(nodeId) && node.hostname().equalsIgnoreCase(name));
        return alone ? name : nodeId;
    }

    /// Whether the file allows data to be left on that node.
    boolean leavesDataOn(App app, String nodeId) {
        var named = app.persistent() == null ? null : app.persistent().leaveDataOn();
        return calls(named, nodeId);
    }

    /// Whether the node satisfies the app's own placement constraints.
    boolean satisfies(Node node, App app) {
        var constraints = app.deploy().placement().constraints();
        return Constraints.satisfied(
                situation.supposed() == null
                        ? constraints
                        : constraints.stream()
                                .filter(constraint -> SupposedSwarm.isJudged(constraint, node))
                                .toList(),
                node);
    }

    /// Whether a word of a file means that node.
    boolean calls(@Nullable String named, String nodeId) {
        return named != null && (named.equals(nodeId) || named.equalsIgnoreCase(name(nodeId)));
    }
}

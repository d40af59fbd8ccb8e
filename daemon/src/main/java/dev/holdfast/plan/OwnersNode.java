package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.live.Node;
import java.util.Map;
import java.util.Objects;

/// The node of an app that writes the data of others (`with`): theirs, and no other.
final class OwnersNode {

    private final Map<String, NodeChoice> choices;
    private final NodeNames hosts;

    /// @param choices of the owners, by app
    OwnersNode(Map<String, NodeChoice> choices, NodeNames hosts) {
        this.choices = choices;
        this.hosts = hosts;
    }

    NodeChoice of(App app) {
        NodeChoice found = null;
        Node at = null;
        for (var owner : app.owners()) {
            var choice = choices.get(owner);
            var node = NodeChoosing.node(choice);
            if (choice == null || node == null) {
                return new NodeChoice.Undecided(WritersBeside.hold(app, owner));
            }
            if (at != null && !at.equals(node)) {
                return NodeChoosing.undecided(
                        app,
                        HoldCode.WRITER_ELSEWHERE,
                        "it writes data of apps on different nodes: " + owners(app),
                        "give those apps the same persistent.node");
            }
            found = choice;
            at = node;
        }
        return allowed(app, Objects.requireNonNull(at), Objects.requireNonNull(found));
    }

    private NodeChoice allowed(App app, Node at, NodeChoice choice) {
        var wanted = app.persistent() == null ? null : app.persistent().node();
        if (wanted != null && !hosts.calls(wanted, at.id())) {
            return NodeChoosing.undecided(
                    app,
                    HoldCode.WRITER_ELSEWHERE,
                    "it would run on " + wanted + ", but " + owners(app) + ", whose data it writes, is on "
                            + at.hostname(),
                    "persistent: { node: " + hosts.word(at.id()) + " }");
        }
        return NodeChoosing.fitting(app, at, hosts) instanceof NodeChoice.Undecided unfit ? unfit : choice;
    }

    private static String owners(App app) {
        return String.join(", ", app.owners());
    }
}

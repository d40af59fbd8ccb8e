package dev.holdfast.plan;

import dev.holdfast.live.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an app is to be fixed.
sealed interface NodeChoice {

    /// Nowhere: it is free to move.
    record Free() implements NodeChoice {}

    /// @param was the ID under which that very node, with its data, was in the Swarm before; null where it is the
    ///     same
    record On(Node node, @Nullable String was) implements NodeChoice {}

    /// On each of these nodes, with its own data there.
    record OnEach(List<Node> nodes) implements NodeChoice {}

    /// That cannot be told without a person.
    record Undecided(Hold hold) implements NodeChoice {}

    /// It may depend on a look at the nodes; without one this node would be taken.
    record AfterLook(Node node, String what, @Nullable String was) implements NodeChoice {}

    static NodeChoice on(Node node) {
        return new On(node, null);
    }
}

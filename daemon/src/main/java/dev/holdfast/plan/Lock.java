package dev.holdfast.plan;

import dev.holdfast.live.Node;

/// Where an app is to be fixed.
sealed interface Lock {

    /// Nowhere: it is free to move.
    record Free() implements Lock {}

    record On(Node node) implements Lock {}

    /// That cannot be told without a person.
    record Undecided(Hold hold) implements Lock {}

    /// It may depend on a look at the nodes; without one this node would be taken.
    record AfterLook(Node node, String what) implements Lock {}
}

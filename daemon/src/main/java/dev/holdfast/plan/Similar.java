package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.ledger.Claim;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A volume that a person who migrates may have meant: `mystack_db-data`, `captain--db-data`.
///
/// @param where `on worker-1`, or who mounts it
record Similar(String name, String where) {

    static boolean are(String other, String name) {
        return other.endsWith("_" + name) || other.equals("captain--" + name);
    }

    /// An app whose volume would be made empty beside such ones waits, until its file says that they are not meant.
    static Optional<Hold> hold(App app, Claim claim, List<Similar> found) {
        var left =
                app.persistent() == null ? List.<String>of() : app.persistent().leave();
        var open =
                found.stream().filter(similar -> !left.contains(similar.name())).toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        var name = open.getFirst().name();
        return Optional.of(new Hold(
                app.name(),
                HoldCode.SIMILAR_VOLUME,
                "volume " + claim.name() + " would be made new and empty, but there is "
                        + open.stream()
                                .map(similar -> similar.name() + " " + similar.where())
                                .collect(Collectors.joining(", ")),
                "volume: " + name + " and adopt: true   # to use it; to start empty: persistent: { leave: [" + name
                        + "] }"));
    }
}

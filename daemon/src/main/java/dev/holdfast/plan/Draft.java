package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an app needs, before anybody has asked whether its data allows it.
///
/// @param service as it is; null where there is none
/// @param had the data of that service; null where there is none
/// @param node of the lock; null where the app is free, or where it cannot be told
/// @param claims of its directories on that node
/// @param spec what the service shall be; null where the app is held before it comes to that
/// @param difference from the live service; null where there is none
/// @param restarts whether tasks start anew
/// @param starts whether a task that writes or reads data would be started: then the data rules must allow it
/// @param looks what must be looked at first, where nobody has looked yet
record Draft(
        App app,
        @Nullable Service service,
        @Nullable Possession had,
        @Nullable Node node,
        List<Claim> claims,
        Verb verb,
        @Nullable ObjectNode spec,
        @Nullable SpecDifference difference,
        boolean restarts,
        boolean starts,
        List<Hold> holds,
        List<Warning> warnings,
        List<String> looks,
        Plan.@Nullable Failed failed) {

    enum Verb {
        NOTHING,
        CREATE,
        UPDATE,

        /// Its node is not ready: its service goes to 0, so that Swarm does not run two tasks when the node is
        /// back.
        FENCE
    }

    boolean isHeld() {
        return !holds.isEmpty();
    }

    /// The same app, left as it is for this reason too.
    Draft heldFor(Hold hold) {
        var all = new ArrayList<>(holds);
        all.add(hold);
        return new Draft(
                app,
                service,
                had,
                node,
                claims,
                verb,
                spec,
                difference,
                restarts,
                starts,
                all,
                warnings,
                looks,
                failed);
    }

    boolean declares(Claim.Key key) {
        return claims.stream().anyMatch(claim -> claim.key().equals(key));
    }

    /// Keys that the service has and that the app would have no more.
    List<Claim.Key> givenUp() {
        return had == null || isHeld() || failed != null
                ? List.of()
                : had.keys().stream().filter(key -> !declares(key)).toList();
    }
}

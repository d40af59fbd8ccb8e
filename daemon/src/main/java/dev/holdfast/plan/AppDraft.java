package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.data.Possession;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.spec.SpecDifference;
import dev.holdfast.spec.SpecHash;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an app needs, before anybody has asked whether its data allows it.
///
/// @param service as it is; null where there is none
/// @param had the data of that service; null where there is none
/// @param node of the lock; null where the app is free, or where it cannot be told
/// @param was the ID that this node had before it joined the Swarm anew; null where it is the same
/// @param claims of its directories on that node
/// @param spec what the service shall be; null where the app is held before it comes to that
/// @param difference from the live service; null where there is none
/// @param restarts whether tasks start anew
/// @param starts whether a task that writes or reads data would be started: then the data rules must allow it
/// @param looks what must be looked at first, where nobody has looked yet
record AppDraft(
        App app,
        @Nullable Service service,
        @Nullable Possession had,
        @Nullable Node node,
        @Nullable String was,
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
        UPDATE
    }

    /// One of which nothing is written, before anybody has asked what its service shall be.
    static AppDraft unbuilt(
            App app,
            @Nullable Service service,
            @Nullable Possession had,
            @Nullable Node node,
            @Nullable String was,
            List<Claim> claims,
            List<Hold> holds,
            List<Warning> warnings,
            List<String> looks) {
        return new AppDraft(
                app,
                service,
                had,
                node,
                was,
                claims,
                Verb.NOTHING,
                null,
                null,
                false,
                false,
                holds,
                warnings,
                looks,
                null);
    }

    /// What is asked for, in one word: if it fails, just that is not tried again. Empty where there is no spec.
    String hash() {
        return spec == null ? "" : hash(app, spec);
    }

    static String hash(App app, ObjectNode spec) {
        return app.followsTag() ? SpecHash.withDigest(spec) : SpecHash.of(spec);
    }

    boolean isHeld() {
        return !holds.isEmpty();
    }

    /// The same app, left as it is for this reason too: whatever its verb, nothing is written.
    AppDraft heldFor(Hold hold) {
        return with(List.of(hold), new TreeSet<>(looks));
    }

    /// The same of one that is held, with what waits until then.
    AppDraft waitingFor(SpecDifference waiting) {
        return new AppDraft(
                app, service, had, node, was, claims, verb, spec, waiting, restarts, starts, holds, warnings, looks,
                failed);
    }

    boolean declares(Claim.Key key) {
        return claims.stream().anyMatch(claim -> claim.key().equals(key));
    }

    /// Whether it would have data that its service does not have yet.
    boolean takes() {
        return claims.stream().anyMatch(claim -> had == null || !had.has(claim.key()));
    }

    /// Keys that the service has and that the app would have no more.
    List<Claim.Key> givenUp() {
        return had == null || isHeld() || failed != null
                ? List.of()
                : had.keys().stream()
                        .filter(key -> !key.node().equals(was) && !declares(key))
                        .toList();
    }

    /// The same with what the data rules found.
    AppDraft with(List<Hold> more, SortedSet<String> lookedAtFirst) {
        var all = new ArrayList<>(holds);
        all.addAll(more);
        return new AppDraft(
                app,
                service,
                had,
                node,
                was,
                claims,
                verb,
                spec,
                difference,
                restarts,
                starts,
                List.copyOf(all),
                warnings,
                List.copyOf(lookedAtFirst),
                failed);
    }
}

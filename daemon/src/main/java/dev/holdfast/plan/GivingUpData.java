package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.data.Holders;
import dev.holdfast.data.Shell;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether an app may part with its data (rule `say-what-stays`): by moving to another node, by having it no more, or
/// by starting where its data is not.
final class GivingUpData {

    /// The codes of holds after which an app may start without what it had.
    static final Set<HoldCode> CODES = Set.of(HoldCode.MOVES_DATA, HoldCode.GIVES_UP_DATA);

    private final Situation situation;
    private final Holders holders;
    private final Handover handover;
    private final NodeNames hosts;

    GivingUpData(Situation situation, Holders holders, Handover handover) {
        this.situation = situation;
        this.holders = holders;
        this.handover = handover;
        this.hosts = new NodeNames(situation);
    }

    List<Hold> examine(AppDraft draft) {
        var found = new ArrayList<Hold>();
        givingUp(draft, found);
        arriving(draft, found);
        return found;
    }

    /// What the app has and would have no more must be taken by another app, or be allowed to stay behind.
    private void givingUp(AppDraft draft, List<Hold> found) {
        var app = draft.app();
        var all =
                draft.givenUp().stream().filter(key -> !isOnlyRead(draft, key)).toList();
        if (!all.isEmpty() && !situation.continues()) {
            found.add(new Hold(
                    app.name(),
                    HoldCode.HISTORY_REWRITTEN,
                    "it would give up " + names(all) + ", but this commit does not descend from the one that was last"
                            + " applied (" + situation.ledger().commit() + ")",
                    "push a commit that descends from both; or: holdfast apply --take-over"));
            return;
        }
        var open = all.stream()
                .filter(key -> handover.taker(app.name(), key) == null)
                .toList();
        var node = draft.node();
        var left = new ArrayList<Claim.Key>();
        var dropped = new ArrayList<Claim.Key>();
        for (var key : open) {
            if (app.hasDataOnEachNode() && declares(app, key)) {
                continue; // on a node that it has left: told, and an orphan there
            }
            var elsewhere = node != null && !key.node().equals(node.id());
            if (elsewhere ? !hosts.leavesDataOn(app, key.node()) : !leaves(app, key)) {
                (elsewhere ? left : dropped).add(key);
            }
        }
        var unfit = new ArrayList<>(left);
        unfit.addAll(dropped);
        var heldTaker = unfit.isEmpty() ? null : handover.heldTaker(app.name(), unfit);
        if (heldTaker != null) {
            found.add(Handover.takerHeld(app.name(), heldTaker));
            return;
        }
        if (!left.isEmpty() && node != null) {
            found.add(moves(app, left, node));
        }
        if (!dropped.isEmpty()) {
            found.add(new Hold(
                    app.name(),
                    HoldCode.GIVES_UP_DATA,
                    "it would no longer have " + names(dropped) + ", which would stay behind",
                    "persistent: { leave: [" + names(dropped) + "] }"));
        }
    }

    /// Where only files tell which nodes there are, a name that none had before may be a slip.
    private Hold moves(App app, List<Claim.Key> left, Node node) {
        var old = hosts.word(left.getFirst().node());
        var files = situation.supposed();
        var unknown = files != null && files.isNew(node.hostname());
        var meant = files != null && unknown ? files.meant(node.hostname()).orElse(null) : null;
        var named = app.persistent() == null ? null : app.persistent().leaveDataOn();
        return new Hold(
                app.name(),
                HoldCode.MOVES_DATA,
                "it would move from " + old + " to " + hosts.word(node.id()) + "; " + names(left) + " would stay on "
                        + old
                        + (named == null ? "" : ", and leave_data_on names " + named + ", where none of it is")
                        + (files != null && unknown
                                ? ". No file named a node \"" + node.hostname() + "\" before"
                                        + files.hint(node.hostname())
                                : ""),
                (meant == null ? "" : "persistent: { node: " + meant + " }   # or, if there is such a node:\n")
                        + "persistent: { leave_data_on: " + old + " }");
    }

    /// Data that this app only reads and another writes, or that is another's by its word, is the other's to leave.
    private boolean isOnlyRead(AppDraft draft, Claim.Key key) {
        var had = draft.had();
        var source = Source.of(key);
        if (had != null && had.isOfAnother(key)) {
            return true;
        }
        return had != null
                && !holders.writes(had, claim(key))
                && had.service().mounts().stream()
                        .filter(Mount::readOnly)
                        .anyMatch(mount -> Source.of(mount).equals(source))
                && holders.others(draft.app().name(), claim(key)).stream()
                        .anyMatch(other -> holders.writes(other, claim(key)));
    }

    /// An app that would start without data which the ledger knows on another node.
    private void arriving(AppDraft draft, List<Hold> found) {
        var app = draft.app();
        var node = draft.node();
        if (node == null) {
            return;
        }
        if (hosts.leavesDataOn(app, node.id()) && !leavesForAnother(draft, node.id())) {
            found.add(new Hold(
                    app.name(),
                    HoldCode.STALE_ACKNOWLEDGEMENT,
                    "leave_data_on names " + node.hostname() + ", where the app is: it allows nothing",
                    "remove the line leave_data_on"));
        }
        for (var claim : draft.claims()) {
            if (!claim.app().equals(app.name())
                    || draft.had() != null && draft.had().has(claim.key())
                    || situation.ledger().claim(claim.key()).isPresent()) {
                continue;
            }
            var elsewhere = situation.ledger().claimsNamed(claim.kind(), claim.name()).stream()
                    .filter(old -> !old.node().equals(node.id()) && !old.node().equals(draft.was()))
                    .filter(old -> draft.had() == null || !draft.had().has(old.key()))
                    .filter(old ->
                            claim.kind() == Claim.Kind.VOLUME || old.app().equals(app.name()))
                    .filter(old -> !handover.isDeclared(old.key()) || claim.readOnly())
                    .filter(old -> !hosts.leavesDataOn(app, old.node()))
                    .findFirst();
            if (elsewhere.isPresent()) {
                found.add(withoutData(draft, claim, elsewhere.get()));
                return;
            }
        }
    }

    private Hold withoutData(AppDraft draft, Claim claim, Claim there) {
        var old = hosts.word(there.node());
        var gone = situation.live().node(there.node()).isEmpty();
        return new Hold(
                draft.app().name(),
                HoldCode.MOVES_DATA,
                claim.name() + " is on " + old + (gone ? ", which has left the Swarm" : "")
                        + ", and the app would start on " + claim.hostname() + " without it",
                gone
                        ? "holdfast orphans forget " + claim.kind().word() + " " + Shell.quote(claim.name()) + " "
                                + there.node() + ", or: leave_data_on: " + old
                        : "persistent: { node: " + old + " }, or: leave_data_on: " + old);
    }

    /// Whether `leave_data_on` may mean another node of the same hostname, which has left.
    private boolean leavesForAnother(AppDraft draft, String nodeId) {
        return draft.givenUp().stream()
                .anyMatch(key -> !key.node().equals(nodeId) && hosts.leavesDataOn(draft.app(), key.node()));
    }

    private static boolean declares(App app, Claim.Key key) {
        return app.directories().stream().map(Source::of).anyMatch(Source.of(key)::equals);
    }

    private static boolean leaves(App app, Claim.Key key) {
        return app.leaves(key.name());
    }

    public static Claim claim(Claim.Key key) {
        return new Claim(key.kind(), key.name(), key.node(), "", "", "", false, null, null);
    }

    private static String names(Collection<Claim.Key> keys) {
        return keys.stream().map(Claim.Key::name).sorted().distinct().collect(Collectors.joining(", "));
    }
}

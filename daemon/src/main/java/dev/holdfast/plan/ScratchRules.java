package dev.holdfast.plan;

import dev.holdfast.data.Holders;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Node;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Data does not become scratch silently: what is or was a claim, and a volume that is there and was not made as
/// scratch, wait for the word `leave`.
final class ScratchRules {

    private final Situation situation;
    private final Holders holders;

    ScratchRules(Situation situation, Holders holders) {
        this.situation = situation;
        this.holders = holders;
    }

    /// @param nodes that the app may be sent to
    void becomes(AppDraft draft, Source source, List<Node> nodes, DataRules.Finding finding) {
        for (var node : nodes) {
            var other = owner(draft, source, node);
            if (other.isPresent()) {
                finding.holds()
                        .add(new Hold(
                                draft.app().name(),
                                HoldCode.IN_USE,
                                word(source) + " on " + node.hostname() + " is data of " + other.get()
                                        + ", and cannot be scratch",
                                "use another, or remove " + other.get() + " first"));
                return;
            }
        }
        if (draft.app().leaves(source.name())) {
            return;
        }
        remembered(draft, source, nodes)
                .ifPresentOrElse(
                        claim -> finding.holds().add(hold(draft, source, was(draft, claim))),
                        () -> there(draft, source, nodes, finding));
    }

    private Optional<String> owner(AppDraft draft, Source source, Node node) {
        var claim = GivingUpData.claim(source.on(node.id()));
        return holders.others(draft.app().name(), claim).stream()
                .filter(other -> holders.writes(other, claim))
                .map(other -> other.service().name())
                .findFirst();
    }

    /// What the app itself has now is held as data that it gives up.
    private Optional<Claim> remembered(AppDraft draft, Source source, List<Node> nodes) {
        var places = situation.places();
        return situation.ledger().claims().stream()
                .filter(claim -> nodes.stream().anyMatch(node -> node.id().equals(claim.node())))
                .filter(claim -> places.overlap(Source.of(claim), source, claim.node()))
                .filter(claim -> !draft.app().leaves(claim.name()))
                .filter(claim -> draft.had() == null || !draft.had().has(claim.key()))
                .findFirst();
    }

    private static String was(AppDraft draft, Claim claim) {
        var whose = claim.app().equals(draft.app().name()) || claim.app().isEmpty() ? "" : " of " + claim.app();
        return word(Source.of(claim)) + " on " + claim.hostname() + " was data" + whose;
    }

    /// A volume that Holdfast made as scratch says so; of any other one nobody knows what is in it.
    private void there(AppDraft draft, Source source, List<Node> nodes, DataRules.Finding finding) {
        if (!source.isVolume() || situation.supposed() != null) {
            return;
        }
        if (!situation.looked()) {
            finding.looks().add("whether there is a volume " + source.name() + " that is no scratch");
            return;
        }
        var found = new TreeSet<String>();
        var unseen = new TreeSet<String>();
        for (var node : nodes) {
            var seen = situation.survey().node(node.id());
            var volume = seen.map(disk -> disk.volumes().get(source.name()));
            if (seen.isEmpty()) {
                unseen.add(node.hostname());
            } else if (volume.filter(there -> !there.labels().containsKey(Labels.SCRATCH)
                            && (draft.had() == null || !draft.had().has(source.on(node.id()))))
                    .isPresent()) {
                found.add(node.hostname());
            }
        }
        if (!found.isEmpty()) {
            finding.holds()
                    .add(hold(
                            draft,
                            source,
                            word(source) + " is there on " + String.join(", ", found)
                                    + ", and was not made as scratch"));
        } else if (!unseen.isEmpty()) {
            finding.warnings()
                    .add(new Warning(
                            draft.app().name(),
                            WarningCode.SCRATCH_UNCHECKED,
                            "whether there is a " + word(source) + " with data on " + String.join(", ", unseen)
                                    + " could not be looked at: the app would use it as scratch"));
        }
    }

    private static Hold hold(AppDraft draft, Source source, String what) {
        return new Hold(
                draft.app().name(),
                HoldCode.BECOMES_SCRATCH,
                what + "; as scratch it may be lost at any time, and nobody looks after it",
                "persistent: { leave: [" + source.name() + "] }");
    }

    private static String word(Source source) {
        return (source.isVolume() ? "volume " : "directory ") + source.name();
    }
}

package dev.holdfast.plan;

import dev.holdfast.data.Holders;
import dev.holdfast.data.Possession;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.StoppedLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Services that Holdfast has stopped and that are held by now for another reason: a hold leaves an app as it ran, so
/// they go back to what they had once their node is there, with the very data, and nobody else uses it.
final class StartingAgain {

    private final Situation situation;
    private final Holders holders;
    private final List<Change> changes = new ArrayList<>();
    private final List<Warning> looks = new ArrayList<>();

    /// @param left apps that nothing else is done to
    StartingAgain(Situation situation, Holders holders, Set<String> left) {
        this.situation = situation;
        this.holders = holders;
        for (var service : situation.live().managed(situation.cluster())) {
            if (left.contains(service.name())
                    && StoppedLabel.is(service)
                    && !service.labels().containsKey(Labels.PAUSE)
                    && (service.isGlobal()
                            || service.lockedNode()
                                    .flatMap(id -> situation.live().node(id))
                                    .filter(Node::isUsable)
                                    .isPresent())) {
                examine(service);
            }
        }
    }

    List<Change> changes() {
        return changes;
    }

    List<Warning> looks() {
        return looks;
    }

    private void examine(Service service) {
        var possession = situation.possession(service);
        var claims = possession.claims(situation.live());
        if (possession.wasMovedByHand() || claims.stream().anyMatch(claim -> isUsed(possession, claim))) {
            return;
        }
        if (!situation.looked()) {
            looks.add(new Warning(
                    service.name(),
                    WarningCode.LOOKS_FIRST,
                    "apply will first look whether "
                            + String.join(", ", claims.stream().map(Claim::name).toList())
                            + " is still there, to start it again"));
        } else if (claims.stream().allMatch(claim -> service.isGlobal() && !isUsable(claim) || isTheSame(claim))) {
            var replicas = String.valueOf(StoppedLabel.before(service.spec()));
            changes.add(new Change.ScaleService(
                    service.name(),
                    service.id(),
                    StoppedLabel.started(service.wholeSpec()),
                    List.of(new FieldChange("deploy.replicas", "0", replicas, false)),
                    true));
        }
    }

    private boolean isUsable(Claim claim) {
        return situation.live().node(claim.node()).filter(Node::isUsable).isPresent();
    }

    /// By others than those that may write it beside the app.
    private boolean isUsed(Possession own, Claim claim) {
        var service = own.service();
        return !claim.readOnly()
                && (holders.others(service.name(), claim).stream()
                                .anyMatch(other -> holders.writes(other, claim) && !own.isWith(other, claim.key()))
                        || holders.tasks(service, claim).stream()
                                .filter(task -> !isWith(own, holders.service(task), claim))
                                .anyMatch(task -> holders.writes(task, claim))
                        || holders.container(claim).isPresent());
    }

    private boolean isWith(Possession own, @Nullable Service other, Claim claim) {
        return other != null && own.isWith(situation.possession(other), claim.key());
    }

    /// What the ledger cannot tell is no reason: it ran there.
    private boolean isTheSame(Claim claim) {
        var known = situation.ledger().claim(claim.key());
        var identified = known.filter(found -> found.identity() != null);
        return situation
                .survey()
                .node(claim.node())
                .filter(seen -> identified.isEmpty() || seen.has(identified.get()))
                .isPresent();
    }
}

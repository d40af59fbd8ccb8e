package dev.holdfast.plan;

import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Services of ours that no app declares any more, and what keeps them from being removed: a broken file, a rewritten
/// history, a person's pause, the brake.
final class Removals {

    /// More than this many removals, and more than the brake's share, are held.
    private static final int FREE = 2;

    private final Situation situation;
    private final Map<String, Service> candidates = new TreeMap<>();

    Removals(Situation situation) {
        this.situation = situation;
        var desired = situation.desired();
        var declared = desired.apps().stream().map(d -> d.app().name()).collect(Collectors.toSet());
        for (var service : situation.live().managed(situation.cluster())) {
            if (!declared.contains(service.name()) && !desired.broken().contains(service.name())) {
                candidates.put(service.name(), service);
            }
        }
    }

    Map<String, Service> candidates() {
        return candidates;
    }

    /// @param renamed candidates all of whose data another app takes: they do not count for the brake
    List<Hold> holds(List<String> renamed) {
        var holds = new ArrayList<Hold>();
        var allowed = situation.repository().brakes().allowRemovals();
        var counted = candidates.keySet().stream()
                .filter(name -> !renamed.contains(name) && !allowed.contains(name))
                .toList();
        var braked = isBraked(counted.size());
        for (var service : candidates.values()) {
            reason(service, braked && counted.contains(service.name()), counted).ifPresent(holds::add);
        }
        return holds;
    }

    private Optional<Hold> reason(Service service, boolean braked, List<String> counted) {
        var name = service.name();
        if (!situation.desired().complete()) {
            return Optional.of(new Hold(
                    name,
                    HoldCode.FILES_BROKEN,
                    "no file declares it any more, but nothing is removed while a file has an error",
                    "fix the files named above"));
        }
        if (!situation.continues()) {
            return Optional.of(new Hold(
                    name,
                    HoldCode.HISTORY_REWRITTEN,
                    "no file declares it any more, but this commit does not descend from the one that was last applied"
                            + " ("
                            + situation.ledger().commit() + ")",
                    "push a commit that descends from both; or: holdfast apply --take-over"));
        }
        if (service.labels().containsKey(Labels.PAUSE)) {
            return Optional.of(new Hold(
                    name,
                    HoldCode.PAUSED,
                    "no file declares it any more, but somebody paused it: "
                            + service.labels().get(Labels.PAUSE),
                    "docker service update --label-rm " + Labels.PAUSE + " " + name));
        }
        return braked
                ? Optional.of(new Hold(
                        name,
                        HoldCode.BRAKE,
                        "this run would remove " + counted.size() + " of "
                                + situation.live().managed(situation.cluster()).size() + " apps, more than "
                                + situation.repository().brakes().maxRemovals() + "%",
                        "brakes: { allow_removals: ["
                                + counted.stream().sorted().collect(Collectors.joining(", "))
                                + "] }   # in holdfast.yaml; or: holdfast apply --allow-removals"))
                : Optional.empty();
    }

    private boolean isBraked(int removals) {
        var live = situation.live().managed(situation.cluster()).size();
        return !situation.choices().allowRemovals()
                && removals > FREE
                && removals * 100 > live * situation.repository().brakes().maxRemovals();
    }
}

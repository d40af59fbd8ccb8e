package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Mount;
import dev.holdfast.spec.MountsPart;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Places in the container where data was, and will not be.
final class LostTargets {

    private LostTargets() {}

    /// Whether an app that lives on without this data still names the place where it had it: its program would go
    /// on there, in a container that forgets.
    static Optional<Warning> named(AppDraft draft, Claim.Key key, String where) {
        var had = draft.had();
        var spec = draft.spec();
        if (had == null || spec == null) {
            return Optional.empty();
        }
        for (var mount : had.service().mounts()) {
            if (isOf(mount, key) && !isCovered(spec, mount.target())) {
                var places = new TreeSet<String>();
                Mentions.ofProgram(spec).forEach((place, texts) -> {
                    if (texts.stream().anyMatch(text -> Mentions.namesPath(text, mount.target()))) {
                        places.add(place);
                    }
                });
                if (!places.isEmpty()) {
                    return Optional.of(new Warning(
                            draft.app().name(),
                            WarningCode.TARGET_NAMED,
                            "its " + String.join(", ", places) + (places.size() == 1 ? " names " : " name ")
                                    + mount.target() + ", where it had "
                                    + key.kind().word() + " " + key.name()
                                    + ", which " + where + ": what is written there from now on is lost with its"
                                    + " container"));
                }
            }
        }
        return Optional.empty();
    }

    /// The places where an app had this data and will have nothing.
    static List<String> bare(AppDraft draft, Claim.Key key) {
        var had = draft.had();
        var spec = draft.spec();
        return had == null || spec == null
                ? List.of()
                : had.service().mounts().stream()
                        .filter(mount -> isOf(mount, key) && !isCovered(spec, mount.target()))
                        .map(Mount::target)
                        .toList();
    }

    private static boolean isOf(Mount mount, Claim.Key key) {
        return (mount.isVolume() || mount.isBind())
                && Source.of(mount).kind() == key.kind()
                && Source.of(mount).name().equals(key.name());
    }

    /// Whether something is still mounted there, or above.
    private static boolean isCovered(JsonNode spec, String target) {
        for (var mount : spec.at("/TaskTemplate/ContainerSpec/Mounts")) {
            var there = MountsPart.target(mount);
            if (target.equals(there) || target.startsWith(there + "/")) {
                return true;
            }
        }
        return false;
    }
}

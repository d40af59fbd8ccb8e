package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Mount;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Data that stays where it is, but that the app will not find as before: at another place in its container, or not
/// with the options that the file now gives its volume. Neither is an error, and both are easily overlooked.
final class MountChange {

    private MountChange() {}

    /// Tells of data that moves inside the container.
    static void examine(Draft draft, DataRules.Finding finding) {
        var had = draft.had();
        if (had == null) {
            return;
        }
        for (var source : had.mounted()) {
            var before = had.service().mounts().stream()
                    .filter(mount -> (mount.isVolume() || mount.isBind())
                            && Source.of(mount).equals(source))
                    .map(Mount::target)
                    .collect(Collectors.toCollection(TreeSet::new));
            var after = draft.claims().stream()
                    .filter(claim -> Source.of(claim).equals(source))
                    .map(Claim::target)
                    .collect(Collectors.toCollection(TreeSet::new));
            var left = new TreeSet<>(before);
            left.removeAll(after);
            if (!after.isEmpty() && !left.isEmpty()) {
                var what = source.kind().word() + " " + source.name() + " at " + String.join(", ", after)
                        + ", no longer at " + String.join(", ", left);
                finding.data().add(draft.app().name() + " has " + what);
                finding.warnings()
                        .add(new Warning(
                                draft.app().name(),
                                "target-changed",
                                "it has " + what + ": a program that still looks there finds nothing"));
            }
        }
    }

    /// Before anybody has looked at the volume itself: whether the file now describes it otherwise.
    static Optional<Warning> options(Draft draft, Claim claim) {
        var service = draft.service();
        var spec = draft.spec();
        if (service == null || spec == null) {
            return Optional.empty();
        }
        var there = volume(service.spec(), claim);
        var wanted = volume(spec, claim);
        var ours = there.at("/VolumeOptions/Labels").has(Labels.CLUSTER);
        var config = "/VolumeOptions/DriverConfig";
        if (there.isMissingNode()
                || !ours && wanted.at(config).isMissingNode()
                || same(there.at(config), wanted.at(config))) {
            return Optional.empty();
        }
        return Optional.of(new Warning(
                draft.app().name(),
                "volume-differs",
                "volume " + claim.name() + " was made with another driver or other options than holdfast.yaml now gives"
                        + " it, and a volume cannot be changed: apply will hold the app; a volume of another name would"
                        + " be made anew"));
    }

    private static JsonNode volume(JsonNode spec, Claim claim) {
        for (var mount : spec.at("/TaskTemplate/ContainerSpec/Mounts")) {
            if (MountReader.type(mount).equals("volume")
                    && MountReader.source(mount).equals(claim.name())) {
                return mount;
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.path("Name").asText("local").equals(other.path("Name").asText("local"))
                && options(one).equals(options(other));
    }

    private static TreeMap<String, String> options(JsonNode config) {
        var options = new TreeMap<String, String>();
        config.path("Options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        return options;
    }
}

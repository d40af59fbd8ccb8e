package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.spec.MountsPart;
import dev.holdfast.spec.Redaction;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A volume gets its driver and its options when it is made, and keeps them. Whether the file now gives one that is
/// there others: as a look at the disk tells it, or before that as the services tell it that mount it.
final class VolumeOptions {

    private static final String CONFIG = "/VolumeOptions/DriverConfig";

    private final Situation situation;

    VolumeOptions(Situation situation) {
        this.situation = situation;
    }

    private record Options(String driver, Map<String, String> options) {

        static Options of(JsonNode config) {
            var options = new TreeMap<String, String>();
            config.path("Options")
                    .properties()
                    .forEach(option ->
                            options.put(option.getKey(), option.getValue().asText()));
            return new Options(driver(config.path("Name").asText()), options);
        }

        static Options of(Survey.Volume volume) {
            return new Options(driver(volume.driver()), volume.options());
        }

        /// The engine calls a plugin by its tag, too.
        static String driver(@Nullable String name) {
            var driver = name == null || name.isEmpty() ? "local" : name;
            return driver.endsWith(":latest") ? driver.substring(0, driver.length() - ":latest".length()) : driver;
        }

        /// As `holdfast.yaml` has it, without passwords.
        String yaml(String volume) {
            var given = options.entrySet().stream()
                    .map(option -> option.getKey() + ": "
                            + TextNode.valueOf(Redaction.value(option.getKey(), option.getValue())))
                    .collect(Collectors.joining(", ", "{ ", " }"));
            return "volumes: { " + volume + ": { driver: " + driver
                    + (options.isEmpty() ? "" : ", driver_opts: " + given) + " } }";
        }
    }

    /// Where nothing is declared, only a volume that Holdfast made is known to have been.
    Optional<Hold> seen(AppDraft draft, Claim claim, Survey.Volume volume) {
        var there = Options.of(volume);
        var undeclared = situation.repository().volumes().get(claim.name()) == null;
        if (undeclared && !situation.cluster().equals(volume.labels().get(Labels.CLUSTER))
                || there.equals(declared(claim.name()))) {
            return Optional.empty();
        }
        return Optional.of(hold(draft, claim, there, ""));
    }

    /// Before anybody has looked, for an app that would start: what the volume was made with is what the service
    /// says that had it made. One that only mounts it, and says nothing of options, does not tell them.
    void unseen(AppDraft draft, Claim claim, DataRules.Finding finding) {
        var mounts = mounts(claim).toList();
        for (var mount : mounts) {
            var config = mount.at(CONFIG);
            var ours = mount.at("/VolumeOptions/Labels").has(Labels.CLUSTER);
            if ((ours || !config.isMissingNode()) && isOther(claim, ours, Options.of(config))) {
                var unless = config.isMissingNode()
                        ? ", as far as its service tells; apply looks at the volume itself, and goes on if it has them"
                        : "";
                finding.holds().add(hold(draft, claim, Options.of(config), unless));
                return;
            }
        }
        if (!mounts.isEmpty() && mounts.stream().noneMatch(mount -> isTold(mount)) && isDeclared(claim.name())) {
            finding.warnings()
                    .add(new Warning(
                            draft.app().name(),
                            WarningCode.VOLUME_UNCHECKED,
                            "nothing that runs tells the options of volume " + claim.name()
                                    + ": if they are others than holdfast.yaml gives it, apply will hold the app",
                            Warning.Otherwise.heldIf("volume " + claim.name() + " has other options than declared")));
        }
    }

    private static boolean isTold(JsonNode mount) {
        return mount.at("/VolumeOptions/Labels").has(Labels.CLUSTER)
                || !mount.at(CONFIG).isMissingNode();
    }

    private boolean isOther(Claim claim, boolean ours, Options there) {
        return (ours || isDeclared(claim.name())) && !there.equals(declared(claim.name()));
    }

    /// Volumes that every node sees are no claim and hold nothing, but a node that has one keeps its options.
    List<Warning> shared(AppDraft draft) {
        var service = draft.service();
        if (service == null) {
            return List.of();
        }
        var warnings = new ArrayList<Warning>();
        for (var directory : draft.app().directories()) {
            var volume = directory.volume();
            if (volume == null || !situation.isShared(volume)) {
                continue;
            }
            var there = volume(service, volume);
            if (!there.isMissingNode() && !Options.of(there.at(CONFIG)).equals(declared(volume))) {
                warnings.add(new Warning(
                        draft.app().name(),
                        WarningCode.VOLUME_DIFFERS,
                        "shared volume " + volume + " was made with another driver or other options than holdfast.yaml"
                                + " now gives it: each node that has it keeps what it has; a volume of another name"
                                + " would be made again"));
            }
        }
        return warnings;
    }

    private boolean isDeclared(String volume) {
        return situation.repository().volumes().containsKey(volume);
    }

    private Options declared(String volume) {
        var declared = situation.repository().volumes().get(volume);
        return declared == null
                ? new Options("local", Map.of())
                : new Options(Options.driver(declared.driver()), declared.driverOpts());
    }

    private Hold hold(AppDraft draft, Claim claim, Options there, String unless) {
        if (draft.app().stack() != null) {
            return new Hold(
                    draft.app().name(),
                    HoldCode.VOLUME_DIFFERS,
                    "volume " + claim.name() + " on " + claim.hostname()
                            + " has another driver or other options than its stack file gives it, and a volume cannot"
                            + " be changed" + unless,
                    "volumes: { KEY: { name: OTHER } }   # another volume with these options, new and empty, and "
                            + "x-holdfast: { leave: [" + claim.name() + "] }\n# or, to keep what is there:\n"
                            + there.yaml(claim.name()));
        }
        var other = IntStream.iterate(2, n -> n + 1)
                .mapToObj(n -> claim.name() + "-" + n)
                .filter(name -> !isDeclared(name) && !isUsed(name))
                .findFirst()
                .orElseThrow();
        return new Hold(
                draft.app().name(),
                HoldCode.VOLUME_DIFFERS,
                "volume " + claim.name() + " on " + claim.hostname()
                        + " has another driver or other options than holdfast.yaml gives it, and a volume cannot be"
                        + " changed" + unless,
                declared(claim.name()).yaml(other)
                        + "   # in holdfast.yaml: another volume with these options, new and empty, and in the app:\n"
                        + "persistent: { directories: [\"" + other + ":" + claim.target()
                        + (claim.readOnly() ? ":ro" : "") + "\""
                        + (draft.claims().size() > 1 ? ", …]" : "]") + left(draft, claim) + " }\n# or, to keep what is"
                        + " there:\n" + there.yaml(claim.name()));
    }

    /// Only what the app has can be left behind.
    private static String left(AppDraft draft, Claim claim) {
        var had = draft.had();
        return had != null && had.has(claim.key()) ? ", leave: [" + claim.name() + "]" : "";
    }

    private boolean isUsed(String volume) {
        return situation.desired().apps().stream()
                .flatMap(declared -> declared.app().directories().stream())
                .anyMatch(directory -> volume.equals(directory.volume()));
    }

    /// How services mount the claim on its node now.
    private Stream<JsonNode> mounts(Claim claim) {
        return situation.live().services().stream()
                .filter(service -> isOn(service, claim.node()))
                .map(service -> volume(service, claim.name()))
                .filter(mount -> !mount.isMissingNode());
    }

    private boolean isOn(Service service, String node) {
        return service.lockedNode().isPresent()
                ? service.lockedNode().get().equals(node)
                : situation.live().tasksOf(service.id()).stream()
                        .filter(Task::mayRun)
                        .anyMatch(task -> task.nodeId().equals(node));
    }

    private static JsonNode volume(Service service, String name) {
        for (var mount : service.spec().at("/TaskTemplate/ContainerSpec/Mounts")) {
            if (MountsPart.type(mount).equals("volume")
                    && MountsPart.source(mount).equals(name)) {
                return mount;
            }
        }
        return MissingNode.getInstance();
    }
}

package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.data.Shell;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Node;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the disk of the node allows an app to be started: its directories are there and are the same as before
/// (rule `directory-exists`), no volume is made empty where data was or is likely to be (rule `no-empty-start`), and
/// none is taken over silently (rule `ask-to-adopt`).
final class DataRules {

    /// @param holds why not
    /// @param data what the app will find, for people
    /// @param looks what must be looked at first, where nobody has looked
    record Finding(List<Hold> holds, List<DataNote> data, List<Warning> warnings, List<String> looks) {
        Finding() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Situation situation;
    private final NodeNames hosts;
    private final VolumeOptions options;
    private final Glance glance;

    DataRules(Situation situation) {
        this.situation = situation;
        this.hosts = new NodeNames(situation);
        this.options = new VolumeOptions(situation);
        this.glance = new Glance(situation, options);
    }

    Finding examine(AppDraft draft) {
        var finding = new Finding();
        if (draft.claims().isEmpty()) {
            return finding;
        }
        MountChange.examine(draft, finding);
        var node = draft.node();
        if (node == null) {
            var each = new OnEachNode(situation);
            draft.claims()
                    .forEach(claim -> each.examine(claim, (there, on, found) -> examine(draft, there, on, found)));
            each.into(finding);
        } else {
            draft.claims().forEach(claim -> examine(draft, claim, node, finding));
        }
        return finding;
    }

    /// What belongs to another app is looked at for that one, until it is known.
    private void examine(AppDraft draft, Claim claim, Node node, Finding finding) {
        if (!claim.app().equals(draft.app().name()) && remembered(draft, claim).isEmpty()) {
            return;
        }
        var seen = situation.survey().node(node.id()).orElse(null);
        var had = draft.had() != null && (draft.had().has(claim.key()) || draft.was() != null);
        if (claim.kind() == Claim.Kind.BIND) {
            bind(draft, claim, node, seen, finding);
        } else {
            volume(draft, claim, node, seen, had, finding);
        }
    }

    List<Warning> shared(AppDraft draft) {
        return options.shared(draft);
    }

    private void bind(AppDraft draft, Claim claim, Node node, Survey.@Nullable NodeSurvey seen, Finding finding) {
        var app = draft.app();
        var place = node.hostname() + ":" + claim.name();
        if (draft.was() == null && (draft.had() == null || !draft.had().has(claim.key()))) {
            finding.data().add(new DataNote.IsUsed(app.name(), data(claim)));
        }
        if (!situation.looked()) {
            finding.looks().add(place);
            return;
        }
        var path = seen == null ? null : seen.paths().get(claim.name());
        if (seen == null || path == null) {
            finding.holds()
                    .add(hold(
                            app, HoldCode.BIND_UNKNOWN, "directory " + place + " could not be looked at" + why(), ""));
            return;
        }
        if (!path.isDirectory()) {
            var what = path.kind().equals("absent") ? "does not exist" : "is not a directory";
            finding.holds()
                    .add(hold(
                            app,
                            HoldCode.BIND_MISSING,
                            "directory " + place + " " + what + "; Holdfast never creates host directories",
                            "mkdir -p " + Shell.quote(claim.name()) + "   # on " + node.hostname()));
            return;
        }
        var known = remembered(draft, claim).map(Claim::identity).orElse(null);
        if (known != null && !known.equals(path.identity())) {
            finding.holds()
                    .add(hold(
                            app,
                            HoldCode.BIND_CHANGED,
                            "directory " + place + " is another one than before (device and inode differ):"
                                    + " is a disk not mounted?",
                            "mount the disk; or, if the new directory is right: " + forget(claim)));
        } else if (!seen.dockerRoot().isEmpty()
                && (path.real().equals(seen.dockerRoot()) || Source.isBelow(path.real(), seen.dockerRoot()))) {
            finding.holds()
                    .add(hold(
                            app,
                            HoldCode.BIND_IN_DOCKER_ROOT,
                            "directory " + place + " is inside the engine's own folder " + seen.dockerRoot(),
                            "use another directory"));
        } else if (path.mountPoint()) {
            finding.warnings()
                    .add(new Warning(
                            app.name(),
                            WarningCode.BIND_MOUNT_POINT,
                            place + " is itself a mount point: were its disk not mounted, it would be there, empty;"
                                    + " a directory below it would be missed"));
        }
    }

    /// What the ledger knows of it, under the ID that the node had before if it joined the Swarm anew.
    private Optional<Claim> remembered(AppDraft draft, Claim claim) {
        var was = draft.was();
        return situation
                .ledger()
                .claim(claim.key())
                .or(() -> was == null
                        ? Optional.empty()
                        : situation.ledger().claim(Source.of(claim).on(was)));
    }

    private void volume(
            AppDraft draft, Claim claim, Node node, Survey.@Nullable NodeSurvey seen, boolean had, Finding finding) {
        var app = draft.app();
        var remembered = remembered(draft, claim);
        var known = had || remembered.isPresent();
        var place = claim.name() + " on " + node.hostname();
        if (!situation.looked()) {
            finding.looks().add("volume " + place);
            glance.volume(draft, claim, remembered.orElse(null), known, finding);
            return;
        }
        if (seen == null) {
            options.unseen(draft, claim, finding);
            if (!known) {
                finding.holds()
                        .add(hold(
                                app,
                                HoldCode.DATA_UNKNOWN,
                                "the ledger does not know volume " + place + ", and that node could not be looked at"
                                        + why(),
                                ""));
            }
            return;
        }
        var volume = seen.volumes().get(claim.name());
        var identity = remembered.map(Claim::identity).orElse(null);
        if (volume == null) {
            var lost = had && LostLedger.isLost(situation) ? LostLedger.UNSEEN : null;
            absent(app, claim, node, identity == null ? lost : identity, finding);
        } else if (identity != null && !identity.equals(volume.createdAt())) {
            finding.holds()
                    .add(hold(
                            app,
                            HoldCode.VOLUME_CHANGED,
                            "volume " + place + " is another one than before: it was made " + volume.createdAt()
                                    + ", the one that the app had was " + made(identity),
                            "bring the old one back; or, if the new one is right: " + forget(claim)));
        } else if (!known && isStrange(draft, claim, volume)) {
            finding.holds()
                    .add(hold(
                            app,
                            HoldCode.NOT_OURS,
                            "volume " + place + " is there (made " + volume.createdAt()
                                    + "), and Holdfast did not create it",
                            "adopt: true"));
        } else if (options.seen(draft, claim, volume).map(finding.holds()::add).isEmpty()
                && (draft.had() == null || !draft.had().has(claim.key()))) {
            finding.data().add(arrives(app, claim, volume, remembered.orElse(null)));
        }
    }

    private static String made(String identity) {
        return identity.equals(LostLedger.UNSEEN) ? identity : "made " + identity;
    }

    private static DataNote arrives(App app, Claim claim, Survey.Volume volume, @Nullable Claim before) {
        return before != null && before.givenUp() != null
                ? new DataNote.IsTakenBack(app.name(), data(claim), before.app(), volume.createdAt())
                : new DataNote.IsFound(app.name(), data(claim), volume.createdAt());
    }

    static DataNote.Data data(Claim claim) {
        return new DataNote.Data(claim.kind(), claim.name(), claim.hostname());
    }

    private void absent(App app, Claim claim, Node node, @Nullable String identity, Finding finding) {
        var place = claim.name() + " on " + node.hostname();
        var device = situation.places().declaredDevice(claim.name());
        if (device != null && isMissing(device, node)) {
            finding.holds()
                    .add(hold(
                            app,
                            HoldCode.BIND_MISSING,
                            "volume " + place + " binds directory " + device
                                    + ", which does not exist; Holdfast never creates host directories",
                            "mkdir -p " + Shell.quote(device) + "   # on " + node.hostname()));
            return;
        }
        if (identity != null) {
            finding.holds()
                    .add(hold(
                            app,
                            HoldCode.VOLUME_MISSING,
                            "volume " + place + " (" + made(identity)
                                    + ") is not there any more; the app would start empty",
                            "restore it; or, to start empty: " + forget(claim)));
            return;
        }
        var similar = Similar.hold(app, claim, similar(claim.name()));
        if (similar.isPresent()) {
            finding.holds().add(similar.get());
            return;
        }
        finding.data().add(new DataNote.StartsEmpty(app.name(), data(claim)));
    }

    private boolean isMissing(String path, Node node) {
        return situation
                .survey()
                .node(node.id())
                .map(seen -> seen.paths().get(path))
                .filter(seen -> !seen.isDirectory())
                .isPresent();
    }

    private boolean isStrange(AppDraft draft, Claim claim, Survey.Volume volume) {
        var ours = situation.cluster().equals(volume.labels().get(Labels.CLUSTER));
        return !ours && !draft.app().adopt() && !isMoved(draft, claim);
    }

    /// Whether this very claim comes from a node that the file allows to be left: then what is found at the new
    /// place is meant.
    private boolean isMoved(AppDraft draft, Claim claim) {
        return situation.ledger().claimsNamed(claim.kind(), claim.name()).stream()
                .anyMatch(old -> !old.node().equals(claim.node()) && hosts.leavesDataOn(draft.app(), old.node()));
    }

    private List<Similar> similar(String name) {
        var found = new ArrayList<Similar>();
        for (var node : situation.live().nodes()) {
            situation
                    .survey()
                    .node(node.id())
                    .ifPresent(seen -> seen.volumes().keySet().stream()
                            .sorted()
                            .filter(other -> Similar.are(other, name))
                            .forEach(other -> found.add(new Similar(other, "on " + node.hostname()))));
        }
        return found;
    }

    private String why() {
        var problem = situation.survey().problem();
        return problem == null ? "" : " (" + problem + ")";
    }

    private static String forget(Claim claim) {
        return "holdfast orphans forget " + claim.kind().word() + " " + Shell.quote(claim.name()) + " "
                + claim.hostname();
    }

    private static Hold hold(App app, HoldCode code, String message, String allow) {
        return new Hold(app.name(), code, message, allow);
    }
}

package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.data.Holders;
import dev.holdfast.data.MountsLabel;
import dev.holdfast.data.Source;
import dev.holdfast.live.Node;
import dev.holdfast.survey.Survey;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whether an app may have what it mounts and does not own: scratch, storage that every node sees, and paths of the
/// host that it changes.
final class OtherMounts {

    private final Situation situation;
    private final NodeNames hosts;
    private final Holders holders;
    private final ScratchRules scratch;

    OtherMounts(Situation situation, Holders holders) {
        this.situation = situation;
        this.hosts = new NodeNames(situation);
        this.holders = holders;
        this.scratch = new ScratchRules(situation, holders);
    }

    void examine(AppDraft draft, DataRules.Finding finding) {
        var wanted = MountsLabel.of(draft.app());
        if (wanted.roles().isEmpty()) {
            return;
        }
        var had = draft.service() == null
                ? MountsLabel.NONE
                : MountsLabel.of(draft.service().labels());
        var nodes = nodes(draft);
        wanted.roles().forEach((source, role) -> {
            var isNew = !had.is(source, role) || isOwned(draft.app(), source);
            switch (role) {
                case HOST -> {
                    if (isNew) {
                        writesHost(draft.app(), source, finding);
                        ofAnother(draft, source, nodes, finding);
                    }
                }
                case SHARED -> shared(draft, source, nodes, isNew, finding);
                case SCRATCH -> {
                    if (isNew) {
                        scratch.becomes(draft, source, nodes, finding);
                    }
                    if (!source.isVolume() && (isNew || startsAnew(draft))) {
                        directory(draft, source, nodes, finding);
                    }
                }
            }
        });
    }

    /// Whether the ledger knows it as data that the app has, whatever a hand has written on its service.
    private boolean isOwned(App app, Source source) {
        return situation.ledger().claimsNamed(source.kind(), source.name()).stream()
                .anyMatch(claim -> claim.app().equals(app.name()) && claim.givenUp() == null);
    }

    private static boolean startsAnew(AppDraft draft) {
        return draft.verb() == AppDraft.Verb.CREATE || draft.restarts();
    }

    /// Whoever changes a host sees the data of apps that lies on it; but that directory itself is theirs.
    private void ofAnother(AppDraft draft, Source path, List<Node> nodes, DataRules.Finding finding) {
        for (var node : nodes) {
            var claim = GivingUpData.claim(path.on(node.id()));
            for (var other : holders.others(draft.app().name(), claim)) {
                var theirs = other.mounted().stream()
                        .anyMatch(source -> source.equals(path) || Source.isBelow(path.name(), source.name()));
                if (theirs && holders.writes(other, claim)) {
                    finding.holds()
                            .add(new Hold(
                                    draft.app().name(),
                                    HoldCode.IN_USE,
                                    path.name() + " on " + node.hostname() + " is data of "
                                            + other.service().name() + ", and this app would write there",
                                    "use another, or remove " + other.service().name() + " first"));
                    return;
                }
            }
        }
    }

    private static void writesHost(App app, Source path, DataRules.Finding finding) {
        finding.warnings()
                .add(new Warning(
                        app.name(),
                        WarningCode.WRITES_HOST,
                        "it may change " + path.name() + " of every node that it runs on: "
                                + (app.stack() == null
                                        ? "host_paths says writable"
                                        : "its file mounts it without :ro")));
    }

    /// Nodes that the app may be sent to: the one of its lock, or all that satisfy it.
    private List<Node> nodes(AppDraft draft) {
        var node = draft.node();
        return node != null
                ? List.of(node)
                : situation.live().nodes().stream()
                        .filter(each -> hosts.satisfies(each, draft.app()))
                        .toList();
    }

    /// A mount of a directory that is not there fails, on whichever node the task has been sent to.
    private void directory(AppDraft draft, Source source, List<Node> nodes, DataRules.Finding finding) {
        if (situation.supposed() != null) {
            return;
        }
        if (!situation.looked()) {
            finding.looks().add("directory " + source.name());
            return;
        }
        missing(draft, source, nodes, finding);
        var unseen = unseen(source, nodes);
        if (!unseen.isEmpty()) {
            finding.warnings()
                    .add(new Warning(
                            draft.app().name(),
                            WarningCode.SCRATCH_UNCHECKED,
                            "scratch directory " + source.name() + " could not be looked for on " + unseen
                                    + ": where it does not exist, its tasks fail"));
        }
    }

    private void missing(AppDraft draft, Source source, List<Node> nodes, DataRules.Finding finding) {
        var absent = where(source, nodes, path -> !path.isDirectory());
        if (!absent.isEmpty()) {
            finding.holds()
                    .add(new Hold(
                            draft.app().name(),
                            HoldCode.BIND_MISSING,
                            "directory " + source.name() + " does not exist on " + absent
                                    + ", where it may run; Holdfast never creates host directories",
                            "mkdir -p " + dev.holdfast.data.Shell.quote(source.name()) + "   # on " + absent
                                    + "; or keep it off with deploy.placement.constraints"));
        }
    }

    /// Where the storage is not mounted, an app would write to the node's own disk, each task to another one.
    private void shared(AppDraft draft, Source source, List<Node> all, boolean isNew, DataRules.Finding finding) {
        if (situation.supposed() != null) {
            return;
        }
        var nodes = all.stream().filter(Node::isUsable).toList();
        var starts = isNew || startsAnew(draft);
        if (!situation.looked()) {
            if (starts) {
                finding.looks().add("whether " + source.name() + " is mounted on each node that it may use");
            }
            return;
        }
        var bare = where(source, nodes, path -> !path.isDirectory() || !path.mountPoint());
        var app = draft.app().name();
        if (!starts) {
            if (!bare.isEmpty()) {
                finding.warnings()
                        .add(new Warning(
                                app,
                                WarningCode.NOT_MOUNTED,
                                source.name() + " is shared, and nothing is mounted there on " + bare
                                        + ": tasks there write to the node's own disk"));
            }
            return;
        }
        if (!bare.isEmpty()) {
            finding.holds()
                    .add(new Hold(
                            app,
                            HoldCode.NOT_MOUNTED,
                            source.name() + " is shared, and nothing is mounted there on " + bare
                                    + ": what it writes there would be on the node's own disk",
                            "mount the storage at " + source.name() + " on " + bare
                                    + ", or keep the app off with deploy.placement.constraints"));
        }
        var unseen = unseen(source, nodes);
        if (!unseen.isEmpty()) {
            finding.holds()
                    .add(new Hold(
                            app,
                            HoldCode.BIND_UNKNOWN,
                            "whether " + source.name() + " is mounted on " + unseen + " could not be looked at",
                            ""));
        }
    }

    /// The names of nodes that were looked at and where that path is so.
    private String where(Source source, List<Node> nodes, Predicate<Survey.Path> so) {
        return names(nodes.stream()
                .filter(node -> path(source, node).stream().anyMatch(so))
                .toList());
    }

    private String unseen(Source source, List<Node> nodes) {
        return names(nodes.stream().filter(node -> path(source, node).isEmpty()).toList());
    }

    private java.util.Optional<Survey.Path> path(Source source, Node node) {
        return situation.survey().node(node.id()).map(seen -> seen.paths().get(source.name()));
    }

    static String names(List<Node> nodes) {
        return nodes.stream().map(Node::hostname).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(", "));
    }
}

package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Directory;
import dev.holdfast.data.Possession;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Node;
import dev.holdfast.yaml.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Chooses the node of an app with data (rule `lock-first`): the one that its file names; else where its service is,
/// where the ledger or a look finds the data; else the emptiest node that satisfies it.
final class NodeChoosing {

    private final Situation situation;
    private final NodeNames hosts;
    private final RejoinedNode rejoining;
    private final Map<String, Integer> lockedApps = new HashMap<>();
    private final Map<Source, Node> writers = new HashMap<>();
    private final Map<String, NodeChoice> choices = new HashMap<>();
    private final Map<String, Set<Source>> declared = new HashMap<>();

    NodeChoosing(Situation situation) {
        this.situation = situation;
        this.hosts = new NodeNames(situation);
        this.rejoining = new RejoinedNode(situation);
        for (var service : situation.live().managed(situation.cluster())) {
            service.lockedNode().ifPresent(id -> lockedApps.merge(id, 1, Integer::sum));
        }
        for (var app : situation.desired().apps()) {
            declared.put(
                    app.app().name(),
                    app.app().directories().stream().map(Source::of).collect(Collectors.toSet()));
        }
    }

    /// Apps that own data must be asked for before apps that write or only read the same: those follow the owner.
    NodeChoice lock(App app, @Nullable Possession had) {
        var tied = app.claimed(situation::isShared);
        if (tied.isEmpty()) {
            return new NodeChoice.Free();
        }
        if (app.hasDataOnEachNode()) {
            return new NodeChoice.OnEach(nodesOfEach(app, tied));
        }
        var lock = app.owners().isEmpty()
                ? withTheWriters(app, tied, choose(app, tied, had))
                : new OwnersNode(choices, hosts).of(app);
        choices.put(app.name(), lock);
        var node = node(lock);
        if (node != null) {
            tied.stream().filter(d -> !d.readOnly()).forEach(d -> writers.put(Source.of(d), node));
            if (had == null || had.service().lockedNode().isEmpty()) {
                lockedApps.merge(node.id(), 1, Integer::sum);
            }
        }
        return lock;
    }

    /// Every node that it runs on now, and those where its data waits until they take tasks again.
    private List<Node> nodesOfEach(App app, List<Directory> tied) {
        if (situation.supposed() != null) {
            return List.of(situation.supposed().place().apply(app));
        }
        var sources = tied.stream().map(Source::of).collect(Collectors.toSet());
        var known = situation.ledger().claims().stream()
                .filter(claim -> claim.app().equals(app.name()) && sources.contains(Source.of(claim)))
                .map(Claim::node)
                .collect(Collectors.toSet());
        return situation.live().nodes().stream()
                .filter(node -> hosts.satisfies(node, app))
                .filter(node -> node.isUsable() || known.contains(node.id()))
                .sorted(Comparator.comparing(Node::hostname).thenComparing(Node::id))
                .toList();
    }

    /// The node of a choice; null where it is no single one.
    static @Nullable Node node(@Nullable NodeChoice choice) {
        return switch (choice) {
            case NodeChoice.On on -> on.node();
            case NodeChoice.AfterLook after -> after.node();
            case null, default -> null;
        };
    }

    /// A volume that another app writes is only where that app is; read anywhere else, it would be made new and
    /// empty.
    private NodeChoice withTheWriters(App app, List<Directory> tied, NodeChoice lock) {
        if (lock instanceof NodeChoice.On(var node, var unused)) {
            for (var directory : tied) {
                var writer = writers.get(Source.of(directory));
                if (directory.readOnly() && directory.volume() != null && writer != null && !writer.equals(node)) {
                    return undecided(
                            app,
                            HoldCode.WRITER_ELSEWHERE,
                            "it would read volume " + directory.volume() + " on " + node.hostname()
                                    + ", but the app that writes it is on " + writer.hostname(),
                            "persistent: { node: " + hosts.word(writer.id()) + " }");
                }
            }
        }
        return lock;
    }

    /// The node that a file calls `name`, by ID or by hostname; nodes that are down do not count as duplicates.
    List<Node> named(String name) {
        var byId = situation.live().nodes().stream()
                .filter(node -> node.id().equals(name))
                .toList();
        if (!byId.isEmpty()) {
            return byId;
        }
        var byHostname = situation.live().nodes().stream()
                .filter(node -> node.hostname().equalsIgnoreCase(name))
                .toList();
        var up = byHostname.stream().filter(Node::isReady).toList();
        return byHostname.size() > 1 && !up.isEmpty() ? up : byHostname;
    }

    private NodeChoice choose(App app, List<Directory> tied, @Nullable Possession had) {
        var persistent = app.persistent();
        var wanted = persistent == null ? null : persistent.node();
        if (wanted != null) {
            return namedLock(app, wanted, tied, had);
        }
        var written = tied.stream()
                .filter(Directory::readOnly)
                .map(d -> writers.get(Source.of(d)))
                .filter(n -> n != null)
                .findFirst();
        if (written.isPresent() && (tied.stream().allMatch(Directory::readOnly) || had == null || had.node() == null)) {
            return NodeChoice.on(written.get());
        }
        if (had != null && had.node() != null) {
            return remembered(app, tied, had.node());
        }
        if (had != null && had.givenNode() != null) {
            return remembered(app, tied, had.givenNode()); // a hand has taken the lock away
        }
        return whereTheDataIs(app, tied);
    }

    /// The node with this ID, which has the app's data; or what that very machine is called now.
    private NodeChoice remembered(App app, List<Directory> tied, String id) {
        var node = situation.live().node(id);
        if (node.isPresent() && node.get().isReady()) {
            return fitting(app, node.get());
        }
        var heir = rejoining.heir(id);
        if (heir.isPresent()) {
            return rejoining.lock(app, tied, id, heir.get());
        }
        return node.map(NodeChoice::on).orElseGet(() -> gone(app, id));
    }

    private NodeChoice gone(App app, String id) {
        return undecided(
                app,
                HoldCode.NODE_GONE,
                "the node " + hosts.name(id) + " (" + id + ") that has its data is no longer part of the Swarm",
                rejoining
                        .heir(id)
                        .map(heir -> "persistent: { node: " + hosts.word(heir.id()) + " }")
                        .orElse("persistent: { node: NODE, leave_data_on: " + id + " }"));
    }

    private NodeChoice fitting(App app, Node node) {
        return fitting(app, node, hosts);
    }

    static NodeChoice fitting(App app, Node node, NodeNames hosts) {
        return hosts.satisfies(node, app)
                ? NodeChoice.on(node)
                : undecided(
                        app,
                        HoldCode.NODE_UNFIT,
                        "node " + node.hostname() + " does not satisfy the app's own constraints "
                                + app.deploy().placement().constraints(),
                        "name another node, or drop the constraint");
    }

    private NodeChoice namedLock(App app, String wanted, List<Directory> tied, @Nullable Possession had) {
        var nodes = named(wanted);
        var before = had != null && had.node() != null ? Set.of(had.node()) : nodesInLedger(app, tied);
        if (nodes.isEmpty()
                && before.size() == 1
                && hosts.calls(wanted, before.iterator().next())) {
            return gone(app, before.iterator().next());
        }
        if (nodes.isEmpty()) {
            var known = situation.live().nodes().stream()
                    .map(Node::hostname)
                    .sorted()
                    .distinct()
                    .toList();
            return undecided(
                    app,
                    HoldCode.NODE_UNKNOWN,
                    "the Swarm has no node \"" + wanted + "\"" + didYouMean(wanted, known),
                    "persistent: { node: … }   # one of: " + String.join(", ", known));
        }
        if (nodes.size() > 1) {
            return undecided(
                    app,
                    HoldCode.NODE_AMBIGUOUS,
                    nodes.size() + " nodes are called \"" + wanted + "\"",
                    "persistent: { node: … }   # one of the IDs: "
                            + nodes.stream().map(Node::id).collect(Collectors.joining(", ")));
        }
        var node = nodes.getFirst();
        if (before.size() == 1) {
            var old = before.iterator().next();
            if (!hosts.leavesDataOn(app, old)
                    && rejoining.heir(old).filter(node::equals).isPresent()) {
                return rejoining.lock(app, tied, old, node);
            }
        }
        return fitting(app, node);
    }

    /// Some write a hostname with its domain, or without.
    private static String didYouMean(String wanted, List<String> hostnames) {
        return hostnames.stream()
                .filter(hostname -> firstLabel(hostname).equalsIgnoreCase(firstLabel(wanted)))
                .findFirst()
                .map(hostname -> "; did you mean \"" + hostname + "\"?")
                .orElseGet(() -> Words.didYouMean(wanted, hostnames));
    }

    private static String firstLabel(String hostname) {
        return hostname.split("\\.", 2)[0];
    }

    private NodeChoice whereTheDataIs(App app, List<Directory> tied) {
        var remembered = nodesInLedger(app, tied);
        if (remembered.size() == 1) {
            return remembered(app, tied, remembered.iterator().next());
        }
        if (remembered.size() > 1) {
            return severalNodes(app, remembered);
        }
        return whereALookFindsIt(app, tied);
    }

    /// Where the ledger knows the app's data. What it still owned when it was last seen counts before what it once
    /// gave up. A volume is the app's wherever it is; a path is on every node, so only the app's own counts, and
    /// one that another app has no more.
    private Set<String> nodesInLedger(App app, List<Directory> tied) {
        var owned = new TreeSet<String>();
        var all = new TreeSet<String>();
        for (var directory : tied) {
            var source = Source.of(directory);
            for (var claim : situation.ledger().claimsNamed(source.kind(), source.name())) {
                var own = claim.app().equals(app.name());
                if (own && claim.givenUp() == null) {
                    owned.add(claim.node());
                }
                if (own || source.isVolume() || isFree(claim, source)) {
                    all.add(claim.node());
                }
            }
        }
        return owned.isEmpty() ? all : owned;
    }

    private boolean isFree(Claim claim, Source source) {
        return !situation.desired().broken().contains(claim.app())
                && !declared.getOrDefault(claim.app(), Set.of()).contains(source);
    }

    private NodeChoice whereALookFindsIt(App app, List<Directory> tied) {
        if (situation.supposed() != null) {
            return NodeChoice.on(situation.supposed().place().apply(app));
        }
        var usable = situation.live().nodes().stream()
                .filter(Node::isUsable)
                .filter(node -> hosts.satisfies(node, app))
                .sorted(Comparator.<Node>comparingInt(n -> lockedApps.getOrDefault(n.id(), 0))
                        .thenComparing(Node::hostname))
                .toList();
        if (usable.isEmpty()) {
            var asked = app.deploy().placement().constraints();
            return undecided(
                    app,
                    HoldCode.NO_NODE,
                    asked.isEmpty()
                            ? "no node is ready and active"
                            : "no ready, active node satisfies its constraints (%s)"
                                    .formatted(String.join(", ", asked)),
                    "a node that fits: docker node update --availability active NODE, or --label-add KEY=VALUE NODE; or"
                            + " other deploy.placement.constraints");
        }
        if (!situation.looked()) {
            return new NodeChoice.AfterLook(
                    usable.getFirst(), "where " + sources(tied) + (tied.size() == 1 ? " is" : " are"), null);
        }
        var unseen = situation.live().nodes().stream()
                .filter(node -> !situation.survey().knows(node.id()))
                .map(Node::hostname)
                .sorted()
                .toList();
        if (!unseen.isEmpty()) {
            var problem = situation.survey().problem();
            return undecided(
                    app,
                    HoldCode.DATA_UNKNOWN,
                    "its file names no node, the ledger does not know " + sources(tied) + ", and "
                            + String.join(", ", unseen) + " could not be looked at"
                            + (problem == null ? "" : " (" + problem + ")"),
                    "persistent: { node: … }   # where the data is, or shall be");
        }
        return amongSeen(app, tied, usable);
    }

    private NodeChoice amongSeen(App app, List<Directory> tied, List<Node> usable) {
        var volumes = tied.stream().filter(d -> d.volume() != null).toList();
        var holders = situation.live().nodes().stream()
                .filter(node -> volumes.stream().anyMatch(d -> hasVolume(node, String.valueOf(d.volume()))))
                .toList();
        if (holders.size() > 1) {
            return severalNodes(app, holders.stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new)));
        }
        if (holders.size() == 1) {
            return fitting(app, holders.getFirst());
        }
        var binds = tied.stream().filter(d -> d.host() != null).toList();
        var fitting = usable.stream()
                .filter(node -> binds.stream().allMatch(d -> hasDirectory(node, String.valueOf(d.host()))))
                .toList();
        if (binds.isEmpty() || fitting.isEmpty()) {
            return NodeChoice.on(usable.getFirst());
        }
        return fitting.size() == 1
                ? NodeChoice.on(fitting.getFirst())
                : severalNodes(app, fitting.stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new)));
    }

    private boolean hasVolume(Node node, String volume) {
        return situation.survey().node(node.id()).stream()
                .anyMatch(seen -> seen.volumes().containsKey(volume));
    }

    private boolean hasDirectory(Node node, String path) {
        return situation.survey().node(node.id()).stream()
                .map(seen -> seen.paths().get(path))
                .anyMatch(found -> found != null && found.isDirectory());
    }

    private NodeChoice severalNodes(App app, Set<String> ids) {
        var names = new ArrayList<String>();
        for (var id : ids) {
            names.add(hosts.word(id));
        }
        return undecided(
                app,
                HoldCode.DATA_ON_SEVERAL_NODES,
                "its data is on more than one node: " + String.join(", ", names),
                "persistent: { node: … }   # one of: " + String.join(", ", names));
    }

    private static String sources(List<Directory> tied) {
        return tied.stream().map(Directory::source).collect(Collectors.joining(", "));
    }

    static NodeChoice undecided(App app, HoldCode code, String message, String allow) {
        return new NodeChoice.Undecided(new Hold(app.name(), code, message, allow));
    }

    /// The claim that a directory makes on that node.
    static Claim claim(App app, Directory directory, Node node) {
        var source = Source.of(directory);
        return new Claim(
                source.kind(),
                source.name(),
                node.id(),
                node.hostname(),
                directory.with() == null ? app.name() : directory.with(),
                directory.target(),
                directory.readOnly(),
                null,
                null);
    }
}

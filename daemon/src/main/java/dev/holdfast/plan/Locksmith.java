package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Directory;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Chooses the node of an app with data (product rule 6): the one that its file names; else where its service is, where
/// the ledger or a look finds the data; else the emptiest node that satisfies it.
final class Locksmith {

    private final Situation situation;
    private final Map<String, Integer> lockedApps = new HashMap<>();
    private final Map<Source, Node> writers = new HashMap<>();

    Locksmith(Situation situation) {
        this.situation = situation;
        for (var service : situation.live().managed(situation.cluster())) {
            service.lockedNode().ifPresent(id -> lockedApps.merge(id, 1, Integer::sum));
        }
    }

    /// Apps that write must be asked for before apps that only read the same: readers follow the writer.
    Lock lock(App app, @Nullable Possession had) {
        var tied = app.directories().stream()
                .filter(d -> !(d.volume() != null && situation.isShared(d.volume())))
                .toList();
        if (tied.isEmpty()) {
            return new Lock.Free();
        }
        var lock = choose(app, tied, had);
        if (lock instanceof Lock.On(var node)) {
            tied.stream().filter(d -> !d.readOnly()).forEach(d -> writers.put(Source.of(d), node));
            lockedApps.merge(node.id(), 1, Integer::sum);
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

    private Lock choose(App app, List<Directory> tied, @Nullable Possession had) {
        var persistent = app.persistent();
        var wanted = persistent == null ? null : persistent.node();
        var written = tied.stream().map(d -> writers.get(Source.of(d))).filter(n -> n != null).findFirst();
        if (wanted != null) {
            return namedLock(app, wanted);
        }
        if (written.isPresent() && tied.stream().allMatch(Directory::readOnly)) {
            return new Lock.On(written.get());
        }
        if (had != null && had.node() != null) {
            var node = situation.live().node(had.node());
            return node.isPresent()
                    ? new Lock.On(node.get())
                    : undecided(
                            app,
                            "node-gone",
                            "its node " + had.node() + " is no longer part of the Swarm",
                            "persistent: { node: NODE, leave_data_on: " + had.node() + " }");
        }
        return whereTheDataIs(app, tied);
    }

    private Lock namedLock(App app, String wanted) {
        var nodes = named(wanted);
        if (nodes.isEmpty()) {
            var known = situation.live().nodes().stream()
                    .map(Node::hostname)
                    .sorted()
                    .distinct()
                    .collect(Collectors.joining(", "));
            return undecided(
                    app, "node-unknown", "the Swarm has no node \"" + wanted + "\"", "persistent: { node: … }   # one of: " + known);
        }
        if (nodes.size() > 1) {
            return undecided(
                    app,
                    "node-ambiguous",
                    nodes.size() + " nodes are called \"" + wanted + "\"",
                    "persistent: { node: … }   # one of the IDs: "
                            + nodes.stream().map(Node::id).collect(Collectors.joining(", ")));
        }
        var node = nodes.getFirst();
        if (!Constraints.satisfied(app.deploy().placement().constraints(), node)) {
            return undecided(
                    app,
                    "node-unfit",
                    "node " + node.hostname() + " does not satisfy the app's own constraints "
                            + app.deploy().placement().constraints(),
                    "name another node, or drop the constraint");
        }
        return new Lock.On(node);
    }

    private Lock whereTheDataIs(App app, List<Directory> tied) {
        var remembered = nodesInLedger(app, tied);
        if (remembered.size() == 1) {
            var id = remembered.iterator().next();
            var node = situation.live().node(id);
            return node.isPresent()
                    ? new Lock.On(node.get())
                    : undecided(
                            app,
                            "node-gone",
                            "the node " + id + " that has its data is no longer part of the Swarm",
                            "persistent: { node: NODE, leave_data_on: " + id + " }");
        }
        if (remembered.size() > 1) {
            return severalNodes(app, remembered);
        }
        return whereALookFindsIt(app, tied);
    }

    /// Volumes are the app's wherever the ledger knows them; a path is on every node, so only the app's own counts.
    private Set<String> nodesInLedger(App app, List<Directory> tied) {
        var nodes = new TreeSet<String>();
        for (var directory : tied) {
            var source = Source.of(directory);
            for (var claim : situation.ledger().claimsNamed(source.kind(), source.name())) {
                if (source.isVolume() || claim.app().equals(app.name())) {
                    nodes.add(claim.node());
                }
            }
        }
        return nodes;
    }

    private Lock whereALookFindsIt(App app, List<Directory> tied) {
        var usable = situation.live().nodes().stream()
                .filter(Node::isUsable)
                .filter(n -> Constraints.satisfied(app.deploy().placement().constraints(), n))
                .sorted(Comparator.<Node>comparingInt(n -> lockedApps.getOrDefault(n.id(), 0))
                        .thenComparing(Node::hostname))
                .toList();
        if (usable.isEmpty()) {
            return undecided(
                    app, "no-node", "no ready, active node satisfies its constraints", "persistent: { node: … }");
        }
        if (!situation.looked()) {
            return new Lock.AfterLook(usable.getFirst(), "where " + sources(tied) + " are");
        }
        var unseen = situation.live().nodes().stream()
                .filter(node -> !situation.survey().knows(node.id()))
                .map(Node::hostname)
                .toList();
        if (!unseen.isEmpty()) {
            var problem = situation.survey().problem();
            return undecided(
                    app,
                    "data-unknown",
                    "its file names no node, the ledger does not know " + sources(tied) + ", and "
                            + String.join(", ", unseen) + " could not be looked at"
                            + (problem == null ? "" : " (" + problem + ")"),
                    "persistent: { node: … }   # where the data is, or shall be");
        }
        return amongSeen(app, tied, usable);
    }

    private Lock amongSeen(App app, List<Directory> tied, List<Node> usable) {
        var volumes = tied.stream().filter(d -> d.volume() != null).toList();
        var holders = situation.live().nodes().stream()
                .filter(node -> volumes.stream().anyMatch(d -> hasVolume(node, String.valueOf(d.volume()))))
                .toList();
        if (holders.size() > 1) {
            return severalNodes(
                    app, holders.stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new)));
        }
        if (holders.size() == 1) {
            return new Lock.On(holders.getFirst());
        }
        var binds = tied.stream().filter(d -> d.host() != null).toList();
        var fitting = usable.stream()
                .filter(node -> binds.stream().allMatch(d -> hasDirectory(node, String.valueOf(d.host()))))
                .toList();
        if (binds.isEmpty() || fitting.isEmpty()) {
            return new Lock.On(usable.getFirst());
        }
        return fitting.size() == 1
                ? new Lock.On(fitting.getFirst())
                : severalNodes(
                        app, fitting.stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new)));
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

    private Lock severalNodes(App app, Set<String> ids) {
        var names = new ArrayList<String>();
        for (var id : ids) {
            names.add(situation.live().node(id).map(Node::hostname).orElse(id));
        }
        return undecided(
                app,
                "data-on-several-nodes",
                "its data is on more than one node: " + String.join(", ", names),
                "persistent: { node: … }   # one of: " + String.join(", ", names));
    }

    private static String sources(List<Directory> tied) {
        return tied.stream().map(Directory::source).collect(Collectors.joining(", "));
    }

    private static Lock undecided(App app, String code, String message, String allow) {
        return new Lock.Undecided(new Hold(app.name(), code, message, allow));
    }

    /// The claim that a directory makes on that node.
    static Claim claim(App app, Directory directory, Node node) {
        var source = Source.of(directory);
        return new Claim(
                source.kind(),
                source.name(),
                node.id(),
                node.hostname(),
                app.name(),
                directory.target(),
                directory.readOnly(),
                null,
                null);
    }
}

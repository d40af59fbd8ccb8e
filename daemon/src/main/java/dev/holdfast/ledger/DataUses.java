package dev.holdfast.ledger;

import dev.holdfast.ledger.Claim.Kind;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who uses which data on which node: declared claims, live services and their tasks (of services that are gone, too),
/// and containers of whatever origin.
final class DataUses {

    private static final Set<String> ENDED = Set.of("exited", "dead", "removing");

    /// @param who for people
    /// @param real the path with all symlinks resolved, where it is known; else the path itself
    /// @param outside whether it is a service that this cluster does not own
    private record Use(
            String who, Kind kind, String name, String real, String node, boolean readOnly, boolean outside) {}

    private final Survey survey;
    private final List<Use> uses = new ArrayList<>();

    DataUses(Ledger ledger, Set<Claim.Key> declared, Survey survey, Live live) {
        this.survey = survey;
        for (var key : declared) {
            var app = ledger.claim(key).map(Claim::app).orElse("an app of the repository");
            add("app " + app, key.kind(), key.name(), key.node(), false, false);
        }
        for (var service : live.services()) {
            if (!service.labels().containsKey(Labels.SURVEY)) {
                addService(service, live, ledger.cluster());
            }
        }
        addTasksOfGoneServices(live);
        survey.nodes().values().forEach(this::addContainers);
    }

    /// Whether a service that this cluster does not own mounts exactly this.
    boolean isUsedFromOutside(Claim.Key key) {
        return uses.stream().anyMatch(use -> use.outside() && isSame(use, key));
    }

    boolean isUsed(Claim.Key key) {
        return uses.stream().anyMatch(use -> isSame(use, key));
    }

    /// Why nobody should be told how to remove this; empty where nothing speaks against it.
    Optional<String> whyNotToRemove(Claim.Key key) {
        if (key.kind() == Kind.VOLUME) {
            return uses.stream().filter(use -> isSame(use, key)).findFirst().map(use -> "it is used by " + use.who());
        }
        var real = real(key.node(), key.name());
        if (depth(key.name()) < 2 || depth(real) < 2) {
            return Optional.of("it is too near to the root of the disk");
        }
        var root = survey.node(key.node()).map(Survey.NodeSurvey::dockerRoot).orElse("");
        if (!root.isEmpty() && (overlaps(root, real) || overlaps(root, key.name()))) {
            return Optional.of("the engine's own data (" + root + ") lies inside or above it");
        }
        for (var use : uses) {
            if (use.kind() == Kind.BIND && use.node().equals(key.node()) && isInTheWay(use, key.name(), real)) {
                return Optional.of(use.who() + " uses " + use.name());
            }
        }
        return Optional.empty();
    }

    /// What only looks from further above (as node monitors look at `/`) loses nothing.
    private static boolean isInTheWay(Use use, String path, String real) {
        var inside = isWithin(use.name(), path) || isWithin(use.real(), real);
        var above = isWithin(path, use.name()) || isWithin(real, use.real());
        return inside || above && !use.readOnly();
    }

    private boolean isSame(Use use, Claim.Key key) {
        if (use.kind() != key.kind() || !use.node().equals(key.node())) {
            return false;
        }
        return use.name().equals(key.name())
                || key.kind() == Kind.BIND && use.real().equals(real(key.node(), key.name()));
    }

    /// A service is where its lock or its tasks are; one that is stopped and not locked may start anywhere.
    private void addService(Service service, Live live, String cluster) {
        var outside = !service.belongsTo(cluster);
        var who = "service " + service.name();
        var nodes = new ArrayList<String>();
        service.lockedNode().ifPresentOrElse(nodes::add, () -> live.nodes().forEach(node -> nodes.add(node.id())));
        for (var node : nodes) {
            service.mounts().forEach(mount -> add(who, mount, node, outside));
        }
        for (var task : live.tasksOf(service.id())) {
            if (task.mayRun() && !task.nodeId().isEmpty()) {
                task.mounts().forEach(mount -> add(who, mount, task.nodeId(), outside));
            }
        }
    }

    private void addTasksOfGoneServices(Live live) {
        var known = live.services().stream().map(Service::id).toList();
        for (var task : live.tasks()) {
            if (task.mayRun() && !known.contains(task.serviceId())) {
                task.mounts().stream()
                        .filter(mount -> !isSurveyRoot(mount))
                        .forEach(mount -> add("a task of a removed service", mount, task.nodeId(), false));
            }
        }
    }

    private void addContainers(Survey.NodeSurvey node) {
        for (var container : node.containers()) {
            if (!ENDED.contains(container.state())) {
                container.mounts().forEach(mount -> add("container " + container.name(), mount, node.node(), false));
            }
        }
    }

    private static boolean isSurveyRoot(Mount mount) {
        return mount.readOnly() && mount.source().equals("/");
    }

    private void add(String who, Mount mount, String node, boolean outside) {
        if (mount.isVolume()) {
            add(who, Kind.VOLUME, mount.source(), node, mount.readOnly(), outside);
        } else if (mount.isBind()) {
            add(who, Kind.BIND, mount.source(), node, mount.readOnly(), outside);
        }
    }

    private void add(String who, Kind kind, String name, String node, boolean readOnly, boolean outside) {
        var real = kind == Kind.BIND ? real(node, name) : name;
        uses.add(new Use(who, kind, name, real, node, readOnly, outside));
    }

    private String real(String node, String path) {
        return survey.node(node)
                .flatMap(seen -> Optional.ofNullable(seen.paths().get(path)))
                .map(Survey.Path::real)
                .filter(real -> !real.isEmpty())
                .orElse(path);
    }

    private static int depth(String path) {
        return (int) List.of(path.split("/")).stream()
                .filter(part -> !part.isEmpty())
                .count();
    }

    private static boolean overlaps(String one, String other) {
        return isWithin(one, other) || isWithin(other, one);
    }

    /// Whether the path is that folder or below it.
    private static boolean isWithin(String path, String folder) {
        var base = folder.endsWith("/") ? folder : folder + "/";
        return (path.endsWith("/") ? path : path + "/").startsWith(base);
    }
}

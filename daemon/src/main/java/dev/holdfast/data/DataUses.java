package dev.holdfast.data;

import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Claim.Kind;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Service;
import dev.holdfast.survey.Survey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who uses which data on which node, under whatever name: declared claims, and those that other clusters' ledgers
/// know; live services, started or not, with what an unfinished update may bring back; their tasks, of services that
/// are gone too; and containers of whatever origin.
final class DataUses {

    /// An update that has not ended well may be rolled back: then what was mounted before it is mounted again.
    private static final Set<String> UNFINISHED = Set.of("updating", "paused", "rollback_started", "rollback_paused");

    private static final Use.Index NOTHING = new Use.Index();

    private final RealPaths places;
    private final Map<String, Use.Index> byNode = new HashMap<>();

    DataUses(Ledger ledger, Set<Claim.Key> declared, List<Ledger> otherLedgers, RealPaths places, Live live) {
        this.places = places;
        for (var key : declared) {
            var app = ledger.claim(key).map(Claim::app).orElse("an app of the repository");
            add("app " + app, Source.of(key), key.node());
        }
        for (var other : otherLedgers) {
            other.claims().stream()
                    .filter(claim -> claim.givenUp() == null)
                    .forEach(claim -> add(
                            "app " + claim.app() + " of cluster " + other.cluster(), Source.of(claim), claim.node()));
        }
        for (var service : live.services()) {
            if (!service.labels().containsKey(Labels.SURVEY)) {
                addService(service, live, ledger.cluster());
            }
        }
        addTasksOfGoneServices(live);
        places.survey().nodes().values().forEach(this::addContainers);
    }

    /// Whether a service that this cluster does not own mounts exactly this.
    boolean isUsedFromOutside(Claim.Key key) {
        return same(key).anyMatch(Use::outside);
    }

    boolean isUsed(Claim.Key key) {
        return same(key).findAny().isPresent();
    }

    private Stream<Use> same(Claim.Key key) {
        var index = byNode.getOrDefault(key.node(), NOTHING);
        var source = Source.of(key);
        return Stream.concat(index.of(source).stream(), index.of(places.real(source, key.node())).stream());
    }

    /// Why nobody should be told how to remove this; empty where nothing speaks against it.
    Optional<String> whyNotToRemove(Claim.Key key) {
        var source = Source.of(key);
        var real = places.real(source, key.node());
        if (key.kind() == Kind.BIND) {
            if (depth(key.name()) < 2 || !real.isVolume() && depth(real.name()) < 2) {
                return Optional.of("it is too near to the root of the disk");
            }
            var root = places.survey()
                    .node(key.node())
                    .map(Survey.NodeSurvey::dockerRoot)
                    .filter(path -> !path.isEmpty())
                    .map(path -> new Source(Kind.BIND, path));
            if (root.filter(path -> path.overlaps(real) || path.overlaps(source))
                    .isPresent()) {
                return Optional.of("the engine's own data (" + root.get().name() + ") lies inside or above it");
            }
        }
        var index = byNode.getOrDefault(key.node(), NOTHING);
        return Stream.concat(index.near(source).stream(), index.near(real).stream())
                .filter(use -> isInTheWay(use, source, real))
                .findFirst()
                .map(use -> reason(use, source));
    }

    /// What only looks from further above (as node monitors look at `/`) loses nothing.
    private static boolean isInTheWay(Use use, Source source, Source real) {
        var inside = use.source().isIn(source) || use.real().isIn(real);
        var above = source.isIn(use.source()) || real.isIn(use.real());
        return inside || above && !use.readOnly();
    }

    private static String reason(Use use, Source source) {
        if (use.source().equals(source)) {
            return "it is used by " + use.who();
        }
        var as = (use.source().isVolume() ? "volume " : "") + use.source().name();
        return use.who() + " uses " + as
                + (use.real().equals(use.source())
                        ? ""
                        : ", which is " + use.real().name());
    }

    /// A service is where its lock or its tasks are; one that is stopped and not locked may start anywhere.
    private void addService(Service service, Live live, String cluster) {
        var outside = !service.belongsTo(cluster);
        var who = "service " + service.name();
        var nodes = new LinkedHashSet<String>();
        service.lockedNode().ifPresentOrElse(nodes::add, () -> live.nodes().forEach(node -> nodes.add(node.id())));
        for (var node : nodes) {
            service.mounts().forEach(mount -> add(who, mount, node, outside));
        }
        if (UNFINISHED.contains(service.updateState())) {
            service.before().ifPresent(before -> {
                var was = before.lockedNode().map(Set::of).orElse(Set.copyOf(nodes));
                for (var node : was) {
                    before.mounts()
                            .forEach(mount ->
                                    add(who + ", as its unfinished update may bring it back,", mount, node, outside));
                }
            });
        }
        for (var task : live.tasksOf(service.id())) {
            if (task.mayRun() && !task.nodeId().isEmpty()) {
                task.mounts().forEach(mount -> add(who, mount, task.nodeId(), outside));
            }
        }
    }

    private void addTasksOfGoneServices(Live live) {
        var known = live.services().stream().map(Service::id).collect(Collectors.toSet());
        for (var task : live.tasks()) {
            if (task.mayRun() && !known.contains(task.serviceId())) {
                task.mounts().stream()
                        .filter(mount -> !isSurveyRoot(mount))
                        .forEach(mount -> add("a task of a removed service", mount, task.nodeId(), false));
            }
        }
    }

    /// A plain container that has ended can be started again, and keeps its volumes from being removed; that of a
    /// task cannot.
    private void addContainers(Survey.NodeSurvey node) {
        for (var container : node.containers()) {
            var plain = container.task().isEmpty() && container.service().isEmpty();
            var gone = container.state().equals("removing") || container.state().equals("dead");
            var ended = container.state().equals("exited");
            if (!gone && (plain || !ended)) {
                var who = "container " + container.name() + (ended ? " (exited)" : "");
                container.mounts().forEach(mount -> add(who, mount, node.node(), false));
            }
        }
    }

    private static boolean isSurveyRoot(Mount mount) {
        return mount.readOnly() && mount.source().equals("/");
    }

    private void add(String who, Mount mount, String node, boolean outside) {
        if (mount.isVolume() || mount.isBind()) {
            add(new Use(who, Source.of(mount), places.real(mount, node), mount.readOnly(), outside), node);
        }
    }

    private void add(String who, Source source, String node) {
        add(new Use(who, source, places.real(source, node), false, false), node);
    }

    private void add(Use use, String node) {
        byNode.computeIfAbsent(node, _ -> new Use.Index()).add(use);
    }

    private static int depth(String path) {
        return (int) List.of(path.split("/")).stream()
                .filter(part -> !part.isEmpty())
                .count();
    }
}

package dev.holdfast.data;

import dev.holdfast.app.App;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who has which data now: services of ours by what they mount and were given, and all tasks and containers that may
/// run, whoever started them.
public final class Holders {

    private record Holding(Possession possession, Source source) {}

    private final Live live;
    private final Survey survey;
    private final RealPaths places;
    private final Map<String, Possession> possessions = new TreeMap<>();
    private final Map<Claim.Key, List<Possession>> volumes = new HashMap<>();
    private final Map<String, List<Holding>> binds = new HashMap<>();
    private final Map<Claim.Key, List<Task>> volumeTasks = new HashMap<>();
    private final Map<String, List<Task>> bindTasks = new HashMap<>();
    private final Map<String, Service> services;

    /// @param shared which volumes every node sees
    /// @param places where data really is
    public Holders(Live live, String cluster, Predicate<String> shared, Survey survey, RealPaths places) {
        this.live = live;
        this.survey = survey;
        this.places = places;
        for (var service : live.managed(cluster)) {
            var possession = Possession.of(service, shared, live);
            possessions.put(service.name(), possession);
            for (var key : possession.keys()) {
                enter(possession, Source.of(key), key.node());
            }
        }
        live.tasks().stream().filter(Task::mayRun).forEach(this::enter);
        services = live.services().stream()
                .collect(Collectors.toMap(Service::id, Function.identity(), (one, other) -> one));
    }

    /// Under its own name, and under its real one where that is another.
    private void enter(Possession possession, Source source, String node) {
        names(source, possession.service().mounts(), node).forEach(name -> {
            if (name.isVolume()) {
                volumes.computeIfAbsent(name.on(node), _ -> new ArrayList<>()).add(possession);
            } else {
                binds.computeIfAbsent(node, _ -> new ArrayList<>()).add(new Holding(possession, name));
            }
        });
    }

    /// A mount may say what its volume binds where nothing else does.
    private Set<Source> names(Source source, List<Mount> mounts, String node) {
        var names = new LinkedHashSet<>(List.of(source, places.real(source, node)));
        mounts.stream()
                .filter(mount -> isData(mount) && Source.of(mount).equals(source))
                .forEach(mount -> names.add(places.real(mount, node)));
        return names;
    }

    private void enter(Task task) {
        var names = new LinkedHashSet<Source>();
        task.mounts().stream()
                .filter(Holders::isData)
                .forEach(mount -> names.addAll(names(Source.of(mount), List.of(mount), task.nodeId())));
        names.stream()
                .filter(Source::isVolume)
                .forEach(name -> volumeTasks
                        .computeIfAbsent(name.on(task.nodeId()), _ -> new ArrayList<>())
                        .add(task));
        if (names.stream().anyMatch(name -> !name.isVolume())) {
            bindTasks.computeIfAbsent(task.nodeId(), _ -> new ArrayList<>()).add(task);
        }
    }

    public List<Claim.Key> keys(String app) {
        return possession(app).map(Possession::keys).orElse(List.of());
    }

    public Optional<Possession> possession(String app) {
        return Optional.ofNullable(possessions.get(app));
    }

    @Nullable
    public Service service(Task task) {
        return services.get(task.serviceId());
    }

    /// Services of ours other than `app` that have this claim, or one above or below it, under whatever name.
    public List<Possession> others(String app, Claim claim) {
        var source = Source.of(claim);
        var real = places.real(source, claim.node());
        var found = new LinkedHashSet<>(having(source, claim.node()));
        if (!real.equals(source)) {
            found.addAll(having(real, claim.node()));
        }
        return found.stream()
                .filter(possession -> !possession.service().name().equals(app))
                .toList();
    }

    private List<Possession> having(Source source, String node) {
        return source.isVolume()
                ? volumes.getOrDefault(source.on(node), List.of())
                : binds.getOrDefault(node, List.of()).stream()
                        .filter(holding -> holding.source().overlaps(source))
                        .map(Holding::possession)
                        .toList();
    }

    /// Tasks of other services that may run on the claim's node and mount it.
    public List<Task> tasks(@Nullable Service own, Claim claim) {
        var near = new LinkedHashSet<Task>();
        for (var name : names(Source.of(claim), List.of(), claim.node())) {
            near.addAll(
                    name.isVolume()
                            ? volumeTasks.getOrDefault(name.on(claim.node()), List.of())
                            : bindTasks.getOrDefault(claim.node(), List.of()));
        }
        return near.stream()
                .filter(task -> own == null || !task.serviceId().equals(own.id()))
                .filter(task -> mounts(task.mounts(), claim, roles(service(task))))
                .toList();
    }

    /// A container on the claim's node that mounts it and belongs to no task that the managers know there. What is
    /// left of the time before a node joined anew belongs to a task of another node.
    public Optional<Survey.Container> container(Claim claim) {
        return survey.node(claim.node()).stream()
                .flatMap(seen -> seen.containers().stream())
                .filter(container -> container.isRunning()
                        && mounts(
                                container.mounts(),
                                claim,
                                roles(live.service(container.service()).orElse(null))))
                .filter(container -> live.tasks().stream()
                        .noneMatch(task -> task.id().equals(container.task())
                                && task.nodeId().equals(claim.node())))
                .findFirst();
    }

    private static MountsLabel roles(@Nullable Service service) {
        return service == null ? MountsLabel.NONE : MountsLabel.of(service.labels());
    }

    private boolean mounts(List<Mount> mounts, Claim claim, MountsLabel roles) {
        return mounts.stream()
                .anyMatch(mount -> isData(mount) && !harmless(mount, claim, roles) && reaches(mount, claim));
    }

    private static boolean isData(Mount mount) {
        return mount.isVolume() || mount.isBind();
    }

    /// Whether a mount on the claim's node shows its data.
    boolean reaches(Mount mount, Claim claim) {
        return places.overlap(mount, Source.of(claim), claim.node());
    }

    /// A mount that only looks: read-only, and either above the claim (monitoring sees all of `/`) or of a claim
    /// that is itself only read. Who administers the host may write there, and says so.
    private boolean harmless(Mount mount, Claim claim, MountsLabel roles) {
        var real = places.real(Source.of(claim), claim.node());
        return mount.readOnly() && (claim.readOnly() || isBelow(claim, mount))
                || !real.isVolume() && roles.isHostAbove(mount, real.name());
    }

    private boolean isBelow(Claim claim, Mount mount) {
        var real = places.real(Source.of(claim), claim.node());
        var folder = places.real(mount, claim.node());
        return !real.isVolume() && !folder.isVolume() && Source.isBelow(real.name(), folder.name());
    }

    public boolean writes(Task task, Claim claim) {
        return writes(task.mounts(), claim);
    }

    /// Whether it mounts that data, or some above or below it, and may write there.
    public boolean writes(Possession possession, Claim claim) {
        return writes(possession.service().mounts(), claim);
    }

    private boolean writes(List<Mount> mounts, Claim claim) {
        return mounts.stream().anyMatch(mount -> !mount.readOnly() && isData(mount) && reaches(mount, claim));
    }

    /// Whether the app of the file would write to that data.
    public boolean writes(App app, Claim claim) {
        return app.directories().stream()
                .anyMatch(directory ->
                        !directory.readOnly() && places.overlap(Source.of(directory), Source.of(claim), claim.node()));
    }

    /// Whether both are the same data, or one lies in the other.
    public boolean clash(Claim claim, Claim.Key key) {
        return claim.node().equals(key.node()) && places.overlap(Source.of(claim), Source.of(key), claim.node());
    }

    /// Whether it is the engine's own folder of a volume, which no app can have as a directory.
    public boolean isOfTheEngine(Claim claim) {
        return claim.kind() == Claim.Kind.BIND
                && places.real(Source.of(claim), claim.node()).isVolume();
    }

    /// What the claim is called in truth, for people; empty where that is its name.
    public Optional<String> alias(Claim claim) {
        var real = places.real(Source.of(claim), claim.node());
        return real.equals(Source.of(claim)) ? Optional.empty() : Optional.of(real.name());
    }
}

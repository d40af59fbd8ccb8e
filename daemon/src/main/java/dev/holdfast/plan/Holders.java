package dev.holdfast.plan;

import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Survey;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who has which data now: services of ours by what they mount and were given, and all tasks and containers that may
/// run, whoever started them.
final class Holders {

    private record Holding(Possession possession, Source source) {}

    private final Situation situation;
    private final Map<String, Possession> possessions = new TreeMap<>();
    private final Map<Claim.Key, List<Possession>> volumes = new HashMap<>();
    private final Map<String, List<Holding>> binds = new HashMap<>();
    private final Map<Claim.Key, List<Task>> volumeTasks = new HashMap<>();
    private final Map<String, List<Task>> bindTasks = new HashMap<>();
    private final Map<String, Service> services;

    Holders(Situation situation) {
        this.situation = situation;
        for (var service : situation.live().managed(situation.cluster())) {
            var possession = Possession.of(service, situation::isShared);
            possessions.put(service.name(), possession);
            for (var key : possession.keys()) {
                if (key.kind() == Claim.Kind.VOLUME) {
                    volumes.computeIfAbsent(key, _ -> new ArrayList<>()).add(possession);
                } else {
                    var holding = new Holding(possession, new Source(key.kind(), key.name()));
                    binds.computeIfAbsent(key.node(), _ -> new ArrayList<>()).add(holding);
                }
            }
        }
        situation.live().tasks().stream().filter(Task::mayRun).forEach(this::enter);
        services = situation.live().services().stream()
                .collect(Collectors.toMap(Service::id, Function.identity(), (one, other) -> one));
    }

    private void enter(Task task) {
        for (var mount : task.mounts()) {
            if (mount.isVolume()) {
                volumeTasks
                        .computeIfAbsent(Source.of(mount).on(task.nodeId()), _ -> new ArrayList<>())
                        .add(task);
            }
        }
        if (task.mounts().stream().anyMatch(Mount::isBind)) {
            bindTasks.computeIfAbsent(task.nodeId(), _ -> new ArrayList<>()).add(task);
        }
    }

    List<Claim.Key> keys(String app) {
        return possession(app).map(Possession::keys).orElse(List.of());
    }

    Optional<Possession> possession(String app) {
        return Optional.ofNullable(possessions.get(app));
    }

    @Nullable
    Service service(Task task) {
        return services.get(task.serviceId());
    }

    /// Services of ours other than `app` that have this claim, or one above or below it.
    List<Possession> others(String app, Claim claim) {
        var found = claim.kind() == Claim.Kind.VOLUME
                ? volumes.getOrDefault(claim.key(), List.of()).stream()
                : binds.getOrDefault(claim.node(), List.of()).stream()
                        .filter(holding -> holding.source().overlaps(Source.of(claim)))
                        .map(Holding::possession);
        return found.filter(possession -> !possession.service().name().equals(app))
                .distinct()
                .toList();
    }

    /// Tasks of other services that may run on the claim's node and mount it.
    List<Task> tasks(@Nullable Service own, Claim claim) {
        var near = claim.kind() == Claim.Kind.VOLUME
                ? volumeTasks.getOrDefault(claim.key(), List.of())
                : bindTasks.getOrDefault(claim.node(), List.of());
        return near.stream()
                .filter(task -> own == null || !task.serviceId().equals(own.id()))
                .filter(task -> mounts(task.mounts(), claim))
                .toList();
    }

    /// A container on the claim's node that mounts it and belongs to no task that the managers know.
    Optional<Survey.Container> container(Claim claim) {
        return situation.survey().node(claim.node()).stream()
                .flatMap(seen -> seen.containers().stream())
                .filter(container -> container.isRunning() && mounts(container.mounts(), claim))
                .filter(container -> situation.live().tasks().stream()
                        .noneMatch(task -> task.id().equals(container.task())))
                .findFirst();
    }

    private static boolean mounts(List<Mount> mounts, Claim claim) {
        return mounts.stream()
                .anyMatch(mount -> !harmless(mount, claim) && Source.of(claim).overlaps(Source.of(mount)));
    }

    /// A mount that only looks: read-only, and either above the claim (monitoring sees all of `/`) or of a claim
    /// that is itself only read.
    private static boolean harmless(Mount mount, Claim claim) {
        return !mount.isVolume() && !mount.isBind()
                || mount.readOnly() && (claim.readOnly() || Source.isBelow(claim.name(), mount.source()));
    }

    static boolean clash(Claim claim, Claim.Key key) {
        return claim.node().equals(key.node()) && Source.of(claim).overlaps(new Source(key.kind(), key.name()));
    }
}

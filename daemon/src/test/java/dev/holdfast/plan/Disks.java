package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Node;
import dev.holdfast.survey.Survey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What is on the disks of a [Swarm]'s nodes.
final class Disks {

    final Map<String, Map<String, Survey.Volume>> volumes = new TreeMap<>();
    final Map<String, Map<String, Survey.Path>> paths = new TreeMap<>();
    final Map<String, List<Survey.Container>> containers = new TreeMap<>();

    private final Supplier<String> next;

    /// @param next gives a number that nothing else has
    Disks(Supplier<String> next) {
        this.next = next;
    }

    void volume(String node, String name, Map<String, String> labels) {
        volume(node, name, Map.of(), labels);
    }

    private void volume(String node, String name, Map<String, String> options, Map<String, String> labels) {
        volumes.computeIfAbsent(node, _ -> new TreeMap<>())
                .put(name, new Survey.Volume(name, "made-" + next.get(), "local", options, labels, null));
    }

    /// A local volume that binds a directory of the host.
    void bound(String node, String name, String device) {
        volume(node, name, Map.of("type", "none", "o", "bind", "device", device), Map.of());
    }

    /// A path that is no directory.
    void file(String node, String path) {
        paths.computeIfAbsent(node, _ -> new TreeMap<>())
                .put(path, new Survey.Path(path, "file", path, "8:" + next.get(), false, null));
    }

    /// Another name of a directory that is there.
    void link(String node, String path, String real) {
        var there = Objects.requireNonNull(paths.get(node));
        var identity = Objects.requireNonNull(there.get(real)).identity();
        there.put(path, new Survey.Path(path, "directory", real, identity, false, null));
    }

    /// A directory where a disk, or remote storage, is mounted.
    void mounted(String node, String path) {
        paths.computeIfAbsent(node, _ -> new TreeMap<>())
                .put(path, new Survey.Path(path, "directory", path, "9:" + next.get(), true, null));
    }

    void directory(String node, String path) {
        paths.computeIfAbsent(node, _ -> new TreeMap<>())
                .put(path, new Survey.Path(path, "directory", path, "8:" + next.get(), false, null));
    }

    /// As an engine makes a volume for the first task that mounts it.
    void comesToBe(String node, String volume, JsonNode spec) {
        spec.at("/TaskTemplate/ContainerSpec/Mounts").forEach(json -> {
            if (json.path("Source").asText().equals(volume)
                    && !volumes.getOrDefault(node, Map.of()).containsKey(volume)) {
                volume(
                        node,
                        volume,
                        strings(json.at("/VolumeOptions/DriverConfig/Options")),
                        strings(json.at("/VolumeOptions/Labels")));
            }
        });
    }

    boolean has(String node, String path) {
        return paths.getOrDefault(node, Map.of()).containsKey(path);
    }

    /// @param asked paths that somebody wants to know about
    Survey look(Collection<Node> nodes, Set<String> asked) {
        var seen = new HashMap<String, Survey.NodeSurvey>();
        for (var node : nodes) {
            if (node.isUsable()) {
                var there = new TreeMap<>(paths.getOrDefault(node.id(), Map.of()));
                asked.forEach(path -> there.putIfAbsent(path, new Survey.Path(path, "absent", "", "", false, null)));
                seen.put(
                        node.id(),
                        new Survey.NodeSurvey(
                                node.id(),
                                "2026-01-01T00:00:00Z",
                                Swarm.DOCKER_ROOT,
                                Map.copyOf(volumes.getOrDefault(node.id(), Map.of())),
                                Map.copyOf(there),
                                List.copyOf(containers.getOrDefault(node.id(), List.of())),
                                Map.of()));
            }
        }
        return new Survey(Map.copyOf(seen), null);
    }

    static Map<String, String> strings(JsonNode json) {
        var strings = new TreeMap<String, String>();
        json.properties()
                .forEach(each -> strings.put(each.getKey(), each.getValue().asText()));
        return strings;
    }
}

package dev.holdfast.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.Repository;
import dev.holdfast.live.Live;
import dev.holdfast.live.Network;
import dev.holdfast.live.Node;
import dev.holdfast.yaml.Patterns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What imported services use around them, as entries of `holdfast.yaml`: networks, secrets and configs that are there
/// already, and volumes with a driver.
final class LiveObjects {

    private final Live live;
    private final Map<String, Repository.Network> networks = new TreeMap<>();
    private final Map<String, Repository.Volume> volumes = new TreeMap<>();
    private final Map<String, Map<String, Repository.ContentSource>> contents = new LinkedHashMap<>();

    LiveObjects(Live live) {
        this.live = live;
    }

    Repository additions() {
        return Additions.of(
                networks,
                volumes,
                contents.getOrDefault("secrets", Map.of()),
                contents.getOrDefault("configs", Map.of()),
                Map.of());
    }

    /// The key of a network under which services name it by its name or its ID.
    String network(String target) {
        var name = live.networks().stream()
                .filter(network -> network.id().equals(target))
                .map(Network::name)
                .findFirst()
                .orElse(target);
        networks.put(name, Additions.network(true));
        return name;
    }

    /// The key of a secret or config; one that is too long for a key keeps its beginning.
    String content(String kind, String name) {
        var key = name.matches(Patterns.CONTENT_NAME) ? name : shortened(name);
        contents.computeIfAbsent(kind, none -> new TreeMap<>())
                .put(key, Repository.ContentSource.ofOthers(key.equals(name) ? null : name));
        return key;
    }

    static String shortened(String name) {
        var key = name.substring(0, Math.min(name.length(), 51)).replaceAll("[^a-zA-Z0-9]+$", "");
        return key;
    }

    /// A volume needs an entry where it is more than a name: its driver makes it on any node that has none yet.
    void volume(String name, JsonNode driver) {
        var options = LiveService.pairs(driver.path("Options"));
        var maker = LiveService.text(driver.path("Name"));
        if (!options.isEmpty() || !maker.isEmpty() && !maker.equals("local")) {
            volumes.put(name, new Repository.Volume(maker.isEmpty() ? null : maker, options, Map.of(), false));
        }
    }

    String hostname(String nodeId) {
        var hostname = live.node(nodeId).map(Node::hostname).orElse(nodeId);
        return live.nodes().stream()
                                .filter(node -> node.hostname().equals(hostname))
                                .count()
                        == 1
                ? hostname
                : nodeId;
    }
}

package dev.holdfast.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Makes a used Swarm look like a new one: nothing deployed, nothing stored, every node ready and active.
/// Only tests may do this: the program itself never deletes a volume.
final class SwarmCleaner {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Set<String> OF_THE_ENGINE = Set.of("ingress", "docker_gwbridge", "bridge", "host", "none");

    private SwarmCleaner() {}

    /// @throws IllegalStateException if something will not go within [#LIMIT]
    static void clean(List<SwarmNode> nodes) {
        var engines =
                nodes.stream().map(node -> new EngineHttp(node.dockerHost())).toList();
        try {
            var deadline = Instant.now().plus(LIMIT);
            while (!cleanOnce(engines)) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("the Swarm cannot be cleaned");
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            engines.forEach(EngineHttp::close);
        }
        nodes.forEach(node -> node.exec("sh", "-c", EMPTY_SRV));
    }

    private static final String EMPTY_SRV =
            "grep -o ' /srv/[^ ]*' /proc/mounts | sort -r | xargs -r umount -l; " + "find /srv -mindepth 1 -delete";

    /// @return whether there was nothing left to do
    private static boolean cleanOnce(List<EngineHttp> engines) {
        var manager = engines.getFirst();
        boolean clean = removeAll(manager, "/services", manager.get("/services"), "ID");
        for (var engine : engines) {
            for (JsonNode container : engine.get("/containers/json?all=true")) {
                engine.delete("/containers/" + container.path("Id").asText() + "?force=true&v=true");
                clean = false;
            }
            clean &= removeAll(engine, "/volumes", engine.get("/volumes").path("Volumes"), "Name");
        }
        clean &= removeAll(manager, "/configs", manager.get("/configs"), "ID");
        clean &= removeAll(manager, "/secrets", manager.get("/secrets"), "ID");
        for (JsonNode network : manager.get("/networks")) {
            if (!OF_THE_ENGINE.contains(network.path("Name").asText())) {
                manager.delete("/networks/" + network.path("Id").asText());
                clean = false;
            }
        }
        clean &= manager.get("/tasks").isEmpty();
        return clean & nodesAreFresh(manager, engines.size());
    }

    private static boolean removeAll(EngineHttp engine, String kind, JsonNode list, String key) {
        for (JsonNode entry : list) {
            engine.delete(kind + "/" + entry.path(key).asText());
        }
        return list.isEmpty();
    }

    private static boolean nodesAreFresh(EngineHttp manager, int expected) {
        var nodes = manager.get("/nodes");
        boolean fresh = nodes.size() == expected;
        for (JsonNode node : nodes) {
            var spec = node.path("Spec");
            boolean ready = node.path("Status").path("State").asText().equals("ready");
            boolean active = spec.path("Availability").asText().equals("active");
            if (!ready && nodes.size() > expected) {
                // What a node that joined anew was called before.
                manager.delete("/nodes/" + node.path("ID").asText() + "?force=true");
            }
            fresh &= ready && active && spec.path("Labels").isEmpty();
            if (!active || !spec.path("Labels").isEmpty()) {
                manager.post(
                        "/nodes/%s/update?version=%s"
                                .formatted(
                                        node.path("ID").asText(),
                                        node.path("Version").path("Index").asText()),
                        "{\"Role\":\"%s\",\"Availability\":\"active\",\"Labels\":{}}"
                                .formatted(spec.path("Role").asText()));
            }
        }
        return fresh;
    }
}

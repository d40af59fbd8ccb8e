package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Service;
import java.util.Map;
import java.util.Set;

/// What an engine makes of a spec that it is sent, as measured: what it drops, fills in and resolves.
public final class EngineStore {

    public static final Map<String, String> NETWORKS =
            Map.of("id-backend", "backend", "id-front", "front", "id-back2", "prod");

    private static final Set<String> KEEP_ZERO = Set.of(
            "StopGracePeriod",
            "Init",
            "Delay",
            "Window",
            "Replicas",
            "MaxConcurrent",
            "TotalCompletions",
            "ForceUpdate",
            "MaxAttempts");
    /// Maps of people's own words, where an empty value is a value. (`Options` of DNS is a list.)
    private static final Set<String> MAPS = Set.of("Labels", "Sysctls", "Options", "DriverOpts");

    private static final Set<String> KEEP_EMPTY = Set.of(
            "Healthcheck",
            "DNSConfig",
            "Privileges",
            "Resources",
            "Limits",
            "Reservations",
            "Placement",
            "LogDriver",
            "RestartPolicy",
            "UpdateConfig",
            "RollbackConfig",
            "EndpointSpec",
            "VolumeOptions",
            "DriverConfig",
            "TmpfsOptions",
            "Global",
            "GlobalJob",
            "Runtime");

    private EngineStore() {}

    public static Service service(ObjectNode sent) {
        return live(stored(sent));
    }

    public static Service live(JsonNode spec) {
        var json = Specs.object();
        json.put("ID", "service-1");
        json.putObject("Version").put("Index", 7);
        json.set("Spec", spec);
        return Service.of(json);
    }

    public static Names names() {
        return new Names(NETWORKS, constraint -> false);
    }

    public static ObjectNode stored(ObjectNode sent) {
        ObjectNode spec = sent.deepCopy();
        dropZeros(spec);
        Specs.child(spec, "Labels");
        var task = Specs.child(spec, "TaskTemplate");
        if (!task.has("ForceUpdate")) {
            task.put("ForceUpdate", 0);
        }
        task.put("Runtime", "container");
        var container = Specs.containerSpec(spec);
        fill(container, "Isolation", "default");
        for (var network : task.path("Networks")) {
            NETWORKS.forEach((id, name) -> {
                if (name.equals(network.path("Target").asText())) {
                    ((ObjectNode) network).put("Target", id);
                }
            });
        }
        ids(container.path("Secrets"), "Secret");
        ids(container.path("Configs"), "Config");
        if (task.get("RestartPolicy") instanceof ObjectNode policy) {
            fill(policy, "Condition", "any");
            policy.put("MaxAttempts", policy.path("MaxAttempts").asLong());
        }
        replacing(spec, "UpdateConfig");
        replacing(spec, "RollbackConfig");
        endpoint(spec);
        if (spec.path("Mode").isEmpty() || spec.path("Mode").has("Replicated")) {
            var replicated = Specs.child(Specs.child(spec, "Mode"), "Replicated");
            if (!replicated.has("Replicas")) {
                replicated.put("Replicas", 1);
            }
        }
        return spec;
    }

    private static void ids(JsonNode references, String kind) {
        for (var reference : references) {
            var name = reference.path(kind + "Name").asText();
            ((ObjectNode) reference).put(kind + "ID", "id-of-" + name);
            if (!reference.has("Runtime")) {
                var file = Specs.child((ObjectNode) reference, "File");
                file.put("Mode", file.path("Mode").asLong());
            }
        }
    }

    private static void replacing(ObjectNode spec, String key) {
        if (spec.get(key) instanceof ObjectNode config) {
            config.put("Parallelism", config.path("Parallelism").asLong());
            fill(config, "FailureAction", "pause");
            config.put("MaxFailureRatio", (float) config.path("MaxFailureRatio").asDouble());
            fill(config, "Order", "stop-first");
            if (config.path("Delay").asLong() == 0) {
                config.remove("Delay");
            }
        }
    }

    private static void endpoint(ObjectNode spec) {
        if (spec.get("EndpointSpec") instanceof ObjectNode endpoint) {
            fill(endpoint, "Mode", "vip");
            for (var port : endpoint.path("Ports")) {
                fill((ObjectNode) port, "Protocol", "tcp");
                fill((ObjectNode) port, "PublishMode", "ingress");
            }
        }
    }

    private static void fill(ObjectNode node, String key, String value) {
        if (!node.has(key)) {
            node.put(key, value);
        }
    }

    private static void dropZeros(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (!MAPS.contains(entry.getKey())) {
                    dropZeros(entry.getValue());
                }
            });
            object.properties().removeIf(entry -> isDropped(entry.getKey(), entry.getValue()));
        } else {
            node.forEach(EngineStore::dropZeros);
        }
    }

    private static boolean isDropped(String key, JsonNode value) {
        if (value.isContainerNode()) {
            return value.isEmpty() && !(value.isObject() && KEEP_EMPTY.contains(key));
        }
        var zero = value.isNumber() && value.asDouble() == 0 || value.isBoolean() && !value.asBoolean();
        return value.isNull() || value.isTextual() && value.asText().isEmpty() || zero && !KEEP_ZERO.contains(key);
    }
}

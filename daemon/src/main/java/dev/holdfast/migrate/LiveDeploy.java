package dev.holdfast.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.HostFolders;
import dev.holdfast.live.Service;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.util.ArrayList;
import java.util.Map;

/// The `deploy` section of a running service.
final class LiveDeploy {

    private static final String POLICY = "deploy.restart_policy.";

    private final Service service;
    private final JsonNode spec;
    private final JsonNode task;
    private final Draft draft;

    LiveDeploy(Service service, Draft draft) {
        this.service = service;
        this.spec = service.spec();
        this.task = spec.path("TaskTemplate");
        this.draft = draft;
    }

    void put() {
        mode();
        var labels = LiveService.labelsOfService(service);
        if (!labels.isEmpty()) {
            draft.put("deploy.labels", LiveService.texts(labels));
        }
        var endpoint = LiveService.text(spec.path("EndpointSpec").path("Mode"));
        if (endpoint.equals("dnsrr")) {
            draft.put("deploy.endpoint_mode", YamlTree.text(endpoint));
        }
        placement();
        resources("limits");
        resources("reservations");
        restartPolicy();
        replacing("deploy.update_config.", spec.path("UpdateConfig"), onFailure());
        replacing("deploy.rollback_config.", spec.path("RollbackConfig"), "pause");
    }

    /// Whether the service would own data.
    static boolean keepsData(Service service) {
        return service.mounts().stream()
                .anyMatch(mount ->
                        !mount.readOnly() && (mount.isVolume() || mount.isBind() && !HostFolders.hold(mount.source())));
    }

    /// Whether its node is that of its data. Of several instances nobody knows yet whether that is data.
    static boolean isLocked(Service service) {
        return keepsData(service) && !service.isGlobal() && service.replicas() < 2;
    }

    private void mode() {
        var mode = spec.path("Mode");
        for (var kind : Map.of("Global", "global", "ReplicatedJob", "replicated-job", "GlobalJob", "global-job")
                .entrySet()) {
            if (mode.has(kind.getKey())) {
                draft.put("deploy.mode", YamlTree.text(kind.getValue()));
                return;
            }
        }
        if (service.replicas() != 1) {
            draft.put("deploy.replicas", YamlTree.plain("" + service.replicas()));
        }
    }

    private void placement() {
        var placement = task.path("Placement");
        var constraints = new ArrayList<>(LiveService.strings(placement.path("Constraints")));
        if (isLocked(service)) {
            var node = service.lockedNode().orElse("");
            constraints.removeIf(text -> text.replace(" ", "").equals("node.id==" + node));
        }
        if (!constraints.isEmpty()) {
            draft.put("deploy.placement.constraints", YamlTree.texts(constraints));
        }
        var preferences = new ArrayList<Yaml>();
        for (var preference : placement.path("Preferences")) {
            var spread = LiveService.text(preference.path("Spread").path("SpreadDescriptor"));
            preferences.add(YamlTree.mapping(Map.of("spread", YamlTree.text(spread))));
        }
        if (!preferences.isEmpty()) {
            draft.put("deploy.placement.preferences", YamlTree.list(preferences));
        }
        var most = placement.path("MaxReplicas").asInt();
        if (most != 0 && !keepsData(service)) {
            draft.put("deploy.placement.max_replicas_per_node", YamlTree.plain("" + most));
        }
    }

    private void resources(String word) {
        var given = task.path("Resources").path(word.equals("limits") ? "Limits" : "Reservations");
        var key = "deploy.resources." + word + ".";
        if (given.path("NanoCPUs").asLong() != 0) {
            draft.put(
                    key + "cpus",
                    YamlTree.text(LiveService.cpus(given.path("NanoCPUs").asLong())));
        }
        if (given.path("MemoryBytes").asLong() != 0) {
            draft.put(
                    key + "memory",
                    YamlTree.text(LiveService.bytes(given.path("MemoryBytes").asLong())));
        }
        if (given.path("Pids").asLong() != 0) {
            draft.put(key + "pids", YamlTree.plain(given.path("Pids").asText()));
        }
        var generic = new ArrayList<Yaml>();
        for (var resource : given.path("GenericResources")) {
            var discrete = resource.path("DiscreteResourceSpec");
            if (discrete.isObject()) {
                generic.add(YamlTree.mapping(Map.of(
                        "discrete_resource_spec",
                        YamlTree.mapping(LiveService.inOrder(
                                "kind",
                                YamlTree.text(LiveService.text(discrete.path("Kind"))),
                                "value",
                                YamlTree.plain(discrete.path("Value").asText("0")))))));
            }
        }
        if (!generic.isEmpty()) {
            draft.put(key + "generic_resources", YamlTree.list(generic));
        }
    }

    private void restartPolicy() {
        var policy = task.path("RestartPolicy");
        var condition = LiveService.text(policy.path("Condition"));
        if (!condition.isEmpty() && !condition.equals("any")) {
            draft.put(POLICY + "condition", YamlTree.text(condition));
        }
        LiveService.put(draft, POLICY + "delay", policy.path("Delay"), "5s");
        if (policy.path("MaxAttempts").asLong() != 0) {
            draft.put(
                    POLICY + "max_attempts",
                    YamlTree.plain(policy.path("MaxAttempts").asText()));
        }
        LiveService.put(draft, POLICY + "window", policy.path("Window"), "0s");
    }

    private String onFailure() {
        var ends =
                LiveService.text(task.path("RestartPolicy").path("Condition")).equals("none");
        return keepsData(service) ? "pause" : ends ? "continue" : "rollback";
    }

    /// Only what differs from what Holdfast does by itself. A section that is absent means one at a time, an empty
    /// one all at once: that is how the engine has it.
    private void replacing(String key, JsonNode given, String failureAction) {
        var parallelism = given.isObject() ? given.path("Parallelism").asLong() : 1;
        if (parallelism != 1) {
            draft.put(key + "parallelism", YamlTree.plain("" + parallelism));
        }
        LiveService.put(draft, key + "delay", given.path("Delay"), "0s");
        var action = textOr(given.path("FailureAction"), "pause");
        if (!action.equals(failureAction)) {
            draft.put(key + "failure_action", YamlTree.text(action));
        }
        var monitor = given.path("Monitor").asLong();
        if (monitor == 0) {
            draft.put(key + "monitor", YamlTree.text("5s"));
        } else {
            LiveService.put(draft, key + "monitor", given.path("Monitor"), "10s");
        }
        var ratio = given.path("MaxFailureRatio").asDouble();
        if (ratio != 0) {
            draft.put(key + "max_failure_ratio", YamlTree.plain("" + ratio));
        }
        var order = textOr(given.path("Order"), "stop-first");
        var hostPorts = spec.path("EndpointSpec")
                .path("Ports")
                .valueStream()
                .anyMatch(port -> LiveService.text(port.path("PublishMode")).equals("host"));
        if (!order.equals(keepsData(service) || hostPorts ? "stop-first" : "start-first")) {
            draft.put(key + "order", YamlTree.text(order));
        }
    }

    private static String textOr(JsonNode node, String absent) {
        var text = LiveService.text(node);
        return text.isEmpty() ? absent : text;
    }
}

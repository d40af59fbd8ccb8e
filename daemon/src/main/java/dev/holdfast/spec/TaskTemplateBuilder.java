package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Deploy.RestartPolicy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The part of a spec that tells what a task is and where it may run.
public final class TaskTemplateBuilder {

    /// Networks that every node has; no names are looked up there, so aliases are refused.
    public static final Set<String> PREDEFINED = Set.of("host", "bridge", "none");

    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000L);

    private final App app;
    private final SpecContext context;

    TaskTemplateBuilder(App app, SpecContext context) {
        this.app = app;
        this.context = context;
    }

    ObjectNode taskTemplate(List<String> notSupported) {
        var task = object();
        task.set("ContainerSpec", new ContainerSpecBuilder(app, context).containerSpec(notSupported));
        put(task, "Resources", resources());
        task.set("RestartPolicy", restartPolicy());
        task.set("Placement", placement()); // an empty one, too: see WholeSpec
        put(task, "Networks", networks());
        var logging = app.logging();
        if (logging != null) {
            var driver = object();
            put(driver, "Name", logging.driver());
            put(driver, "Options", logging.options());
            put(task, "LogDriver", driver);
        }
        return task;
    }

    private ObjectNode resources() {
        var resources = object();
        var limits = app.deploy().resources().limits();
        if (limits != null) {
            var node = object();
            put(node, "NanoCPUs", nanos(limits.cpus()));
            put(node, "MemoryBytes", limits.memory());
            put(node, "Pids", limits.pids());
            put(resources, "Limits", node);
        }
        var reservations = app.deploy().resources().reservations();
        if (reservations != null) {
            var node = object();
            put(node, "NanoCPUs", nanos(reservations.cpus()));
            put(node, "MemoryBytes", reservations.memory());
            var generic = Specs.array();
            for (var resource : reservations.genericResources()) {
                var discrete = generic.addObject().putObject("DiscreteResourceSpec");
                discrete.put("Kind", resource.discreteResourceSpec().kind());
                put(discrete, "Value", resource.discreteResourceSpec().value());
            }
            put(node, "GenericResources", generic);
            put(resources, "Reservations", node);
        }
        return resources;
    }

    private static @Nullable Long nanos(@Nullable BigDecimal cpus) {
        return cpus == null ? null : cpus.multiply(NANO).longValue();
    }

    /// What the file says of restarts, in either of its keys.
    static RestartPolicy policy(App app) {
        var given = app.deploy().restartPolicy();
        return given != null ? given : fromRestart(app.restart());
    }

    private ObjectNode restartPolicy() {
        var policy = policy(app);
        var node = object();
        node.put("Condition", policy.condition() == null ? "any" : policy.condition());
        // A delay or window of zero is kept by the engine and is not the same as none.
        if (policy.delay() != null) {
            node.put("Delay", policy.delay().toNanos());
        }
        node.put("MaxAttempts", policy.maxAttempts() == null ? 0 : policy.maxAttempts());
        if (policy.window() != null) {
            node.put("Window", policy.window().toNanos());
        }
        return node;
    }

    /// Compose's `restart`, read as `docker stack deploy` reads it; but `no` means none, not nothing.
    private static RestartPolicy fromRestart(@Nullable String restart) {
        var words = restart == null ? new String[] {""} : restart.split(":", 2);
        return switch (words[0]) {
            case "no" -> new RestartPolicy("none", null, null, null);
            case "on-failure" ->
                new RestartPolicy(
                        "on-failure", null, words.length > 1 ? Integer.valueOf(words[1].strip()) : null, null);
            default -> new RestartPolicy("any", null, null, null);
        };
    }

    private ObjectNode placement() {
        var placement = object();
        var given = app.deploy().placement();
        var constraints = new ArrayList<>(given.constraints());
        if (context.lockNodeId() != null) {
            constraints.add("node.id==" + context.lockNodeId());
        }
        put(placement, "Constraints", constraints);
        var preferences = Specs.array();
        for (var preference : given.preferences()) {
            preferences.addObject().putObject("Spread").put("SpreadDescriptor", preference.spread());
        }
        put(placement, "Preferences", preferences);
        put(placement, "MaxReplicas", context.persistent() ? Integer.valueOf(1) : given.maxReplicasPerNode());
        return placement;
    }

    private ArrayNode networks() {
        var sorted = new TreeMap<String, ObjectNode>();
        app.networks().forEach((key, attachment) -> {
            var name = context.networkNames().getOrDefault(key, key);
            var node = object();
            node.put("Target", name);
            if (!PREDEFINED.contains(name)) {
                var aliases = new TreeSet<>(attachment.aliases());
                aliases.add(app.name());
                put(node, "Aliases", aliases);
            }
            put(node, "DriverOpts", attachment.driverOpts());
            sorted.put(name, node);
        });
        return Specs.array().addAll(sorted.values());
    }
}

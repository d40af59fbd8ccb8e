package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Hook;
import dev.holdfast.app.HostPath;
import dev.holdfast.live.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The service of one task that runs to its end before or after a change of its app, and the label by which the app's
/// own service tells for which change that was.
///
/// It is a service of one instance that is never started again. A job of Swarm's would be: by a new leader after a
/// failure, and by whoever writes to it.
public final class HookSpec {

    /// A name in one line of `docker service inspect`.
    private static final int HASH = 32;

    /// What is about the app's own tasks: how they are reached, found to be well, started again, and what a node
    /// keeps for them while they still run.
    private static final List<String> OF_THE_APP = List.of("Labels", "Command", "Args", "Hostname", "Healthcheck");

    private HookSpec() {}

    /// Writes onto an app's spec for which change its hooks run: another hook, or another task, wherever it runs.
    static void mark(App app, ObjectNode spec) {
        if (app.before() == null && app.after() == null) {
            return;
        }
        var change = Specs.object();
        var template = (ObjectNode) spec.path("TaskTemplate").deepCopy();
        template.remove("Placement");
        if (!app.followsTag()) {
            // As the file has it: what the tag was resolved to is found out later.
            Specs.child(template, "ContainerSpec").put("Image", app.image());
        }
        change.set("template", template);
        for (var when : Hook.When.values()) {
            var hook = when.of(app);
            if (hook != null) {
                change.set(when.word(), described(hook));
            }
        }
        Specs.child(spec, "Labels").put(Labels.HOOKS, SpecHash.ofJson(change).substring(0, HASH));
    }

    private static JsonNode described(Hook hook) {
        var node = Specs.object();
        Specs.put(node, "command", hook.command());
        Specs.put(node, "entrypoint", hook.entrypoint());
        Specs.put(node, "environment", hook.environment());
        Specs.put(node, "image", hook.image());
        Specs.put(node, "user", hook.user());
        Specs.put(node, "working_dir", hook.workingDir());
        return node;
    }

    /// For which change the hooks of a spec's app run; empty where it has none.
    public static Optional<String> change(JsonNode spec) {
        return Optional.of(Specs.text(spec.path("Labels").path(Labels.HOOKS))).filter(hash -> !hash.isEmpty());
    }

    /// For which change the hook of afterwards has ended well; empty where for none.
    public static Optional<String> done(JsonNode spec) {
        return Optional.of(Specs.text(spec.path("Labels").path(Labels.AFTER))).filter(hash -> !hash.isEmpty());
    }

    /// Writes onto an app's live spec that its hook of afterwards has ended well.
    public static void markDone(ObjectNode spec, String change) {
        Specs.child(spec, "Labels").put(Labels.AFTER, change);
    }

    /// @param spec of the app's service, as its file asks for it
    /// @param image that the app's service gets, with its digest where that is known
    public static ObjectNode of(App app, Hook hook, Hook.When when, ObjectNode spec, String image) {
        var task = Specs.object().put("Name", when.service(app.name()));
        task.set("Labels", labels(app, hook, spec));
        task.set("TaskTemplate", template(app, hook, (ObjectNode) spec.path("TaskTemplate"), image));
        task.putObject("Mode").putObject("Replicated").put("Replicas", 1);
        return task;
    }

    private static ObjectNode labels(App app, Hook hook, ObjectNode spec) {
        var given = spec.path("Labels");
        var labels = Specs.object();
        labels.put(Labels.HOOK, app.name());
        Specs.put(labels, Labels.HOOK_CLUSTER, Specs.text(given.path(Labels.CLUSTER)));
        Specs.put(labels, Labels.HOOKS, Specs.text(given.path(Labels.HOOKS)));
        Specs.put(labels, Labels.COMMIT, Specs.text(given.path(Labels.COMMIT)));
        Specs.put(labels, Labels.STACK, Specs.text(given.path(Labels.STACK)));
        Specs.put(labels, Labels.STACK_IMAGE, hook.image() == null ? app.image() : hook.image());
        return labels;
    }

    private static ObjectNode template(App app, Hook hook, ObjectNode given, String image) {
        var template = given.deepCopy();
        template.putObject("RestartPolicy").put("Condition", "none");
        template.set("ContainerSpec", container(app, hook, Specs.child(template, "ContainerSpec"), image));
        for (var network : template.path("Networks")) {
            ((ObjectNode) network).remove("Aliases");
        }
        if (template.path("Placement") instanceof ObjectNode placement) {
            placement.remove("MaxReplicas");
        }
        // While the app's own task still runs there may be no room for what is kept for it twice.
        if (template.path("Resources") instanceof ObjectNode resources) {
            resources.remove("Reservations");
        }
        return template;
    }

    private static ObjectNode container(App app, Hook hook, ObjectNode container, String image) {
        var command = container.path("Command");
        container.remove(OF_THE_APP);
        container.put("Image", hook.image() == null ? image : hook.image());
        if (!hook.entrypoint().isEmpty()) {
            Specs.put(container, "Command", hook.entrypoint());
        } else if (hook.image() == null && command.isArray()) {
            container.set("Command", command);
        }
        Specs.put(container, "Args", hook.command());
        Specs.put(container, "User", hook.user());
        Specs.put(container, "Dir", hook.workingDir());
        environment(container, hook.environment());
        mounts(container, app.hostPaths());
        // A health check of the image would end a task that works for long and answers nobody.
        container.putObject("Healthcheck").putArray("Test").add("NONE");
        Specs.put(container, "Labels", Map.of(Labels.HOOK, app.name()));
        return container;
    }

    private static void environment(ObjectNode container, Map<String, String> more) {
        var all = new TreeMap<String, String>();
        for (var entry : Specs.strings(container.path("Env"))) {
            all.put(entry.split("=", 2)[0], entry);
        }
        more.forEach((name, value) -> all.put(name, name + "=" + value));
        container.remove("Env");
        Specs.put(container, "Env", all.values());
    }

    /// No data, ever: the app's own task may have it. Memory, and what is only looked at, harm nobody.
    private static void mounts(ObjectNode container, List<HostPath> looked) {
        var kept = Specs.array();
        for (var mount : container.path("Mounts")) {
            var source = Specs.text(mount.path("Source"));
            var target = Specs.text(mount.path("Target"));
            var isLookedAt = mount.path("ReadOnly").asBoolean()
                    && looked.stream()
                            .anyMatch(path -> !path.writable()
                                    && path.source().equals(source)
                                    && path.target().equals(target));
            if (MountsPart.type(mount).equals("tmpfs") || isLookedAt) {
                kept.add(mount);
            }
        }
        container.remove("Mounts");
        Specs.put(container, "Mounts", kept);
    }
}

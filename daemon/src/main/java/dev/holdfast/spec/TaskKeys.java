package dev.holdfast.spec;

import static dev.holdfast.spec.PlainParts.unwrittenBut;

import java.util.List;

/// The keys that are about a task: what it may use, where it runs, and when it is started again.
final class TaskKeys {

    static final List<ComposeKey> ROWS = List.of(
            key("Resources", new ResourcesPart(), "deploy.resources"),
            key("RestartPolicy", new RestartPolicyPart(), "deploy.restart_policy", "restart"),
            key("Placement", new PlacementPart(), "deploy.placement").restarts(PlacementPart::restarts),
            key("Networks", new NetworksPart(), "networks"),
            key("LogDriver", new LoggingPart(), "logging"),
            key("Runtime", unwrittenBut("container"), "TaskTemplate.Runtime"));

    private TaskKeys() {}

    private static ComposeKey key(String field, SpecPart part, String... words) {
        return new ComposeKey("TaskTemplate." + field, List.of(words), part);
    }
}

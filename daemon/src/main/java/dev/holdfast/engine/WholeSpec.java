package dev.holdfast.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A service spec that no manager dies of: its task template always has a `Placement`, if only an empty one.
///
/// Where a service's tasks differ from its spec in nothing but placement, a manager looks at the constraints of the
/// spec without asking whether there are any (`orchestrator.nodeMatches`, moby/swarmkit#2947). Without `Placement`
/// every manager that becomes the leader ends there, again and again, since the spec is in the Raft store. To an engine
/// an empty `Placement` means just what none means, and to add it restarts no task.
public final class WholeSpec {

    private static final String TASK = "TaskTemplate";
    private static final String PLACEMENT = "Placement";

    private WholeSpec() {}

    /// @return the same spec if it is whole, else a copy that is
    public static JsonNode of(JsonNode spec) {
        if (isWhole(spec) || !(spec.deepCopy() instanceof ObjectNode whole)) {
            return spec;
        }
        var task = whole.get(TASK) instanceof ObjectNode there ? there : whole.putObject(TASK);
        task.putObject(PLACEMENT);
        return whole;
    }

    public static boolean isWhole(JsonNode spec) {
        return spec.path(TASK).path(PLACEMENT).isObject();
    }
}

package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a service runs a number of instances or one on each node.
final class ModePart implements SpecPart {

    static final String MODE = "deploy.mode";
    static final String REPLICAS = "deploy.replicas";

    private static final Map<String, String> MODES =
            Map.of("Global", "global", "ReplicatedJob", "replicated-job", "GlobalJob", "global-job");

    @Override
    public JsonNode write(App app, SpecContext context) {
        var mode = object();
        var replicas = app.deploy().replicas() == null ? 1 : app.deploy().replicas();
        // Swarm starts a job again at each write, beside the task that still runs, and after each failure that a
        // new leader finds. An instance that is not started again does neither.
        switch (app.schedule() != null ? "scheduled" : app.deploy().mode()) {
            case "scheduled" -> mode.putObject("Replicated").put("Replicas", app.instances());
            case "global" -> mode.putObject("Global");
            case "global-job" -> mode.putObject("GlobalJob");
            case "replicated-job" ->
                mode.putObject("ReplicatedJob").put("MaxConcurrent", replicas).put("TotalCompletions", replicas);
            default -> mode.putObject("Replicated").put("Replicas", replicas);
        }
        return mode;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        var kinds = new ArrayList<String>();
        node.properties().forEach(entry -> kinds.add(entry.getKey()));
        kinds.retainAll(MODES.keySet());
        if (kinds.isEmpty()) {
            values.put(MODE, "replicated");
            values.put(REPLICAS, "" + node.path("Replicated").path("Replicas").asLong(1));
        } else {
            values.put(MODE, MODES.getOrDefault(kinds.getFirst(), ""));
            List.of("MaxConcurrent", "TotalCompletions")
                    .forEach(key -> values.putText(
                            "Mode.ReplicatedJob." + key,
                            node.path("ReplicatedJob").path(key)));
        }
    }

    static boolean restarts(String path, @Nullable String before, @Nullable String after, Names names) {
        return path.equals(MODE);
    }
}

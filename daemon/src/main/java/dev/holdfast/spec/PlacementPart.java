package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import java.util.ArrayList;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where tasks may run. Platforms are not read: Docker's own command adds them when it pins an image.
public final class PlacementPart implements SpecPart {

    /// Where the lock of an app that owns data stands in its file.
    public static final String LOCK = "persistent.node";

    private static final String NODE_ID = "node.id==";
    private static final String CONSTRAINTS = "deploy.placement.constraints";

    /// Written even where it is empty: see [dev.holdfast.engine.WholeSpec].
    @Override
    public JsonNode write(App app, SpecContext context) {
        var placement = object();
        var given = app.deploy().placement();
        var constraints = new ArrayList<>(given.constraints());
        if (context.data().lockNodeId() != null) {
            constraints.add(NODE_ID + context.data().lockNodeId());
        }
        put(placement, "Constraints", constraints);
        var preferences = Specs.array();
        for (var preference : given.preferences()) {
            preferences.addObject().putObject("Spread").put("SpreadDescriptor", preference.spread());
        }
        put(placement, "Preferences", preferences);
        put(
                placement,
                "MaxReplicas",
                context.data().owned() && !app.deploy().isGlobal() ? Integer.valueOf(1) : given.maxReplicasPerNode());
        return placement;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        var constraints = new TreeSet<String>();
        Specs.strings(node.path("Constraints")).forEach(c -> constraints.add(Spelling.constraint(c)));
        for (var constraint : constraints) {
            if (side.locked() && constraint.startsWith(NODE_ID)) {
                values.put(LOCK, constraint.substring(NODE_ID.length()));
            } else {
                values.put(CONSTRAINTS + "[" + constraint + "]", constraint);
            }
        }
        var preferences = new ArrayList<String>();
        for (var preference : node.path("Preferences")) {
            preferences.add(Specs.text(preference.path("Spread").path("SpreadDescriptor")));
        }
        preferences.removeIf(String::isEmpty);
        values.putList(word + ".preferences", preferences);
        values.putAny(word + ".max_replicas_per_node", node.path("MaxReplicas"));
    }

    /// Tasks stay where they are as long as their node satisfies all constraints.
    static boolean restarts(String path, @Nullable String before, @Nullable String after, Names names) {
        if (path.equals(LOCK)) {
            return after != null && !names.satisfied().test(NODE_ID + after);
        }
        return path.startsWith(CONSTRAINTS)
                && after != null
                && !names.satisfied().test(after);
    }

    public static boolean isConstraint(String path) {
        return path.startsWith(CONSTRAINTS);
    }

    static boolean isLock(String path) {
        return path.equals(LOCK) || path.startsWith(CONSTRAINTS + "[" + NODE_ID);
    }
}

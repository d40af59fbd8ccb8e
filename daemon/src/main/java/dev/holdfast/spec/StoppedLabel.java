package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;

/// A service that Holdfast has set to 0 says on a label how many instances it had: so any later run can tell it from
/// one that a person stopped, and can give it back what it had whatever else becomes of its app. A global service has
/// no such number: it gets a constraint that no node satisfies.
public final class StoppedLabel {

    private static final String MODE = "/Mode/Replicated";

    private static final String CONSTRAINTS = "/TaskTemplate/Placement/Constraints";

    private StoppedLabel() {}

    /// Sets a spec to 0. One that is at 0 already stays as it is.
    public static void stop(ObjectNode spec) {
        if (spec.path("Labels").has(Labels.SCHEDULE)) {
            end(spec); // what is at 0 for a while runs again at its next time, and not before
            return;
        }
        if (isGlobal(spec)) {
            spec.withObject("/Labels").put(Labels.STOPPED, "1");
            end(spec);
            return;
        }
        var replicated = spec.withObject(MODE);
        var replicas = replicated.path("Replicas").asInt(1);
        if (replicas > 0) {
            spec.withObject("/Labels").put(Labels.STOPPED, String.valueOf(replicas));
            replicated.put("Replicas", 0);
        }
    }

    /// Sets a spec to 0 without a word of how many instances it had.
    public static void end(ObjectNode spec) {
        if (!isGlobal(spec)) {
            spec.withObject(MODE).put("Replicas", 0);
        } else if (!hasConstraint(spec)) {
            spec.withArray(CONSTRAINTS).add(Labels.STOPPED_CONSTRAINT);
        }
    }

    private static boolean isGlobal(JsonNode spec) {
        return spec.path("Mode").has("Global");
    }

    private static boolean hasConstraint(JsonNode spec) {
        return Specs.strings(spec.at(CONSTRAINTS)).contains(Labels.STOPPED_CONSTRAINT);
    }

    /// The same spec with the instances that it had.
    public static ObjectNode started(JsonNode stopped) {
        var spec = (ObjectNode) stopped.deepCopy();
        if (isGlobal(spec)) {
            spec.withArray(CONSTRAINTS)
                    .removeIf(constraint -> constraint.asText().equals(Labels.STOPPED_CONSTRAINT));
            spec.withObject("/Labels").remove(Labels.STOPPED);
            return spec;
        }
        spec.withObject(MODE).put("Replicas", before(stopped));
        spec.withObject("/Labels").remove(Labels.STOPPED);
        return spec;
    }

    /// Whether Holdfast has stopped it, and nobody has started it since.
    public static boolean is(Service service) {
        return (service.replicas() == 0 || hasConstraint(service.spec())) && before(service.spec()) > 0;
    }

    /// How many instances it had before Holdfast stopped it; 0 where Holdfast did not.
    public static int before(JsonNode spec) {
        var label = spec.path("Labels").path(Labels.STOPPED).asText();
        return label.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(label) : 0;
    }
}

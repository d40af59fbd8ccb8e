package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;
import static dev.holdfast.spec.Specs.textOr;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Deploy.UpdateConfig;
import dev.holdfast.value.Durations;
import org.jspecify.annotations.Nullable;

/// How tasks are replaced, by an update or when one is taken back.
final class ReplacingPart implements SpecPart {

    /// Which of the two.
    interface Section {
        @Nullable
        UpdateConfig of(SpecDefaults defaults, App app, boolean persistent);
    }

    private final Section section;

    ReplacingPart(Section section) {
        this.section = section;
    }

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var config = section.of(context.defaults(), app, context.data().owned());
        if (config == null) {
            return null;
        }
        var node = object();
        if (config.parallelism() != null) {
            node.put("Parallelism", config.parallelism());
        }
        put(node, "Delay", config.delay());
        put(node, "FailureAction", config.failureAction());
        put(node, "Monitor", config.monitor());
        if (config.maxFailureRatio() != null) {
            node.put("MaxFailureRatio", config.maxFailureRatio());
        }
        put(node, "Order", config.order());
        return node;
    }

    /// An absent section means one at a time, an empty one all at once: that is how the engine has it.
    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.put(
                word + ".parallelism",
                "" + (node.isObject() ? node.path("Parallelism").asLong() : 1));
        values.putDuration(word + ".delay", node.path("Delay"));
        values.put(word + ".failure_action", textOr(node.path("FailureAction"), "pause"));
        var monitor = node.path("Monitor").asLong();
        values.put(word + ".monitor", monitor == 0 ? "5s" : Durations.text(monitor));
        values.put(
                word + ".max_failure_ratio",
                "" + (float) node.path("MaxFailureRatio").asDouble());
        values.put(word + ".order", textOr(node.path("Order"), "stop-first"));
    }
}

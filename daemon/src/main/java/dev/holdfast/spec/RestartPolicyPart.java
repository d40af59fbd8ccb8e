package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;
import static dev.holdfast.spec.Specs.textOr;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import dev.holdfast.value.Durations;
import org.jspecify.annotations.Nullable;

/// When a task that ended is started again.
final class RestartPolicyPart implements SpecPart {

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var policy = context.defaults().restart(app);
        if (policy == null) {
            return null;
        }
        var node = object();
        put(node, "Condition", policy.condition());
        // A delay or window of zero is kept by the engine and is not the same as none.
        if (policy.delay() != null) {
            node.put("Delay", policy.delay().toNanos());
        }
        if (policy.maxAttempts() != null) {
            node.put("MaxAttempts", policy.maxAttempts());
        }
        if (policy.window() != null) {
            node.put("Window", policy.window().toNanos());
        }
        return node;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.put(word + ".condition", textOr(node.path("Condition"), "any"));
        var delay = node.path("Delay");
        values.put(word + ".delay", delay.isNumber() ? Durations.text(delay.asLong()) : "5s");
        values.putAny(word + ".max_attempts", node.path("MaxAttempts"));
        values.putDuration(word + ".window", node.path("Window"));
    }
}

package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.orNothing;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the engine asks a container for its health.
final class HealthcheckPart implements SpecPart {

    private static final List<String> NONE = List.of("NONE");

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var check = app.healthcheck();
        if (check == null) {
            return null;
        }
        var node = object();
        if (app.stack() == null && (check.disable() || check.test().equals(NONE))) {
            put(node, "Test", NONE);
            return node;
        }
        put(node, "Test", check.test());
        put(node, "Interval", check.interval());
        put(node, "Timeout", check.timeout());
        put(node, "Retries", check.retries());
        put(node, "StartPeriod", check.startPeriod());
        put(node, "StartInterval", check.startInterval());
        return app.stack() == null ? orNothing(node) : node;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        var test = Specs.strings(node.path("Test"));
        values.putList(word + ".test", test);
        if (!test.isEmpty() && test.getFirst().equals("NONE")) {
            return;
        }
        values.putDuration(word + ".interval", node.path("Interval"));
        values.putDuration(word + ".timeout", node.path("Timeout"));
        values.putDuration(word + ".start_period", node.path("StartPeriod"));
        values.putDuration(word + ".start_interval", node.path("StartInterval"));
        values.putAny(word + ".retries", node.path("Retries"));
    }
}

package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.orNothing;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import org.jspecify.annotations.Nullable;

/// The log driver and its options.
final class LoggingPart implements SpecPart {

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var logging = app.logging();
        if (logging == null) {
            return null;
        }
        var driver = object();
        put(driver, "Name", logging.driver());
        put(driver, "Options", logging.options());
        return app.stack() == null ? orNothing(driver) : driver;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.putText(word + ".driver", node.path("Name"));
        values.putMap(word + ".options", node.path("Options"));
    }
}

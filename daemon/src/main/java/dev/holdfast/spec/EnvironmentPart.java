package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The variables of the container's processes.
final class EnvironmentPart implements SpecPart {

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var unset = app.stack() == null ? List.<String>of() : app.stack().unset();
        var pairs = Stream.concat(
                        app.environment().entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()),
                        unset.stream())
                .sorted()
                .toList();
        return Specs.orNothing(Specs.array(pairs));
    }

    /// What a later entry says of a variable wins, as in the container. `A` without `=` takes it from the image.
    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        var last = new TreeMap<String, String>();
        for (var entry : Specs.strings(node)) {
            var at = entry.indexOf('=');
            last.put(at < 0 ? entry : entry.substring(0, at), at < 0 ? "(unset)" : entry.substring(at + 1));
        }
        last.forEach((name, value) -> values.put(word + "." + name, value));
    }
}

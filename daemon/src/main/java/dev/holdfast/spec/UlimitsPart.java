package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Limits of the processes.
final class UlimitsPart implements SpecPart {

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var list = Specs.array();
        new TreeMap<>(app.ulimits()).forEach((name, ulimit) -> {
            var node = list.addObject();
            node.put("Name", name);
            node.put("Hard", ulimit.hard());
            node.put("Soft", ulimit.soft());
        });
        return Specs.orNothing(list);
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        for (var ulimit : node) {
            var soft = ulimit.path("Soft").asLong();
            var hard = ulimit.path("Hard").asLong();
            values.put(word + "." + Specs.text(ulimit.path("Name")), soft == hard ? "" + soft : soft + ":" + hard);
        }
    }
}

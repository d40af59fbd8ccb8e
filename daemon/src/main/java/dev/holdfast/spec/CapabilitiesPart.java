package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Capabilities, in one spelling. As `docker stack deploy` does: `ALL` makes the rest of its list pointless, and adding
/// wins over dropping.
final class CapabilitiesPart implements SpecPart {

    private final Function<App, SortedSet<String>> names;

    private CapabilitiesPart(Function<App, SortedSet<String>> names) {
        this.names = names;
    }

    static CapabilitiesPart toAdd() {
        return new CapabilitiesPart(app -> Spelling.capabilities(app.capAdd()));
    }

    static CapabilitiesPart toDrop() {
        return new CapabilitiesPart(app -> {
            var drop = new TreeSet<>(Spelling.capabilities(app.capDrop()));
            drop.removeAll(Spelling.capabilities(app.capAdd()));
            return drop;
        });
    }

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        return Specs.orNothing(Specs.array(names.apply(app)));
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.putList(word, Spelling.capabilities(Specs.strings(node)));
    }
}

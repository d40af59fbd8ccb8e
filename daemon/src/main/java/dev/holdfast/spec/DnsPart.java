package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.orNothing;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import org.jspecify.annotations.Nullable;

/// Where containers look names up. Options can only be set by hand.
final class DnsPart implements SpecPart {

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var node = object();
        put(node, "Nameservers", app.dns());
        put(node, "Search", app.dnsSearch());
        return orNothing(node);
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.putList(word, Specs.strings(node.path("Nameservers")));
        values.putList("dns_search", Specs.strings(node.path("Search")));
        values.putList("dns_opt", Specs.strings(node.path("Options")));
    }
}

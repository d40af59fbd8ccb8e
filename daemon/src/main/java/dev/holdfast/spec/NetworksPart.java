package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.orNothing;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.Repository.Network;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The networks that tasks join, by name.
final class NetworksPart implements SpecPart {

    /// In a predefined network no names are looked up, and so aliases are refused.
    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var sorted = new TreeMap<String, ObjectNode>();
        app.networks().forEach((key, attachment) -> {
            var name = context.names().network(key);
            var node = object();
            node.put("Target", name);
            put(node, "Aliases", aliases(app, name, attachment));
            put(node, "DriverOpts", attachment.driverOpts());
            sorted.put(name, node);
        });
        return orNothing(Specs.array().addAll(sorted.values()));
    }

    /// In a stack the short name of the service is among them, in the order of the client.
    private static Collection<String> aliases(App app, String network, NetworkAttachment attachment) {
        if (app.stack() != null) {
            return attachment.aliases();
        }
        var aliases = new TreeSet<>(attachment.aliases());
        aliases.add(app.name());
        return Network.PREDEFINED.contains(network) ? List.of() : aliases;
    }

    /// The service's own name is found there anyway and is no alias.
    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        var aliases = new TreeMap<String, TreeSet<String>>();
        for (var network : node) {
            var name = side.names().network(Specs.text(network.path("Target")));
            aliases.computeIfAbsent(name, n -> new TreeSet<>()).addAll(Specs.strings(network.path("Aliases")));
            values.putMap(word + "." + name + ".driver_opts", network.path("DriverOpts"));
        }
        aliases.forEach((name, set) -> {
            set.remove(side.service());
            set.remove("");
            values.put(word + "." + name, "joined");
            values.putList(word + "." + name + ".aliases", set);
        });
    }
}

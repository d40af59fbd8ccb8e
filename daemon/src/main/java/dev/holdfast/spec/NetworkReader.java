package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.spec.FieldRule.Side;
import java.util.TreeMap;
import java.util.TreeSet;

/// The networks that tasks join, by name. The service's own name is found there anyway and is no alias.
final class NetworkReader {

    private NetworkReader() {}

    static void read(JsonNode node, Side side, FieldValues leaves) {
        var aliases = new TreeMap<String, TreeSet<String>>();
        for (var network : node) {
            var name = side.names().network(Specs.text(network.path("Target")));
            aliases.computeIfAbsent(name, n -> new TreeSet<>()).addAll(Specs.strings(network.path("Aliases")));
            leaves.putMap("networks." + name + ".driver_opts", network.path("DriverOpts"));
        }
        aliases.forEach((name, set) -> {
            set.remove(side.service());
            set.remove("");
            leaves.put("networks." + name, "joined");
            leaves.putList("networks." + name + ".aliases", set);
        });
    }
}

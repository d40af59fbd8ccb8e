package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.spec.FieldRule.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.TreeMap;

/// How a service is reached: `ports[8080/tcp]` is `80`, or `80 (host)`. Ports that the engine picks stand under the
/// container's: `ports[:80/tcp]`.
final class EndpointReader {

    private EndpointReader() {}

    static void read(JsonNode node, Side side, FieldValues leaves) {
        var mode = Specs.text(node.path("Mode"));
        leaves.put("deploy.endpoint_mode", mode.isEmpty() ? "vip" : mode);
        var ports = new TreeMap<String, ArrayList<String>>();
        for (var port : node.path("Ports")) {
            var protocol = Specs.text(port.path("Protocol"));
            var published = port.path("PublishedPort").asLong();
            var target = port.path("TargetPort").asLong();
            var key = (published == 0 ? ":" + target : "" + published) + "/" + (protocol.isEmpty() ? "tcp" : protocol);
            ports.computeIfAbsent(key, k -> new ArrayList<>()).add(target + extras(port));
        }
        ports.forEach((key, targets) -> {
            Collections.sort(targets);
            leaves.put("ports[" + key + "]", String.join(", ", targets));
        });
    }

    private static String extras(JsonNode port) {
        var host = Specs.text(port.path("PublishMode")).equals("host") ? " (host)" : "";
        var name = Specs.text(port.path("Name"));
        return host + (name.isEmpty() ? "" : " (name " + name + ")");
    }
}

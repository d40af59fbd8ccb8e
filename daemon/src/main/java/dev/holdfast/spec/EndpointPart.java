package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;
import static dev.holdfast.spec.Specs.textOr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Port;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// How a service is reached: `ports[8080/tcp]` is `80`, or `80 (host)`. Ports that the engine picks stand under the
/// container's: `ports[:80/tcp]`.
final class EndpointPart implements SpecPart {

    private static final Comparator<Port> ORDER = Comparator.comparingInt(
                    (Port port) -> port.published() == null ? 0 : port.published())
            .thenComparingInt(Port::target)
            .thenComparing(Port::protocol)
            .thenComparing(Port::mode);

    @Override
    public JsonNode write(App app, SpecContext context) {
        var endpoint = object();
        var mode = app.deploy().endpointMode();
        endpoint.put("Mode", mode == null ? "vip" : mode);
        var sorted = app.ports().stream().sorted(ORDER).toList();
        put(endpoint, "Ports", ports(app.stack() == null ? sorted : app.ports()));
        return endpoint;
    }

    private static ArrayNode ports(List<Port> ports) {
        var list = Specs.array();
        ports.forEach(port -> {
            var node = list.addObject();
            node.put("Protocol", port.protocol());
            put(node, "TargetPort", port.target());
            put(node, "PublishedPort", port.published());
            node.put("PublishMode", port.mode());
        });
        return list;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.put("deploy.endpoint_mode", textOr(node.path("Mode"), "vip"));
        var ports = new TreeMap<String, ArrayList<String>>();
        for (var port : node.path("Ports")) {
            var published = port.path("PublishedPort").asLong();
            var target = port.path("TargetPort").asLong();
            var key = (published == 0 ? ":" + target : "" + published) + "/" + textOr(port.path("Protocol"), "tcp");
            ports.computeIfAbsent(key, k -> new ArrayList<>()).add(target + extras(port));
        }
        ports.forEach((key, targets) -> {
            Collections.sort(targets);
            values.put(word + "[" + key + "]", String.join(", ", targets));
        });
    }

    private static String extras(JsonNode port) {
        var host = Specs.text(port.path("PublishMode")).equals("host") ? " (host)" : "";
        var name = Specs.text(port.path("Name"));
        return host + (name.isEmpty() ? "" : " (name " + name + ")");
    }
}

package dev.holdfast.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One port of the Swarm goes to one app. Two apps that publish the same port in host mode may run on different nodes.
final class PortRules {

    private record Published(int port, String protocol) {}

    private record Use(AppDocument document, String path, Port port) {}

    private PortRules() {}

    static void check(List<AppDocument> documents) {
        Map<Published, List<Use>> uses = new LinkedHashMap<>();
        for (var document : documents) {
            if (document.app() != null) {
                collect(document, document.app(), uses);
            }
        }
        uses.forEach(PortRules::conflicts);
    }

    private static void collect(AppDocument document, App app, Map<Published, List<Use>> uses) {
        for (var i = 0; i < app.ports().size(); i++) {
            var port = app.ports().get(i);
            // One line of a stack file may publish several, and they come sorted.
            var path =
                    document.stack() ? "ports" : "ports[" + document.reading().fileIndex("ports", i) + "]";
            if (port.mode().equals("ingress") && "dnsrr".equals(app.deploy().endpointMode())) {
                document.error(path, "endpoint_mode dnsrr allows no ingress ports; write mode: host in the long form");
            }
            if (port.published() != null) {
                uses.computeIfAbsent(new Published(port.published(), port.protocol()), _ -> new ArrayList<>())
                        .add(new Use(document, path, port));
            }
        }
    }

    private static void conflicts(Published published, List<Use> uses) {
        for (var use : uses) {
            uses.stream().filter(other -> conflict(use, other)).findFirst().ifPresent(other -> {
                var taken = other.document() == use.document()
                        ? other.path() + " of the same app"
                        : other.document().where();
                use.document()
                        .error(
                                use.path(),
                                "the port %d/%s is taken by %s"
                                        .formatted(published.port(), published.protocol(), taken));
            });
        }
    }

    private static boolean conflict(Use one, Use other) {
        // Reading a stack tells what its own services publish twice.
        var sameStack = one.document() != other.document()
                && one.document().stack()
                && one.document().files().equals(other.document().files());
        if (one == other || sameStack) {
            return false;
        }
        var bothHost = one.port().mode().equals("host") && other.port().mode().equals("host");
        return one.document() == other.document() || !bothHost;
    }
}

package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/// A port of the nodes that a service or a task has.
///
/// @param protocol `tcp`, `udp` or `sctp`
public record PublishedPort(int number, String protocol) implements Comparable<PublishedPort> {

    public static final String HOST = "host";
    public static final String INGRESS = "ingress";

    /// Those of an engine's list of ports that are published in this mode under a number.
    public static Set<PublishedPort> of(JsonNode ports, String mode) {
        var found = new TreeSet<PublishedPort>();
        for (var port : ports) {
            var number = port.path("PublishedPort").asInt();
            if (number > 0 && port.path("PublishMode").asText(INGRESS).equals(mode)) {
                found.add(new PublishedPort(number, port.path("Protocol").asText("tcp")));
            }
        }
        return Set.copyOf(found);
    }

    @Override
    public int compareTo(PublishedPort other) {
        var byNumber = Integer.compare(number, other.number);
        return byNumber != 0 ? byNumber : protocol.compareTo(other.protocol);
    }

    @Override
    public String toString() {
        return number + "/" + protocol;
    }
}

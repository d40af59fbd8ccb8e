package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The short form of published ports, `[[ADDRESS:]PUBLISHED:]TARGET[/PROTOCOL]`.
///
/// @param address empty for none; the client drops it
/// @param published null for one that the engine picks
record PortSpec(String address, @Nullable Span published, Span target, String protocol) {

    private static final int LAST = 65535;
    private static final int LONGEST = 200;
    private static final Pattern NUMBER = Pattern.compile("[+]?[0-9]{1,9}");
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final String FORM = "must be a port such as 80, \"8080:80\" or \"8080-8082:80-82/udp\"";

    /// A span of ports, both ends included.
    record Span(int first, int last) {
        int size() {
            return last - first + 1;
        }
    }

    /// What is wrong with the text.
    static final class Wrong extends Exception {
        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    static PortSpec parse(String text) throws Wrong {
        if (text.length() > LONGEST) {
            throw new Wrong(FORM);
        }
        var inside = text.substring(text.lastIndexOf(':') + 1);
        var before = text.substring(0, Math.max(0, text.length() - inside.length() - 1));
        var colon = before.lastIndexOf(':');
        var published = before.substring(colon + 1);
        var address = addressOf(colon < 0 ? "" : before.substring(0, colon));
        var slash = inside.indexOf('/');
        var protocol = slash < 0 || slash == inside.length() - 1
                ? "tcp"
                : inside.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
            throw new Wrong("must be of protocol tcp, udp or sctp");
        }
        var target = span(slash < 0 ? inside : inside.substring(0, slash));
        if (published.isEmpty()) {
            return new PortSpec(address, null, target, protocol);
        }
        var outside = span(published);
        if (outside.size() != target.size() && target.size() != 1) {
            throw new Wrong("must have ranges of one length");
        }
        return new PortSpec(address, outside, target, protocol);
    }

    private static Span span(String text) throws Wrong {
        var dash = text.indexOf('-');
        if (dash < 0) {
            var port = number(text);
            return new Span(port, port);
        }
        var first = text.substring(0, dash);
        var last = text.substring(dash + 1);
        var span = new Span(number(first), number(last));
        if (span.size() < 1) {
            throw new Wrong("must have the smaller port of a range first");
        }
        return span;
    }

    private static int number(String text) throws Wrong {
        if (!NUMBER.matcher(text).matches()) {
            throw new Wrong(FORM);
        }
        var port = Integer.parseInt(text);
        if (port > LAST) {
            throw new Wrong("must have ports from 0 to 65535");
        }
        return port;
    }

    private static String addressOf(String text) throws Wrong {
        if (text.isEmpty()) {
            return "";
        }
        var bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (V4.matcher(bare).matches() || V6.matcher(bare).matches() && isV6(bare)) {
            return bare;
        }
        throw new Wrong("must have an IP address before the published port, or nothing");
    }

    /// Looks nothing up: a text with a colon is never taken for a name.
    private static boolean isV6(String text) {
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// One port for each number, in the order in which the client makes them.
    List<ComposePort> ports(Yaml node, Spot spot) {
        if (!address.isEmpty() && !isEverywhere()) {
            spot.warn(
                    StackWarning.DROPPED_KEY,
                    node,
                    "docker stack deploy drops the address %s: the port opens on every address of every node; remove"
                                    .formatted(address)
                            + " it, and close the port by a firewall");
        }
        var ports = new ArrayList<ComposePort>();
        var count = target.size() == 1 && published != null ? published.size() : target.size();
        for (var i = 0; i < count; i++) {
            var inside = target.size() == 1 ? target.first() : target.first() + i;
            var outside = published == null ? 0 : published.first() + i;
            ports.add(new ComposePort(node.place(), inside, outside, protocol, "ingress"));
        }
        if (count > 1 && target.size() == 1) {
            spot.warn(
                    StackWarning.COMPOSE_TRAP,
                    node,
                    "publishes %d ports, all for the one port %d in the container: docker stack deploy picks none of"
                                    .formatted(count, target.first())
                            + " them");
        }
        ports.sort(Comparator.comparing(port -> port.target() + "/" + port.protocol()));
        return ports;
    }

    private boolean isEverywhere() {
        return InetAddress.ofLiteral(address).isAnyLocalAddress();
    }
}

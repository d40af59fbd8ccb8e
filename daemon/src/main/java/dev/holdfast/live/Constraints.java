package dev.holdfast.live;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/// Swarm's placement constraints, evaluated for one node as the scheduler does: `node.role == worker`,
/// `node.labels.zone != a`. Values compare without regard to case, and so do the words of keys; the names of labels do
/// not. An unknown key is satisfied by no node.
public final class Constraints {

    private static final String NODE_LABEL = "node.labels.";
    private static final String ENGINE_LABEL = "engine.labels.";

    private Constraints() {}

    public static boolean satisfied(List<String> constraints, Node node) {
        return constraints.stream().allMatch(constraint -> satisfied(constraint, node));
    }

    /// Those that the node does not satisfy, each with what it has instead: `node.labels.disk is hdd, == ssd
    /// asked`.
    public static List<String> unsatisfied(List<String> constraints, Node node) {
        return constraints.stream()
                .filter(constraint -> !satisfied(constraint, node))
                .map(constraint -> instead(constraint, node))
                .toList();
    }

    private static boolean satisfied(String constraint, Node node) {
        var parts = parts(constraint);
        if (parts.length < 2 || !isKnown(parts[0])) {
            return false;
        }
        var wanted = !constraint.contains("!=");
        if (key(parts[0]).equals("node.ip") && parts[1].contains("/")) {
            return isWithin(node.address(), parts[1]) == wanted;
        }
        return value(parts[0], node).equalsIgnoreCase(parts[1]) == wanted;
    }

    private static String[] parts(String constraint) {
        var parts = constraint.split(constraint.contains("!=") ? "!=" : "==", 2);
        for (var i = 0; i < parts.length; i++) {
            parts[i] = parts[i].strip();
        }
        return parts;
    }

    private static String instead(String constraint, Node node) {
        var parts = parts(constraint);
        if (parts.length < 2 || !isKnown(parts[0])) {
            return "no node has " + parts[0];
        }
        var has = value(parts[0], node);
        return (has.isEmpty() ? "no " + parts[0] : parts[0] + " is " + has) + ", "
                + (constraint.contains("!=") ? "!= " : "== ") + parts[1] + " asked";
    }

    private static boolean isKnown(String key) {
        var known = key(key);
        return List.of("node.id", "node.hostname", "node.role", "node.ip", "node.platform.os", "node.platform.arch")
                        .contains(known)
                || known.startsWith(NODE_LABEL)
                || known.startsWith(ENGINE_LABEL);
    }

    private static String key(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    private static String value(String key, Node node) {
        return switch (key(key)) {
            case "node.id" -> node.id();
            case "node.hostname" -> node.hostname();
            case "node.role" -> node.role();
            case "node.ip" -> node.address();
            case "node.platform.os" -> node.os();
            case "node.platform.arch" -> node.arch();
            default ->
                key(key).startsWith(NODE_LABEL)
                        ? node.labels().getOrDefault(key.substring(NODE_LABEL.length()), "")
                        : node.engineLabels().getOrDefault(key.substring(ENGINE_LABEL.length()), "");
        };
    }

    /// Whether an address lies in a subnet, such as `10.0.0.0/8`.
    private static boolean isWithin(String address, String subnet) {
        var slash = subnet.indexOf('/');
        var base = bytes(subnet.substring(0, slash));
        var own = bytes(address);
        var length = subnet.substring(slash + 1);
        if (base.length == 0 || base.length != own.length || !length.matches("[0-9]{1,3}")) {
            return false;
        }
        for (var bit = 0; bit < Integer.parseInt(length) && bit < base.length * 8; bit++) {
            var mask = 0x80 >> bit % 8;
            if ((base[bit / 8] & mask) != (own[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /// Of an address in digits; a name is never looked up.
    private static byte[] bytes(String address) {
        if (!address.matches("[0-9a-fA-F.]*[.:][0-9a-fA-F.:]*")) {
            return new byte[0];
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}

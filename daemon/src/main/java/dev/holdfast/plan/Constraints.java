package dev.holdfast.plan;

import dev.holdfast.live.Node;
import java.util.List;

/// Swarm's placement constraints, evaluated for one node as the scheduler does: `node.role == worker`,
/// `node.labels.zone != a`. Values compare without regard to case; an unknown key is never satisfied by `==`.
final class Constraints {

    private Constraints() {}

    static boolean satisfied(List<String> constraints, Node node) {
        return constraints.stream().allMatch(constraint -> satisfied(constraint, node));
    }

    private static boolean satisfied(String constraint, Node node) {
        var wanted = !constraint.contains("!=");
        var parts = constraint.split(wanted ? "==" : "!=", 2);
        if (parts.length < 2) {
            return false;
        }
        return value(parts[0].strip(), node).equalsIgnoreCase(parts[1].strip()) == wanted;
    }

    private static String value(String key, Node node) {
        return switch (key) {
            case "node.id" -> node.id();
            case "node.hostname" -> node.hostname();
            case "node.role" -> node.role();
            case "node.ip" -> node.address();
            case "node.platform.os" -> node.os();
            case "node.platform.arch" -> node.arch();
            default -> {
                if (key.startsWith("node.labels.")) {
                    yield node.labels().getOrDefault(key.substring("node.labels.".length()), "");
                }
                if (key.startsWith("engine.labels.")) {
                    yield node.engineLabels().getOrDefault(key.substring("engine.labels.".length()), "");
                }
                yield "";
            }
        };
    }
}

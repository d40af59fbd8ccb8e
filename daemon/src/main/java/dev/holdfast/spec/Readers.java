package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.spec.FieldRule.Reader;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// How the plainer parts of a spec are read.
final class Readers {

    static final String MODE = "deploy.mode";

    private Readers() {}

    static Reader any(String word) {
        return (node, side, leaves) -> leaves.putAny(word, node);
    }

    /// A value that means as much as none, at any depth, is not there.
    static Reader anyBut(String none, String word) {
        return (node, side, leaves) -> {
            leaves.putAny(word, node);
            leaves.values()
                    .values()
                    .removeIf(value -> value.toLowerCase(Locale.ROOT).equals(none));
        };
    }

    static Reader text(String word, UnaryOperator<String> spelling) {
        return (node, side, leaves) -> {
            var text = spelling.apply(Specs.text(node));
            if (!text.isEmpty()) {
                leaves.put(word, text);
            }
        };
    }

    static Reader list(String word) {
        return (node, side, leaves) -> leaves.putList(word, Specs.strings(node));
    }

    static Reader set(String word) {
        return (node, side, leaves) -> leaves.putList(word, new TreeSet<>(Specs.strings(node)));
    }

    static Reader map(String word) {
        return (node, side, leaves) -> leaves.putMap(word, node);
    }

    /// A label of Holdfast that only tells which commit wrote is no difference of its own.
    static Reader serviceLabels() {
        return (node, side, leaves) -> {
            leaves.putMap("deploy.labels", node);
            leaves.values().remove("deploy.labels." + dev.holdfast.live.Labels.COMMIT);
        };
    }

    static Reader duration(String word, String absent) {
        return (node, side, leaves) -> leaves.put(word, duration(node, absent));
    }

    private static String duration(JsonNode node, String absent) {
        return node.isNumber() ? Spelling.duration(node.asLong()) : absent;
    }

    /// A duration whose zero means absent.
    private static void putDuration(FieldValues leaves, String word, JsonNode node) {
        if (node.asLong() != 0) {
            leaves.put(word, Spelling.duration(node.asLong()));
        }
    }

    /// What a later entry says of a variable wins, as in the container. `A` without `=` takes it from the image.
    static Reader environment() {
        return (node, side, leaves) -> {
            var last = new TreeMap<String, String>();
            for (var entry : Specs.strings(node)) {
                var at = entry.indexOf('=');
                last.put(at < 0 ? entry : entry.substring(0, at), at < 0 ? "(unset)" : entry.substring(at + 1));
            }
            last.forEach((name, value) -> leaves.put("environment." + name, value));
        };
    }

    static Reader capabilities(String word) {
        return (node, side, leaves) -> leaves.putList(word, Spelling.capabilities(Specs.strings(node)));
    }

    static Reader ulimits() {
        return (node, side, leaves) -> {
            for (var ulimit : node) {
                var soft = ulimit.path("Soft").asLong();
                var hard = ulimit.path("Hard").asLong();
                leaves.put("ulimits." + Specs.text(ulimit.path("Name")), soft == hard ? "" + soft : soft + ":" + hard);
            }
        };
    }

    /// `1.2.3.4 a b` is two entries; what is said first of a name is looked at first.
    static Reader hosts() {
        return (node, side, leaves) -> {
            for (var line : Specs.strings(node)) {
                var words = line.strip().split("\\s+");
                for (int i = 1; i < words.length; i++) {
                    leaves.put("extra_hosts." + words[i], words[0]);
                }
                if (words.length == 1) {
                    leaves.put("extra_hosts", words[0]);
                }
            }
        };
    }

    static Reader dns() {
        return (node, side, leaves) -> {
            leaves.putList("dns", Specs.strings(node.path("Nameservers")));
            leaves.putList("dns_search", Specs.strings(node.path("Search")));
            leaves.putList("dns_opt", Specs.strings(node.path("Options")));
        };
    }

    static Reader healthcheck() {
        return (node, side, leaves) -> {
            var test = Specs.strings(node.path("Test"));
            leaves.putList("healthcheck.test", test);
            if (!test.isEmpty() && test.getFirst().equals("NONE")) {
                return;
            }
            putDuration(leaves, "healthcheck.interval", node.path("Interval"));
            putDuration(leaves, "healthcheck.timeout", node.path("Timeout"));
            putDuration(leaves, "healthcheck.start_period", node.path("StartPeriod"));
            putDuration(leaves, "healthcheck.start_interval", node.path("StartInterval"));
            leaves.putAny("healthcheck.retries", node.path("Retries"));
        };
    }

    static Reader logging() {
        return (node, side, leaves) -> {
            leaves.putText("logging.driver", node.path("Name"));
            leaves.putMap("logging.options", node.path("Options"));
        };
    }

    /// Files of secrets or configs, by where they appear in the container. IDs are not compared: the name of what
    /// Holdfast makes tells its content.
    ///
    /// @param folder where the engine puts a file whose name is no path
    static Reader files(String word, String name, String folder) {
        return (node, side, leaves) -> {
            for (var reference : node) {
                var file = reference.path("File");
                var target = Spelling.path(Specs.text(file.path("Name")));
                var rest = target.startsWith(folder) ? target.substring(folder.length()) : target;
                var place = rest.startsWith("/") || !rest.contains("/") ? rest : folder + rest;
                var given = file.isObject()
                        ? "uid=" + Specs.text(file.path("UID")) + ", gid=" + Specs.text(file.path("GID")) + ", mode="
                                + Spelling.mode(file.path("Mode").asLong())
                        : "no file";
                var plain = given.equals("uid=0, gid=0, mode=0444");
                leaves.put(
                        word + "[" + place + "]", Specs.text(reference.path(name)) + (plain ? "" : " (" + given + ")"));
            }
        };
    }

    static Reader restartPolicy() {
        return (node, side, leaves) -> {
            var condition = Specs.text(node.path("Condition"));
            leaves.put("deploy.restart_policy.condition", condition.isEmpty() ? "any" : condition);
            leaves.put("deploy.restart_policy.delay", duration(node.path("Delay"), "5s"));
            leaves.putAny("deploy.restart_policy.max_attempts", node.path("MaxAttempts"));
            putDuration(leaves, "deploy.restart_policy.window", node.path("Window"));
        };
    }

    /// An absent section means one at a time, an empty one all at once: that is how the engine has it.
    static Reader replacing(String word) {
        return (node, side, leaves) -> {
            leaves.put(
                    word + ".parallelism",
                    "" + (node.isObject() ? node.path("Parallelism").asLong() : 1));
            putDuration(leaves, word + ".delay", node.path("Delay"));
            leaves.put(word + ".failure_action", textOr(node.path("FailureAction"), "pause"));
            var monitor = node.path("Monitor").asLong();
            leaves.put(word + ".monitor", monitor == 0 ? "5s" : Spelling.duration(monitor));
            leaves.put(
                    word + ".max_failure_ratio",
                    "" + (float) node.path("MaxFailureRatio").asDouble());
            leaves.put(word + ".order", textOr(node.path("Order"), "stop-first"));
        };
    }

    private static String textOr(JsonNode node, String absent) {
        var text = Specs.text(node);
        return text.isEmpty() ? absent : text;
    }

    private static final Map<String, String> MODES =
            Map.of("Global", "global", "ReplicatedJob", "replicated-job", "GlobalJob", "global-job");

    static Reader mode() {
        return (node, side, leaves) -> {
            var kinds = new ArrayList<String>();
            node.properties().forEach(entry -> kinds.add(entry.getKey()));
            kinds.retainAll(MODES.keySet());
            if (kinds.isEmpty()) {
                leaves.put(MODE, "replicated");
                leaves.put(
                        "deploy.replicas",
                        "" + node.path("Replicated").path("Replicas").asLong(1));
            } else {
                leaves.put(MODE, MODES.getOrDefault(kinds.getFirst(), ""));
                Set.of("MaxConcurrent", "TotalCompletions")
                        .forEach(key -> leaves.putText(
                                "Mode.ReplicatedJob." + key,
                                node.path("ReplicatedJob").path(key)));
            }
        };
    }
}

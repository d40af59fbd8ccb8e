package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Healthcheck;
import dev.holdfast.live.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The part of a spec that tells what the container of a task is.
final class ContainerSpecBuilder {

    /// The API that brought `start_interval`; older engines drop it without a word.
    private static final String START_INTERVAL_API = "1.44";

    /// What a file of a secret or config may be read by, if nothing else is said: all.
    private static final int FILE_MODE = 0444;

    private final App app;
    private final SpecContext context;

    ContainerSpecBuilder(App app, SpecContext context) {
        this.app = app;
        this.context = context;
    }

    ObjectNode containerSpec(List<String> notSupported) {
        var node = object();
        node.put("Image", context.image());
        var labels = new TreeMap<>(app.labels());
        labels.put(Labels.STACK, context.cluster());
        put(node, "Labels", labels);
        put(node, "Command", app.entrypoint());
        put(node, "Args", app.command());
        put(node, "Hostname", app.hostname());
        put(node, "Env", pairs(app.environment(), "="));
        put(node, "Dir", app.workingDir());
        put(node, "User", app.user());
        put(node, "TTY", app.tty());
        put(node, "OpenStdin", app.stdinOpen());
        put(node, "ReadOnly", app.readOnly());
        put(node, "Mounts", new MountBuilder(app, context).mounts());
        put(node, "StopSignal", app.stopSignal());
        if (app.stopGracePeriod() != null) {
            node.put("StopGracePeriod", app.stopGracePeriod().toNanos());
        }
        if (app.healthcheck() != null) {
            put(node, "Healthcheck", healthcheck(app.healthcheck(), notSupported));
        }
        put(node, "Hosts", hosts());
        put(node, "DNSConfig", dns());
        put(node, "Secrets", files(app.secrets(), "Secret", context.secretNames()));
        put(node, "Configs", files(app.configs(), "Config", context.configNames()));
        if (app.init() != null) {
            node.put("Init", app.init());
        }
        isolation(node);
        put(node, "Sysctls", app.sysctls());
        capabilities(node);
        put(node, "Ulimits", ulimits());
        return node;
    }

    private static List<String> pairs(Map<String, String> map, String separator) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + separator + entry.getValue())
                .sorted()
                .toList();
    }

    private ObjectNode healthcheck(Healthcheck check, List<String> notSupported) {
        var node = object();
        if (check.disable() || check.test().equals(List.of("NONE"))) {
            put(node, "Test", List.of("NONE"));
            return node;
        }
        put(node, "Test", check.test());
        put(node, "Interval", check.interval());
        put(node, "Timeout", check.timeout());
        put(node, "Retries", check.retries());
        put(node, "StartPeriod", check.startPeriod());
        if (check.startInterval() != null && !context.version().atLeast(START_INTERVAL_API)) {
            notSupported.add("healthcheck.start_interval needs a newer engine (API " + START_INTERVAL_API
                    + "; this one, " + context.version().engine() + ", speaks "
                    + context.version().api() + ") and is left out");
        } else {
            put(node, "StartInterval", check.startInterval());
        }
        return node;
    }

    private List<String> hosts() {
        return app.extraHosts().stream()
                .map(host -> host.ip() + " " + host.host())
                .distinct()
                .toList();
    }

    private ObjectNode dns() {
        var node = object();
        put(node, "Nameservers", app.dns());
        put(node, "Search", app.dnsSearch());
        return node;
    }

    /// @param kind `Secret` or `Config`, which is how the engine's fields begin
    private static ArrayNode files(List<FileReference> references, String kind, Map<String, String> names) {
        var list = Specs.array();
        references.stream()
                .sorted(Comparator.comparing(FileReference::targetOrSource).thenComparing(FileReference::source))
                .forEach(reference -> {
                    var node = list.addObject();
                    var file = node.putObject("File");
                    file.put("Name", reference.targetOrSource());
                    file.put("UID", reference.uid() == null ? "0" : reference.uid());
                    file.put("GID", reference.gid() == null ? "0" : reference.gid());
                    file.put("Mode", reference.mode() == null ? FILE_MODE : reference.mode());
                    node.put(kind + "ID", "");
                    node.put(kind + "Name", names.getOrDefault(reference.source(), reference.source()));
                });
        return list;
    }

    /// Anything that a Linux engine doesn't know becomes its default, which is the same as saying nothing.
    private void isolation(ObjectNode node) {
        var isolation = app.isolation() == null ? "" : app.isolation().toLowerCase(Locale.ROOT);
        if (Set.of("process", "hyperv").contains(isolation)) {
            node.put("Isolation", isolation);
        }
    }

    /// As `docker stack deploy` does: `ALL` makes the rest of its list pointless, and adding wins over dropping.
    private void capabilities(ObjectNode node) {
        var add = Spelling.capabilities(app.capAdd());
        var drop = new TreeSet<>(Spelling.capabilities(app.capDrop()));
        drop.removeAll(add);
        put(node, "CapabilityAdd", add);
        put(node, "CapabilityDrop", drop);
    }

    private ArrayNode ulimits() {
        var list = Specs.array();
        new TreeMap<>(app.ulimits()).forEach((name, ulimit) -> {
            var node = list.addObject();
            node.put("Name", name);
            node.put("Hard", ulimit.hard());
            node.put("Soft", ulimit.soft());
        });
        return list;
    }
}

package dev.holdfast.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.value.ByteSize;
import dev.holdfast.value.Durations;
import dev.holdfast.yaml.NumberForms;
import dev.holdfast.yaml.Placeholder;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A running service as an app file that makes the same one: its spec, key by key. What no key can say is left to
/// [LiveImport], which compares.
final class LiveService {

    private static final List<String> OURS = List.of("com.docker.stack.", "dev.holdfast.");

    private final Service service;
    private final LiveObjects objects;
    private final JsonNode task;
    private final JsonNode container;
    private final Draft draft;

    /// Secrets that are not written, by the variable that stands for each.
    private final Map<String, String> secrets = new TreeMap<>();

    LiveService(Service service, LiveObjects objects) {
        this.service = service;
        this.objects = objects;
        this.task = service.spec().path("TaskTemplate");
        this.container = task.path("ContainerSpec");
        this.draft = new Draft(service.name());
    }

    Map<String, String> secrets() {
        return secrets;
    }

    /// @param withSecrets whether the file has the values of variables whose names say secret
    Draft draft(boolean withSecrets) {
        draft.put("image", image());
        draft.put("entrypoint", strings(container.path("Command")));
        draft.put("command", strings(container.path("Args")));
        draft.put("environment", environment(withSecrets));
        draft.put("labels", ownLabels(container.path("Labels")));
        networks();
        ports();
        healthcheck();
        draft.put("user", text(container.path("User")));
        draft.put("working_dir", text(container.path("Dir")));
        draft.put("hostname", text(container.path("Hostname")));
        flag("init", container.path("Init"), false);
        flag("read_only", container.path("ReadOnly"), true);
        flag("tty", container.path("TTY"), true);
        flag("stdin_open", container.path("OpenStdin"), true);
        draft.put("stop_signal", text(container.path("StopSignal")));
        duration("stop_grace_period", container.path("StopGracePeriod"), "10s");
        draft.put("extra_hosts", hosts());
        draft.put("dns", strings(container.path("DNSConfig").path("Nameservers")));
        draft.put("dns_search", strings(container.path("DNSConfig").path("Search")));
        draft.put("cap_add", capabilities(container.path("CapabilityAdd")));
        draft.put("cap_drop", capabilities(container.path("CapabilityDrop")));
        draft.put("sysctls", pairs(container.path("Sysctls")));
        ulimits();
        logging();
        if (container.path("OomScoreAdj").asInt() != 0) {
            draft.put(
                    "oom_score_adj",
                    YamlTree.plain(container.path("OomScoreAdj").asText()));
        }
        var isolation = text(container.path("Isolation"));
        draft.put("isolation", isolation.equals("default") ? "" : isolation);
        new LiveDeploy(service, draft).put();
        references("secrets", container.path("Secrets"), "SecretName");
        references("configs", container.path("Configs"), "ConfigName");
        var node = service.lockedNode();
        if (node.isPresent() && LiveDeploy.isLocked(service)) {
            draft.node(objects.hostname(node.get()));
        }
        new LiveMounts(container.path("Mounts"), objects, draft).put();
        return draft;
    }

    /// As somebody wrote it: without the digest that a client has added to a tag.
    private String image() {
        var image = text(container.path("Image"));
        var written = text(service.spec().path("Labels").path(Labels.STACK_IMAGE));
        var at = image.indexOf('@');
        var tagged = at < 0 ? image : image.substring(0, at);
        if (!written.isEmpty()
                && (written.equals(image) || tagged.equals(written) || tagged.equals(written + ":latest"))) {
            return written;
        }
        return tagged.lastIndexOf(':') > tagged.lastIndexOf('/') ? tagged : image;
    }

    /// What comes later wins, as in the container.
    private Map<String, String> environment(boolean withSecrets) {
        var environment = new LinkedHashMap<String, String>();
        for (var entry : strings(container.path("Env"))) {
            var equals = entry.indexOf('=');
            if (equals > 0) {
                environment.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        if (!withSecrets) {
            environment.replaceAll((name, value) -> SecretValues.is(name, value) ? placeholder(name, value) : value);
        }
        return environment;
    }

    private String placeholder(String name, String value) {
        var variable = SecretValues.variable(service.name(), name);
        secrets.put(variable, value);
        return Placeholder.of(variable);
    }

    private static Map<String, String> ownLabels(JsonNode labels) {
        var own = pairs(labels);
        own.keySet().removeIf(label -> OURS.stream().anyMatch(label::startsWith));
        return own;
    }

    static Map<String, String> labelsOfService(Service service) {
        return ownLabels(service.spec().path("Labels"));
    }

    private void networks() {
        var networks = new TreeMap<String, Yaml>();
        var plain = true;
        for (var network : task.path("Networks")) {
            var aliases = new ArrayList<>(strings(network.path("Aliases")));
            aliases.removeIf(service.name()::equals);
            var options = pairs(network.path("DriverOpts"));
            var joined = new LinkedHashMap<String, Yaml>();
            if (!aliases.isEmpty()) {
                joined.put("aliases", YamlTree.texts(aliases));
            }
            if (!options.isEmpty()) {
                joined.put("driver_opts", texts(options));
            }
            plain &= joined.isEmpty();
            networks.put(objects.network(text(network.path("Target"))), YamlTree.mapping(joined));
        }
        // An empty list says that it needs none.
        draft.put("networks", plain ? YamlTree.texts(networks.keySet()) : YamlTree.mapping(networks));
    }

    private void ports() {
        var ports = new ArrayList<Yaml>();
        for (var port : service.spec().path("EndpointSpec").path("Ports")) {
            var target = port.path("TargetPort").asInt();
            var published = port.path("PublishedPort").asInt();
            var protocol = text(port.path("Protocol"));
            var known = protocol.isEmpty() ? "tcp" : protocol;
            if (text(port.path("PublishMode")).equals("host")) {
                var written = new LinkedHashMap<String, Yaml>();
                written.put("target", YamlTree.plain("" + target));
                if (published != 0) {
                    written.put("published", YamlTree.plain("" + published));
                }
                if (!known.equals("tcp")) {
                    written.put("protocol", YamlTree.text(known));
                }
                written.put("mode", YamlTree.text("host"));
                ports.add(YamlTree.mapping(written));
            } else {
                ports.add(YamlTree.text(
                        (published == 0 ? "" : published + ":") + target + (known.equals("tcp") ? "" : "/" + known)));
            }
        }
        if (!ports.isEmpty()) {
            draft.put("ports", YamlTree.list(ports));
        }
    }

    private void healthcheck() {
        var check = container.path("Healthcheck");
        var test = strings(check.path("Test"));
        if (!test.isEmpty() && test.getFirst().equals("NONE")) {
            draft.put("healthcheck.disable", YamlTree.plain("true"));
            return;
        }
        var shell = test.size() == 2
                && test.getFirst().equals("CMD-SHELL")
                && !test.get(1).equals("NONE");
        if (!test.isEmpty()) {
            draft.put("healthcheck.test", shell ? YamlTree.text(test.get(1)) : YamlTree.texts(test));
        }
        duration("healthcheck.interval", check.path("Interval"), "0s");
        duration("healthcheck.timeout", check.path("Timeout"), "0s");
        if (check.path("Retries").asInt() != 0) {
            draft.put(
                    "healthcheck.retries", YamlTree.plain(check.path("Retries").asText()));
        }
        duration("healthcheck.start_period", check.path("StartPeriod"), "0s");
        duration("healthcheck.start_interval", check.path("StartInterval"), "0s");
    }

    /// `10.0.0.1 a b` is two entries.
    private List<String> hosts() {
        var hosts = new ArrayList<String>();
        for (var line : strings(container.path("Hosts"))) {
            var words = line.strip().split("\\s+");
            for (var i = 1; i < words.length; i++) {
                hosts.add(words[i] + (words[0].indexOf(':') < 0 ? ":" : "=") + words[0]);
            }
        }
        return hosts;
    }

    private static List<String> capabilities(JsonNode list) {
        return strings(list).stream()
                .map(name -> name.replaceFirst("^CAP_", ""))
                .toList();
    }

    private void ulimits() {
        var ulimits = new TreeMap<String, Yaml>();
        for (var limit : container.path("Ulimits")) {
            var soft = YamlTree.plain(limit.path("Soft").asText("0"));
            var hard = YamlTree.plain(limit.path("Hard").asText("0"));
            ulimits.put(
                    text(limit.path("Name")),
                    soft.equals(hard) ? soft : YamlTree.mapping(inOrder("soft", soft, "hard", hard)));
        }
        if (!ulimits.isEmpty()) {
            draft.put("ulimits", YamlTree.mapping(ulimits));
        }
    }

    private void logging() {
        var driver = task.path("LogDriver");
        var name = text(driver.path("Name"));
        if (!name.isEmpty()) {
            draft.put("logging.driver", YamlTree.text(name));
        }
        var options = pairs(driver.path("Options"));
        if (!options.isEmpty()) {
            draft.put("logging.options", texts(options));
        }
    }

    /// Files of secrets or configs; what the engine itself makes of a config (a credential spec) has none.
    private void references(String key, JsonNode list, String name) {
        var references = new ArrayList<Yaml>();
        for (var reference : list) {
            var file = reference.path("File");
            if (!file.isObject()) {
                continue;
            }
            var source = objects.content(key, text(reference.path(name)));
            var written = new LinkedHashMap<String, Yaml>();
            written.put("source", YamlTree.text(source));
            var target = text(file.path("Name"));
            if (!target.equals(source)) {
                written.put("target", YamlTree.text(target));
            }
            for (var owner : List.of("UID", "GID")) {
                var id = text(file.path(owner));
                if (!id.isEmpty() && !id.equals("0")) {
                    written.put(owner.toLowerCase(Locale.ROOT), YamlTree.text(id));
                }
            }
            var mode = file.path("Mode").asInt();
            if (mode != 0444) {
                written.put("mode", YamlTree.plain(NumberForms.Mode.spelled(mode)));
            }
            references.add(written.size() == 1 ? YamlTree.text(source) : YamlTree.mapping(written));
        }
        if (!references.isEmpty()) {
            draft.put(key, YamlTree.list(references));
        }
    }

    /// @param writeOnlyTrue whether false is as good as nothing
    private void flag(String key, JsonNode value, boolean writeOnlyTrue) {
        if (value.isBoolean() && (value.asBoolean() || !writeOnlyTrue)) {
            draft.put(key, YamlTree.plain(value.asText()));
        }
    }

    private void duration(String key, JsonNode nanos, String absent) {
        put(draft, key, nanos, absent);
    }

    /// @param absent what the engine does where the spec says nothing
    static void put(Draft draft, String key, JsonNode nanos, String absent) {
        var text = Durations.text(nanos.asLong());
        if (nanos.isNumber() && !text.equals(absent)) {
            draft.put(key, YamlTree.text(text));
        }
    }

    static String bytes(long bytes) {
        return new ByteSize(bytes).exact().toLowerCase(Locale.ROOT);
    }

    static String cpus(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    static List<String> strings(JsonNode list) {
        return list.valueStream().map(LiveService::text).toList();
    }

    static Map<String, String> pairs(JsonNode object) {
        var pairs = new TreeMap<String, String>();
        object.properties().forEach(entry -> pairs.put(entry.getKey(), text(entry.getValue())));
        return pairs;
    }

    static Yaml texts(Map<String, String> pairs) {
        var texts = new LinkedHashMap<String, Yaml>();
        pairs.forEach((key, value) -> texts.put(key, YamlTree.text(value)));
        return YamlTree.mapping(texts);
    }

    static Map<String, Yaml> inOrder(String one, Yaml first, String other, Yaml second) {
        var both = new LinkedHashMap<String, Yaml>();
        both.put(one, first);
        both.put(other, second);
        return both;
    }
}

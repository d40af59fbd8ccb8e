package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Repository.ContentSource;
import dev.holdfast.app.Repository.Network;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.spec.ContentNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// What services need around them: networks, secrets and configs. Tells what each is called in the Swarm, what is
/// missing, what must be made and what nothing needs any more.
final class Surroundings {

    private static final String ENCRYPTED = "encrypted";

    private final Situation situation;
    private final Map<String, String> secretNames = new HashMap<>();
    private final Map<String, String> configNames = new HashMap<>();

    Surroundings(Situation situation) {
        this.situation = situation;
        var repository = situation.repository();
        repository.secrets().forEach((key, source) -> secretNames.put(key, name(key, source, true)));
        repository.configs().forEach((key, source) -> configNames.put(key, name(key, source, false)));
    }

    String networkName(String key) {
        var declared = situation.repository().networks().get(key);
        return declared == null || declared.name() == null ? key : declared.name();
    }

    Map<String, String> networkNames() {
        var names = new HashMap<String, String>();
        situation.repository().networks().keySet().forEach(key -> names.put(key, networkName(key)));
        return names;
    }

    Map<String, String> secretNames() {
        return secretNames;
    }

    Map<String, String> configNames() {
        return configNames;
    }

    /// Why an app cannot have what it asks for; empty where all is there or can be made.
    List<Hold> missing(App app) {
        var holds = new ArrayList<Hold>();
        for (var key : app.networks().keySet()) {
            var declared = situation.repository().networks().get(key);
            if (declared != null) {
                missingNetwork(app, networkName(key), declared, holds);
            }
        }
        var repository = situation.repository();
        missingContent(
                app,
                app.secrets(),
                "secret",
                HoldCode.SECRET_MISSING,
                situation.live().secrets(),
                repository.secrets(),
                holds);
        missingContent(
                app,
                app.configs(),
                "config",
                HoldCode.CONFIG_MISSING,
                situation.live().configs(),
                repository.configs(),
                holds);
        return holds;
    }

    /// Networks, secrets and configs that these apps use and that are not there yet.
    List<Change> creations(Collection<App> apps) {
        var changes = new ArrayList<Change>();
        var networks = new TreeSet<String>();
        var secrets = new TreeSet<String>();
        var configs = new TreeSet<String>();
        for (var app : apps) {
            networks.addAll(app.networks().keySet());
            app.secrets().forEach(reference -> secrets.add(reference.source()));
            app.configs().forEach(reference -> configs.add(reference.source()));
        }
        for (var key : networks) {
            var declared = situation.repository().networks().get(key);
            if (declared != null && !declared.external() && liveNetwork(networkName(key)) == null) {
                changes.add(new Change.CreateNetwork(networkName(key), networkBody(networkName(key), declared)));
            }
        }
        create(Change.Kind.SECRET, secrets, secretNames, situation.live().secrets(), changes);
        create(Change.Kind.CONFIG, configs, configNames, situation.live().configs(), changes);
        return changes;
    }

    /// Secrets and configs of ours that no live spec, no previous spec and none of these names need.
    static List<Change.RemoveContent> unusedContents(Live live, String cluster, Set<String> needed) {
        var used = new TreeSet<>(needed);
        for (var service : live.services()) {
            collectContents(service, used);
        }
        var changes = new ArrayList<Change.RemoveContent>();
        live.secrets().stream()
                .filter(content -> isUnused(content, cluster, used))
                .forEach(c -> changes.add(new Change.RemoveContent(Change.Kind.SECRET, c.name(), c.id())));
        live.configs().stream()
                .filter(content -> isUnused(content, cluster, used))
                .forEach(c -> changes.add(new Change.RemoveContent(Change.Kind.CONFIG, c.name(), c.id())));
        return changes;
    }

    /// Live networks of ours that differ from what is declared: Swarm cannot change a network in place.
    List<Warning> differences() {
        var warnings = new ArrayList<Warning>();
        situation.repository().networks().forEach((key, declared) -> {
            var live = liveNetwork(networkName(key));
            if (live != null && !declared.external() && differs(live, declared)) {
                warnings.add(new Warning(
                        "",
                        WarningCode.NETWORK_DIFFERS,
                        "network " + live.name() + " is not as declared, and a network cannot be changed in place:"
                                + " declare it under another name, move the apps, then drop the old one"));
            }
        });
        return warnings;
    }

    private boolean differs(dev.holdfast.live.Network live, Network declared) {
        var driver = declared.driver() == null ? "overlay" : declared.driver();
        return !live.driver().equals(driver)
                || live.internal() != declared.internal()
                || live.attachable() != declared.attachable()
                || !options(live.options()).equals(options(asked(declared)))
                || declared.ipam() != null
                        && !declared.ipam().config().stream()
                                .allMatch(subnet -> live.subnets().contains(subnet.subnet()));
    }

    private static Map<String, String> asked(Network declared) {
        var options = new TreeMap<>(declared.driverOpts());
        if (declared.encrypted()) {
            options.put(ENCRYPTED, "");
        }
        return options;
    }

    /// Without what the engine adds by itself; `encrypted` is on whatever its value.
    private static Map<String, String> options(Map<String, String> given) {
        var options = new TreeMap<>(given);
        options.keySet().removeIf(option -> option.endsWith(".vxlanid_list"));
        options.computeIfPresent(ENCRYPTED, (option, value) -> "");
        return options;
    }

    private void missingNetwork(App app, String name, Network declared, List<Hold> holds) {
        var live = liveNetwork(name);
        if (declared.external() && live == null && !Network.PREDEFINED.contains(name)) {
            holds.add(new Hold(
                    app.name(),
                    HoldCode.NETWORK_MISSING,
                    "network " + name + " is external, and the Swarm has no such network",
                    "docker network create --driver overlay " + name));
        } else if (!declared.external()
                && live != null
                && !situation.cluster().equals(live.labels().get(Labels.CLUSTER))) {
            holds.add(new Hold(
                    app.name(),
                    HoldCode.NOT_OURS,
                    "network " + name + " is there, and Holdfast did not make it",
                    "networks: { " + name + ": { external: true } }   # in holdfast.yaml, to use it as it is"));
        }
    }

    private static void missingContent(
            App app,
            List<FileReference> references,
            String word,
            HoldCode code,
            List<Content> live,
            Map<String, ContentSource> declared,
            List<Hold> holds) {
        for (var reference : references) {
            var source = declared.get(reference.source());
            if (source == null || !source.external()) {
                continue;
            }
            var name = source.name() == null ? reference.source() : source.name();
            if (live.stream().noneMatch(content -> content.name().equals(name))) {
                holds.add(new Hold(
                        app.name(),
                        code,
                        word + " " + name + " is external, and the Swarm has none of that name",
                        "docker " + word + " create " + name + " FILE"));
            }
        }
    }

    private String name(String key, ContentSource source, boolean secret) {
        if (source.external() || source.file() == null) {
            return source.name() == null ? key : source.name();
        }
        var data = data(source);
        return secret
                ? ContentNames.secret(key, source, data, situation.ledger().nameKey())
                : ContentNames.config(key, source, data);
    }

    private byte[] data(ContentSource source) {
        return situation.desired().contents().getOrDefault(String.valueOf(source.file()), new byte[0]);
    }

    private void create(
            Change.Kind kind,
            Collection<String> keys,
            Map<String, String> names,
            List<Content> live,
            List<Change> changes) {
        var repository = situation.repository();
        var declared = kind == Change.Kind.SECRET ? repository.secrets() : repository.configs();
        for (var key : keys) {
            var source = declared.get(key);
            var name = names.getOrDefault(key, key);
            if (source != null
                    && !source.external()
                    && live.stream().noneMatch(c -> c.name().equals(name))) {
                var labels = JsonNodeFactory.instance.objectNode();
                labels.put(Labels.CLUSTER, situation.cluster());
                labels.put(Labels.SOURCE, key);
                changes.add(new Change.CreateContent(kind, name, key, data(source), labels, source.templateDriver()));
            }
        }
    }

    private ObjectNode networkBody(String name, Network declared) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("Name", name);
        body.put("CheckDuplicate", true);
        body.put("Driver", declared.driver() == null ? "overlay" : declared.driver());
        body.put("Internal", declared.internal());
        body.put("Attachable", declared.attachable());
        var options = body.putObject("Options");
        asked(declared).forEach(options::put);
        var ipam = declared.ipam();
        if (ipam != null) {
            var target = body.putObject("IPAM");
            target.put("Driver", ipam.driver() == null ? "default" : ipam.driver());
            var config = target.putArray("Config");
            ipam.config().forEach(subnet -> config.addObject().put("Subnet", subnet.subnet()));
        }
        var labels = body.putObject("Labels");
        new TreeMap<>(declared.labels()).forEach(labels::put);
        labels.put(Labels.CLUSTER, situation.cluster());
        labels.put(Labels.STACK, situation.cluster());
        return body;
    }

    private dev.holdfast.live.@org.jspecify.annotations.Nullable Network liveNetwork(String name) {
        return situation.live().networks().stream()
                .filter(network -> network.isSwarm() && network.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static void collectContents(Service service, Set<String> used) {
        Function<com.fasterxml.jackson.databind.JsonNode, com.fasterxml.jackson.databind.JsonNode> container =
                spec -> spec.path("TaskTemplate").path("ContainerSpec");
        var specs = new ArrayList<com.fasterxml.jackson.databind.JsonNode>();
        specs.add(container.apply(service.spec()));
        if (service.previousSpec() != null) {
            specs.add(container.apply(service.previousSpec()));
        }
        for (var spec : specs) {
            spec.path("Secrets")
                    .forEach(secret -> used.add(secret.path("SecretName").asText()));
            spec.path("Configs")
                    .forEach(config -> used.add(config.path("ConfigName").asText()));
        }
    }

    private static boolean isUnused(Content content, String cluster, Set<String> used) {
        return content.belongsTo(cluster)
                && content.labels().containsKey(Labels.SOURCE)
                && !used.contains(content.name());
    }
}

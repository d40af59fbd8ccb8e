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
    private final ContentNaming secrets;
    private final ContentNaming configs;

    Surroundings(Situation situation) {
        this.situation = situation;
        this.secrets = ContentNaming.ofSecrets(situation);
        this.configs = ContentNaming.ofConfigs(situation);
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
        return secrets.names();
    }

    Map<String, String> configNames() {
        return configs.names();
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
        missingContent(app, secretKeys(app), secrets, holds);
        missingContent(app, configKeys(app), configs, holds);
        return holds;
    }

    /// Networks, secrets and configs that these apps use and that are not there yet.
    List<Change> creations(Collection<App> apps) {
        var changes = new ArrayList<Change>();
        var networks = new TreeSet<String>();
        var secretKeys = new TreeSet<String>();
        var configKeys = new TreeSet<String>();
        for (var app : apps) {
            networks.addAll(app.networks().keySet());
            secretKeys.addAll(secretKeys(app));
            configKeys.addAll(configKeys(app));
        }
        for (var key : networks) {
            var declared = situation.repository().networks().get(key);
            if (declared != null && !declared.external() && liveNetwork(networkName(key)) == null) {
                changes.add(new Change.CreateNetwork(networkName(key), networkBody(networkName(key), declared)));
            }
        }
        create(secrets, secretKeys, changes);
        create(configs, configKeys, changes);
        return changes;
    }

    private static List<String> secretKeys(App app) {
        return app.secrets().stream().map(FileReference::source).toList();
    }

    /// The configs that an app uses, as files or as the credentials of a Windows account.
    static List<String> configKeys(App app) {
        var keys = new ArrayList<>(
                app.configs().stream().map(FileReference::source).toList());
        var credentials = app.stack() == null ? null : app.stack().credentialSpec();
        if (credentials != null && credentials.config() != null) {
            keys.add(credentials.config());
        }
        return keys;
    }

    /// What secrets that Holdfast did not make are taken to hold, for as long as they are there.
    Map<String, String> takenContents(Collection<App> apps) {
        var known = new TreeMap<>(situation.ledger().contents());
        known.keySet()
                .retainAll(situation.live().secrets().stream().map(Content::id).toList());
        for (var app : apps) {
            known.putAll(secrets.taken(secretKeys(app)));
        }
        return known;
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
            if (!isMade(name)) {
                holds.add(new Hold(
                        app.name(),
                        HoldCode.NETWORK_MISSING,
                        "network " + name + " is external, and the Swarm has no such network",
                        "docker network create --driver overlay " + name));
            }
        } else if (!declared.external() && live != null && isForeign(app, live, declared)) {
            holds.add(new Hold(
                    app.name(),
                    HoldCode.NOT_OURS,
                    "network " + name + " is there, and Holdfast did not make it",
                    declared.stack() == null
                            ? "networks: { " + name + ": { external: true } }   # in holdfast.yaml, to use it as it is"
                            : "adopt: true   # to use it as it is"));
        }
    }

    /// Whether another file of the repository declares it, so that it will be there.
    private boolean isMade(String name) {
        return situation.repository().networks().entrySet().stream()
                .anyMatch(entry -> !entry.getValue().external()
                        && networkName(entry.getKey()).equals(name));
    }

    /// A network that has the label of the stack is the stack's, whoever has made it: so Docker's client has it,
    /// too.
    private boolean isForeign(App app, dev.holdfast.live.Network live, Network declared) {
        var ours = situation.cluster().equals(live.labels().get(Labels.CLUSTER));
        var stack = declared.stack();
        return !ours && (stack == null || !stack.equals(live.labels().get(Labels.STACK)) && !app.adopt());
    }

    private static void missingContent(App app, List<String> keys, ContentNaming naming, List<Hold> holds) {
        for (var key : keys) {
            var source = naming.declared().get(key);
            if (source == null || source.file() != null) {
                continue;
            }
            var name = naming.names().getOrDefault(key, key);
            var driver = source.stack() == null ? null : source.stack().driver();
            if (naming.live(name) == null) {
                var word = naming.word();
                holds.add(
                        driver == null
                                ? new Hold(
                                        app.name(),
                                        naming.missing(),
                                        word + " " + name + " is external, and the Swarm has none of that name",
                                        "docker " + word + " create " + name + " FILE")
                                : new Hold(
                                        app.name(),
                                        naming.missing(),
                                        word + " " + name + " comes from the driver " + driver
                                                + ", which Holdfast does not ask, and the Swarm has none of that name",
                                        "docker " + word + " create --driver " + driver + " " + name));
            }
        }
    }

    private void create(ContentNaming naming, Collection<String> keys, List<Change> changes) {
        for (var key : keys) {
            var source = naming.declared().get(key);
            var name = naming.names().getOrDefault(key, key);
            if (source != null && source.file() != null && naming.live(name) == null) {
                changes.add(new Change.CreateContent(
                        naming.kind(),
                        name,
                        key,
                        naming.data(source),
                        labels(key, source, naming.contentLabel(key, source)),
                        source.templateDriver()));
            }
        }
    }

    private ObjectNode labels(
            String key, ContentSource source, @org.jspecify.annotations.Nullable String contentLabel) {
        var labels = JsonNodeFactory.instance.objectNode();
        var stack = source.stack();
        if (stack != null) {
            new TreeMap<>(stack.labels()).forEach(labels::put);
            labels.put(Labels.STACK, stack.stack());
        }
        labels.put(Labels.CLUSTER, situation.cluster());
        labels.put(Labels.SOURCE, key);
        if (contentLabel != null) {
            labels.put(Labels.CONTENT, contentLabel);
        }
        return labels;
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
        labels.put(Labels.STACK, declared.stack() == null ? situation.cluster() : declared.stack());
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

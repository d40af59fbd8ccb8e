package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Repository.ContentSource;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The secrets and configs of `holdfast.yaml`: what each is called in the Swarm, which are missing, which must be made,
/// and which nothing needs any more.
public final class Contents {

    private final Situation situation;
    private final ContentNaming secrets;
    private final ContentNaming configs;

    Contents(Situation situation) {
        this.situation = situation;
        this.secrets = ContentNaming.ofSecrets(situation);
        this.configs = ContentNaming.ofConfigs(situation);
    }

    Map<String, String> secretNames() {
        return secrets.names();
    }

    Map<String, String> configNames() {
        return configs.names();
    }

    /// Why an app cannot have the secrets and configs that it asks for; empty where all are there or can be made.
    List<Hold> missing(App app) {
        var holds = new ArrayList<Hold>();
        missing(app, secretKeys(app), secrets, holds);
        missing(app, configKeys(app), configs, holds);
        return holds;
    }

    private static void missing(App app, List<String> keys, ContentNaming naming, List<Hold> holds) {
        for (var key : keys) {
            var source = naming.declared().get(key);
            if (source == null || source.content() != null) {
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

    /// Those that these apps use and that are not there yet.
    List<Change> creations(Collection<App> apps) {
        var secretKeys = new TreeSet<String>();
        var configKeys = new TreeSet<String>();
        for (var app : apps) {
            secretKeys.addAll(secretKeys(app));
            configKeys.addAll(configKeys(app));
        }
        var changes = new ArrayList<Change>();
        create(secrets, secretKeys, changes);
        create(configs, configKeys, changes);
        return changes;
    }

    private void create(ContentNaming naming, Collection<String> keys, List<Change> changes) {
        for (var key : keys) {
            var source = naming.declared().get(key);
            var name = naming.names().getOrDefault(key, key);
            if (source != null && source.content() != null && naming.live(name) == null) {
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

    private ObjectNode labels(String key, ContentSource source, @Nullable String contentLabel) {
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

    private static List<String> secretKeys(App app) {
        return app.secrets().stream().map(FileReference::source).toList();
    }

    /// The configs that an app uses, as files or as the credentials of a Windows account.
    private static List<String> configKeys(App app) {
        var keys = new ArrayList<>(
                app.configs().stream().map(FileReference::source).toList());
        var credentials = app.stack() == null ? null : app.stack().credentialSpec();
        if (credentials != null && credentials.config() != null) {
            keys.add(credentials.config());
        }
        return keys;
    }

    /// The secrets of these apps of which nobody can read what they hold, and that are taken from now on to hold
    /// what their files say.
    List<Warning> takenNow(Collection<App> apps) {
        var warnings = new ArrayList<Warning>();
        for (var app : apps) {
            for (var key : new TreeSet<>(secretKeys(app))) {
                var taken = secrets.taken(List.of(key)).keySet();
                if (!taken.isEmpty() && !situation.ledger().contents().keySet().containsAll(taken)) {
                    var name = secretNames().getOrDefault(key, key);
                    warnings.add(new Warning(
                            app.name(),
                            WarningCode.SECRET_UNREAD,
                            "secret " + name
                                    + " is there, and no engine tells what it holds: it is used as it is, as if it held"
                                    + " what its file says, until that file changes. Is it so?"));
                }
            }
        }
        return warnings;
    }

    /// What secrets that Holdfast did not make are taken to hold, for as long as they are there.
    Map<String, String> taken(Collection<App> apps) {
        var known = new TreeMap<>(situation.ledger().contents());
        known.keySet()
                .retainAll(situation.live().secrets().stream().map(Content::id).toList());
        for (var app : apps) {
            known.putAll(secrets.taken(secretKeys(app)));
        }
        return known;
    }

    /// Those that nothing needs once all of these apps are as their files say. While a file has an error, nobody
    /// knows.
    List<Change.RemoveContent> removals(Collection<App> apps) {
        var needed = new TreeSet<String>();
        for (var app : apps) {
            secretKeys(app).forEach(key -> needed.add(secretNames().getOrDefault(key, "")));
            configKeys(app).forEach(key -> needed.add(configNames().getOrDefault(key, "")));
        }
        return situation.desired().complete() ? unused(situation.live(), situation.cluster(), needed) : List.of();
    }

    /// Secrets and configs of ours that no live spec, no previous spec and none of these names need.
    public static List<Change.RemoveContent> unused(Live live, String cluster, Set<String> needed) {
        var used = new TreeSet<>(needed);
        for (var service : live.services()) {
            collect(service, used);
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

    private static void collect(Service service, Set<String> used) {
        var specs = new ArrayList<JsonNode>(List.of(service.spec()));
        if (service.previousSpec() != null) {
            specs.add(service.previousSpec());
        }
        for (var whole : specs) {
            var spec = whole.path("TaskTemplate").path("ContainerSpec");
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

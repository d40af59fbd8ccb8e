package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.app.App;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Repository.ContentSource;
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
import java.util.TreeSet;

/// The secrets and configs of `holdfast.yaml`: what each is called in the Swarm, which are missing, which must be made,
/// and which nothing needs any more.
public final class Contents {

    private final Situation situation;
    private final Map<String, String> secretNames = new HashMap<>();
    private final Map<String, String> configNames = new HashMap<>();

    Contents(Situation situation) {
        this.situation = situation;
        var repository = situation.repository();
        repository.secrets().forEach((key, source) -> secretNames.put(key, name(key, source, true)));
        repository.configs().forEach((key, source) -> configNames.put(key, name(key, source, false)));
    }

    Map<String, String> secretNames() {
        return secretNames;
    }

    Map<String, String> configNames() {
        return configNames;
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

    /// Why an app cannot have the secrets and configs that it asks for; empty where all are there or can be made.
    List<Hold> missing(App app) {
        var holds = new ArrayList<Hold>();
        var live = situation.live();
        var repository = situation.repository();
        missing(app, app.secrets(), HoldCode.SECRET_MISSING, live.secrets(), repository.secrets(), holds);
        missing(app, app.configs(), HoldCode.CONFIG_MISSING, live.configs(), repository.configs(), holds);
        return holds;
    }

    private static void missing(
            App app,
            List<FileReference> references,
            HoldCode code,
            List<Content> live,
            Map<String, ContentSource> declared,
            List<Hold> holds) {
        var word = code == HoldCode.SECRET_MISSING ? "secret" : "config";
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

    /// Those that these apps use and that are not there yet.
    List<Change> creations(Collection<App> apps) {
        var secrets = new TreeSet<String>();
        var configs = new TreeSet<String>();
        for (var app : apps) {
            app.secrets().forEach(reference -> secrets.add(reference.source()));
            app.configs().forEach(reference -> configs.add(reference.source()));
        }
        var changes = new ArrayList<Change>();
        create(Change.Kind.SECRET, secrets, secretNames, situation.live().secrets(), changes);
        create(Change.Kind.CONFIG, configs, configNames, situation.live().configs(), changes);
        return changes;
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

    /// Those that nothing needs once all of these apps are as their files say. While a file has an error, nobody
    /// knows.
    List<Change.RemoveContent> removals(Collection<App> apps) {
        var needed = new TreeSet<String>();
        for (var app : apps) {
            app.secrets().forEach(reference -> needed.add(secretNames.getOrDefault(reference.source(), "")));
            app.configs().forEach(reference -> needed.add(configNames.getOrDefault(reference.source(), "")));
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

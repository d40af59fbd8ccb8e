package dev.holdfast.migrate;

import dev.holdfast.app.App;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Network;
import dev.holdfast.live.Service;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.Names;
import dev.holdfast.spec.SpecBuilder;
import dev.holdfast.spec.SpecContext;
import dev.holdfast.spec.SpecDefaults;
import dev.holdfast.spec.SpecDiff;
import dev.holdfast.yaml.YamlTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// From running services to app files that take them over as they are: whoever made them, `docker stack deploy`,
/// Portainer, CapRover, or a person by hand. What would still change, since no file can say it, is found by the very
/// comparison that a plan makes.
public final class LiveImport {

    private final Live live;
    private final LiveObjects objects;
    private final List<Imported.Note> notes = new ArrayList<>();

    private final boolean withSecrets;
    private final Map<String, String> secrets = new TreeMap<>();

    private LiveImport(Live live, boolean withSecrets) {
        this.live = live;
        this.withSecrets = withSecrets;
        this.objects = new LiveObjects(live);
    }

    /// @param names of the services; none for all that are not Holdfast's
    /// @param withSecrets whether the files have the values of variables whose names say secret
    /// @throws NotImportable where a service is not there, or is Holdfast's already
    public static Imported of(Live live, List<String> names, boolean withSecrets) {
        return new LiveImport(live, withSecrets).services(chosen(live, names));
    }

    private static List<Service> chosen(Live live, List<String> names) {
        var free = live.services().stream()
                .filter(service -> service.label(Labels.CLUSTER).isEmpty() && !service.isHook())
                .toList();
        if (names.isEmpty()) {
            if (free.isEmpty()) {
                throw new NotImportable(List.of("there is no service that Holdfast does not manage already"));
            }
            return free;
        }
        var faults = new ArrayList<String>();
        var chosen = new ArrayList<Service>();
        for (var name : names) {
            var service = live.service(name);
            if (service.isEmpty()) {
                faults.add("there is no service %s; there are: %s"
                        .formatted(
                                name,
                                free.isEmpty()
                                        ? "none that Holdfast does not manage already"
                                        : free.stream().map(Service::name).collect(Collectors.joining(", "))));
            } else if (!free.contains(service.get())) {
                faults.add("the service %s is managed by Holdfast already (cluster %s)"
                        .formatted(name, service.get().label(Labels.CLUSTER).orElse("")));
            } else {
                chosen.add(service.get());
            }
        }
        if (!faults.isEmpty()) {
            throw new NotImportable(faults);
        }
        return chosen;
    }

    private Imported services(List<Service> services) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (var service : services) {
            var made = new LiveService(service, objects);
            var draft = made.draft(withSecrets);
            secrets.putAll(made.secrets());
            draft.put("adopt", YamlTree.plain("true"));
            draft.comment("adopt", "counts once; remove the line when it has worked");
            drafts.put(service.name(), draft);
        }
        var decisions = new ArrayList<Imported.Decision>();
        var around = new DataDecisions.Around(true, objects.additions().volumes());
        DataDecisions.add(drafts.values(), around, decisions);
        var texts = new TreeMap<String, String>();
        drafts.forEach((name, draft) -> texts.put(name, draft.text()));
        for (var service : services) {
            var app = ReadBack.app(Objects.requireNonNull(texts.get(service.name())), secrets);
            if (app != null) {
                changes(service, app);
            }
        }
        var wanted = new TreeMap<String, Imported.Wanted>();
        secrets.keySet()
                .forEach(
                        name -> wanted.put(name, new Imported.Wanted(true, "a secret, as the running service has it")));
        return new Imported(texts, objects.additions(), wanted, Map.of(), notes, decisions);
    }

    /// What is left of the difference once the file is applied, in the words of a plan.
    private void changes(Service service, App app) {
        var additions = objects.additions();
        var persistent = app.isPersistent(additions::isShared);
        var lock = persistent ? service.lockedNode().orElse(null) : null;
        var context = new SpecContext(
                "import",
                null,
                app.image(),
                live.version(),
                new SpecContext.Data(lock, persistent, ""),
                new SpecContext.ObjectNames(Map.of(), names(additions.secrets()), names(additions.configs())),
                additions.volumes(),
                SpecDefaults.SAFE);
        var wanted = SpecBuilder.build(app, context).spec();
        var networks = live.networks().stream().collect(Collectors.toMap(Network::id, Network::name));
        for (var field : SpecDiff.compare(service, wanted, new Names(networks, constraint -> false), false)
                .fields()) {
            if (!isOurs(field, persistent)) {
                notes.add(new Imported.Note(
                        service.name(),
                        field.path(),
                        "%s cannot be written as it is: %s would become %s%s"
                                .formatted(
                                        field.path(),
                                        orNothing(field.before()),
                                        orNothing(field.after()),
                                        field.restarts() ? ", and its tasks would restart" : "")));
            }
        }
    }

    private static Map<String, String> names(Map<String, dev.holdfast.app.Repository.ContentSource> sources) {
        var names = new HashMap<String, String>();
        sources.forEach((key, source) -> {
            if (source.name() != null) {
                names.put(key, source.name());
            }
        });
        return names;
    }

    /// What every adoption writes: labels, and how a service with data is locked.
    private static boolean isOurs(FieldChange field, boolean persistent) {
        var path = field.path();
        return path.startsWith("deploy.labels.dev.holdfast.")
                || path.startsWith("deploy.labels.com.docker.stack.")
                || persistent && path.equals("deploy.placement.max_replicas_per_node");
    }

    private static String orNothing(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "nothing" : "\"" + value + "\"";
    }
}

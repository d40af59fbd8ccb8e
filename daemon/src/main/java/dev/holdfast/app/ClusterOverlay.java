package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Ciphertext;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlBinder;
import dev.holdfast.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What `clusters/NAME.yaml` lays over the rest of a repository: its keys over `holdfast.yaml`, its `apps` over app
/// files; and which of them the cluster runs at all.
final class ClusterOverlay {

    private static final Set<String> OWN = Set.of("only", "except", ClusterKeys.APPS);
    private static final String CLUSTER = "cluster";

    private final @Nullable String file;
    private final Yaml.Mapping repository;
    private final ClusterKeys keys;
    private final Map<String, Yaml.Entry> apps = new LinkedHashMap<>();
    private final Reading reading;
    private final Set<String> leftOut = new TreeSet<>();

    private ClusterOverlay(@Nullable String file, Yaml.Mapping repository, Yaml.Mapping own, Problems problems) {
        var form = RecordForm.of(ClusterKeys.class);
        this.file = file;
        this.repository = repository;
        this.reading = new Reading(problems, own, form);
        var read = form.read(own, reading.start());
        this.keys = read == null ? ClusterKeys.NONE : read;
        readApps(own.get(ClusterKeys.APPS));
    }

    /// Of a repository of one cluster.
    static ClusterOverlay none(Problems problems) {
        var nothing = new Yaml.Mapping(Yaml.Place.of(RepositoryReader.FILE), List.of());
        return new ClusterOverlay(null, nothing, nothing, problems);
    }

    /// @param cluster its name, unless the file gives another
    static ClusterOverlay read(String cluster, String file, byte[] bytes, Problems problems) {
        var documents = YamlReader.read(file, bytes, problems);
        var document = YamlBinder.single(documents, file, problems);
        var nothing = new Yaml.Mapping(document.place(), List.of());
        var reading = new Reading(problems, document, RecordForm.of(ClusterKeys.class));
        if (!documents.readable() || Ciphertext.isWhole(document, reading)) {
            return new ClusterOverlay(file, named(cluster, nothing), nothing, problems);
        }
        if (!(document instanceof Yaml.Mapping mapping)) {
            if (!Yaml.isNull(document)) {
                reading.error("", "must be a mapping (key: value), not " + Yaml.nameOf(document));
            }
            return new ClusterOverlay(file, named(cluster, nothing), nothing, problems);
        }
        Ciphertext.checkValues(mapping, "", reading);
        var own = new ArrayList<Yaml.Entry>();
        var others = new ArrayList<Yaml.Entry>();
        mapping.entries().forEach(entry -> (isOwn(entry.key()) ? own : others).add(entry));
        return new ClusterOverlay(
                file,
                named(cluster, new Yaml.Mapping(mapping.place(), others)),
                new Yaml.Mapping(mapping.place(), own),
                problems);
    }

    /// Its own, or one that is most likely meant to be.
    private static boolean isOwn(String key) {
        var known = RecordForm.of(Repository.class).names();
        return OWN.contains(key)
                || !known.contains(key)
                        && !key.equals("defaults")
                        && Words.nearest(key, known) == null
                        && Words.nearest(key, OWN) != null;
    }

    /// Two clusters of one name would take each other's apps for their own.
    private static Yaml.Mapping named(String cluster, Yaml.Mapping mapping) {
        if (mapping.get(CLUSTER) != null) {
            return mapping;
        }
        var entries = new ArrayList<>(mapping.entries());
        entries.addFirst(new Yaml.Entry(CLUSTER, mapping.place(), Yaml.Scalar.text(mapping.place(), cluster)));
        return new Yaml.Mapping(mapping.place(), entries);
    }

    private void readApps(@Nullable Yaml node) {
        if (node == null || Yaml.isNull(node)) {
            return;
        }
        if (!(node instanceof Yaml.Mapping mapping)) {
            reading.error(node.place(), ClusterKeys.APPS, "must be a mapping (app: what is different)");
            return;
        }
        for (var entry : mapping.entries()) {
            var path = ClusterKeys.APPS + "." + entry.key();
            if (!(entry.value() instanceof Yaml.Mapping patch)) {
                reading.error(entry.value().place(), path, "must be a mapping with keys of an app file");
            } else if (patch.get("name") != null) {
                reading.error(
                        patch.get("name").place(), path + ".name", "an app has one name in all clusters; remove it");
            } else {
                apps.put(entry.key(), entry);
            }
        }
    }

    /// What the cluster is called; empty for a repository of one cluster.
    Optional<String> name() {
        return file != null && repository.get(CLUSTER) instanceof Yaml.Scalar scalar
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /// `holdfast.yaml` as this cluster has it.
    Yaml.Mapping over(Yaml.Mapping base, At at) {
        return file == null ? base : Defaults.over(repository, base, at);
    }

    /// An app file as this cluster has it.
    Yaml.Mapping over(@Nullable String app, Yaml.Mapping base, At at) {
        var patch = app == null ? null : apps.get(app);
        return patch != null && patch.value() instanceof Yaml.Mapping mapping ? Defaults.over(mapping, base, at) : base;
    }

    /// Whether the cluster runs what has this name and stands in these files.
    boolean selects(String name, List<String> files) {
        var selects = keys.selects(name, files);
        if (!selects) {
            leftOut.add(name);
        }
        return selects;
    }

    /// Names of apps and stacks that are there, and that this cluster does not run.
    Set<String> leftOut() {
        return leftOut;
    }

    /// Tells of names that nothing has.
    ///
    /// @param known names of all apps of app files
    /// @param stacks names of all stacks
    /// @param files paths of all files of apps and stacks
    void check(Collection<String> known, Collection<String> stacks, Collection<String> files) {
        if (file == null) {
            return;
        }
        var both = new TreeSet<>(known);
        both.addAll(stacks);
        check("only", keys.only(), both, stacks, files);
        check("except", keys.except(), both, stacks, files);
        apps.forEach((name, entry) -> {
            var path = ClusterKeys.APPS + "." + name;
            if (stacks.contains(name) && !known.contains(name)
                    || stackOf(name, stacks) != null && !known.contains(name)) {
                reading.error(
                        entry.at(),
                        path,
                        "is of a stack: what is different stands in a further Compose file, stacks: { %s: { files: […] } }"
                                .formatted(stacks.contains(name) ? name : stackOf(name, stacks)));
            } else if (!known.contains(name)) {
                reading.error(
                        entry.at(), path, "there is no app \"%s\"%s".formatted(name, Words.didYouMean(name, known)));
            } else if (leftOut.contains(name)) {
                reading.warning(null, entry.at(), path, "changes nothing: this cluster does not run it (only, except)");
            }
        });
    }

    private void check(
            String key,
            List<String> patterns,
            Collection<String> names,
            Collection<String> stacks,
            Collection<String> files) {
        for (var i = 0; i < patterns.size(); i++) {
            var pattern = patterns.get(i);
            var path = "%s[%d]".formatted(key, i);
            var among = ClusterKeys.isPath(pattern) ? files : names;
            if (among.stream().anyMatch(each -> NamePattern.matches(pattern, each))) {
                continue;
            }
            var stack = stackOf(pattern, stacks);
            if (stack != null) {
                reading.error(
                        path,
                        "a stack is run whole or not at all: write %s, and what is different in a further Compose file, stacks: { %s: { files: […] } }"
                                .formatted(stack, stack));
            } else if (pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0) {
                reading.warning(
                        null, reading.placeOf(path), path, "\"%s\" matches no app and no stack".formatted(pattern));
            } else {
                reading.error(
                        path,
                        "there is no %s \"%s\"%s"
                                .formatted(
                                        ClusterKeys.isPath(pattern) ? "file of an app or a stack" : "app and no stack",
                                        pattern,
                                        Words.didYouMean(pattern, among)));
            }
        }
    }

    /// The stack of which this would be a service.
    private static @Nullable String stackOf(String service, Collection<String> stacks) {
        return stacks.stream()
                .filter(stack -> service.startsWith(stack + "_"))
                .findFirst()
                .orElse(null);
    }
}

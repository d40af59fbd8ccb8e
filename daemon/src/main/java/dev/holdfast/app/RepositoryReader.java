package dev.holdfast.app;

import dev.holdfast.yaml.Ciphertext;
import dev.holdfast.yaml.Constraints;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlBinder;
import dev.holdfast.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads `holdfast.yaml`.
final class RepositoryReader {

    static final String FILE = Problem.REPOSITORY_FILE;

    private static final Pattern CLUSTER_LINE =
            Pattern.compile("(?m)^cluster:[ \\t]*[\"']?([A-Za-z0-9_-]{1,40})[\"']?[ \\t]*(?:#.*)?\\r?$");

    private RepositoryReader() {}

    /// @param node the document, to know names whose entries are wrong
    /// @param defaults to be merged under every app; empty where there are none
    /// @param unreadVars variables whose file could not be opened, and that file
    /// @param readable false where the file is no YAML: then nothing can be called undeclared
    record Read(
            Repository repository,
            Yaml.Mapping node,
            Yaml.Mapping defaults,
            boolean readable,
            Reading reading,
            Map<String, String> unreadVars) {

        Read(Repository repository, Yaml.Mapping node, Yaml.Mapping defaults, boolean readable, Reading reading) {
            this(repository, node, defaults, readable, reading, Map.of());
        }

        /// Whether all that this key declares is known: where it has an error itself, others would only follow
        /// from it.
        boolean isSound(String key) {
            return readable && !reading.hasFailedBelow(key) && !isMistyped(key);
        }

        /// Whether another key stands there that is most likely this one, mistyped: that is told, and what it
        /// declares is not called undeclared.
        boolean isMistyped(String key) {
            var known = RecordForm.of(Repository.class).names();
            return node.get(key) == null
                    && node.entries().stream()
                            .map(Yaml.Entry::key)
                            .filter(name -> !known.contains(name))
                            .anyMatch(name -> key.equals(Words.nearest(name, known)));
        }

        /// The names below one of its keys, even those whose entries are wrong.
        Set<String> declared(String key) {
            return node.get(key) instanceof Yaml.Mapping mapping
                    ? mapping.entries().stream().map(Yaml.Entry::key).collect(Collectors.toUnmodifiableSet())
                    : Set.of();
        }
    }

    static Read read(
            byte @Nullable [] bytes, boolean missing, ClusterOverlay cluster, SopsFiles sops, Problems problems) {
        var form = RecordForm.of(Repository.class);
        var nothing = new Yaml.Mapping(Yaml.Place.of(FILE), List.of());
        var documents = bytes == null ? null : YamlReader.read(FILE, bytes, problems);
        var base = documents == null ? nothing : YamlBinder.single(documents, FILE, problems);
        var below = Yaml.isNull(base) ? nothing : base;
        var document = below instanceof Yaml.Mapping mapping
                ? cluster.over(mapping, new Reading(problems, base, form).start())
                : base;
        var reading = new Reading(problems, document, form);
        var readable = documents == null ? missing : documents.readable() && !Ciphertext.isWhole(base, reading);
        if (readable) {
            Ciphertext.checkValues(document, "", reading);
        }
        var vars = new SopsVars(sops, reading);
        var repository = readable ? form.read(vars.filled(document), reading.start()) : null;
        var node = document instanceof Yaml.Mapping mapping ? mapping : nothing;
        if (repository == null) {
            return new Read(
                    Repository.empty(cluster.name().orElseGet(() -> cluster(bytes))), node, nothing, false, reading);
        }
        Constraints.check(repository, reading);
        return new Read(repository, node, defaults(node, reading), true, reading, vars.unread());
    }

    /// By the look of its line, where the rest is wrong: reports of this file go to whoever asked about that
    /// cluster.
    private static String cluster(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Repository.EMPTY.cluster();
        }
        var text = new String(bytes, 0, Math.min(bytes.length, Source.MAX_FILE_BYTES), StandardCharsets.UTF_8);
        var line = CLUSTER_LINE.matcher(text);
        return line.find() ? line.group(1) : Repository.EMPTY.cluster();
    }

    private static Yaml.Mapping defaults(Yaml.Mapping node, Reading reading) {
        var nothing = new Yaml.Mapping(node.place(), List.of());
        var defaults = node.get("defaults");
        if (defaults == null || Yaml.isNull(defaults)) {
            return nothing;
        }
        if (!(defaults instanceof Yaml.Mapping mapping)) {
            reading.error(defaults.place(), "defaults", "must be a mapping (key: value)");
            return nothing;
        }
        for (var entry : mapping.entries()) {
            if (entry.key().equals("name")) {
                reading.error(entry.at(), "defaults.name", "every app has its own name; remove it");
                return nothing;
            }
        }
        return mapping;
    }
}

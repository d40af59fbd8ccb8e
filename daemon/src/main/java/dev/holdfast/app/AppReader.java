package dev.holdfast.app;

import dev.holdfast.yaml.Ciphertext;
import dev.holdfast.yaml.Constraints;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Substitution;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the files below `apps/`: merges the defaults, fills in the variables, binds, checks the constraints.
final class AppReader {

    private static final Pattern NAME_LINE =
            Pattern.compile("(?m)^name:[ \\t]*[\"']?([A-Za-z0-9_-]{1,63})[\"']?[ \\t]*(?:#.*)?\\r?$");

    private final RepositoryReader.Read repository;
    private final Substitution substitution;
    private final ClusterOverlay cluster;
    private final Problems problems;
    private final Set<String> names = new TreeSet<>();
    private final List<AppDocument> documents = new ArrayList<>();
    private final Set<String> namesInBrokenFiles = new TreeSet<>();

    AppReader(RepositoryReader.Read repository, ClusterOverlay cluster, Problems problems) {
        this.repository = repository;
        this.cluster = cluster;
        this.problems = problems;
        this.substitution = new Substitution(
                repository.repository().vars(), repository.isSound("vars"), unread(repository.unreadVars()));
    }

    private static Map<String, String> unread(Map<String, String> files) {
        return files.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> SopsVars.unread(each.getKey(), each.getValue())));
    }

    List<AppDocument> documents() {
        return documents;
    }

    /// Of all documents, even those that this cluster does not run.
    Set<String> names() {
        return names;
    }

    /// Names found in files that are no YAML, by the look of their lines: better to hold an app too many.
    Set<String> namesInBrokenFiles() {
        return namesInBrokenFiles;
    }

    void read(String file, byte[] bytes) {
        var read = YamlReader.read(file, bytes, problems);
        if (!read.readable()) {
            var text = new String(bytes, 0, Math.min(bytes.length, Source.MAX_FILE_BYTES), StandardCharsets.UTF_8);
            NAME_LINE.matcher(text).results().forEach(match -> namesInBrokenFiles.add(match.group(1)));
        }
        var filled =
                read.documents().stream().filter(node -> !Yaml.isNull(node)).toList();
        if (filled.isEmpty() && read.readable()) {
            problems.error(Yaml.Place.of(file), "", "holds no app; remove the file to remove the app that was in it");
        }
        filled.forEach(node -> document(file, node));
    }

    private void document(String file, Yaml node) {
        var form = RecordForm.of(App.class);
        var name = nameOf(node);
        if (name != null) {
            names.add(name);
            if (!cluster.selects(name, List.of(file))) {
                return;
            }
        }
        if (!(node instanceof Yaml.Mapping mapping)) {
            problems.error(
                    node.place(), "", "must be a mapping with name and image, not %s".formatted(Yaml.nameOf(node)));
            return;
        }
        var reading = new Reading(problems, node, form);
        if (Ciphertext.isWhole(mapping, reading)) {
            documents.add(AppDocument.ofApp(file, lineOf(mapping), nameOf(mapping), null, reading));
            return;
        }
        Ciphertext.checkValues(mapping, "", reading);
        var whole = cluster.over(name, mapping, reading.start());
        var merged = Defaults.under(whole, repository.defaults(), reading.start());
        var ready = substitution.apply(merged, reading.start());
        var app = form.read(ready, reading.start());
        if (app != null) {
            Constraints.check(app, reading);
        }
        documents.add(AppDocument.ofApp(file, lineOf(mapping), nameOf(ready), app, reading));
    }

    private static int lineOf(Yaml.Mapping node) {
        var name = node.get("name");
        return Math.max(1, (name == null ? node : name).place().line());
    }

    private static @Nullable String nameOf(Yaml node) {
        return node instanceof Yaml.Mapping mapping
                        && mapping.get("name") instanceof Yaml.Scalar scalar
                        && !Yaml.isNull(scalar)
                        && !scalar.text().isEmpty()
                ? scalar.text()
                : null;
    }
}

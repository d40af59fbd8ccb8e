package dev.holdfast.app;

import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which files are stack files: `stacks/NAME.yaml`, `stacks/NAME/compose.yaml` and its usual names, and what
/// `holdfast.yaml` names under `stacks`. Those that somebody may have taken for one are told of.
public final class StackFiles {

    static final String FOLDER = "stacks";

    /// What a stack may be called, for people.
    static final String NAMES = "letters, digits, - and _, the first a letter or digit, at most 61 of them";

    /// What a stack file in a folder of its own is called; the first that is there counts.
    public static final List<String> USUAL = List.of(
            "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml", "stack.yaml", "stack.yml");

    private static final Pattern YAML = Pattern.compile("(?i).*\\.ya?ml");

    private final Source source;
    private final RepositoryReader.Read repository;
    private final Clusters clusters;
    private final Problems problems;

    StackFiles(Source source, RepositoryReader.Read repository, Clusters clusters, Problems problems) {
        this.source = source;
        this.repository = repository;
        this.clusters = clusters;
        this.problems = problems;
    }

    /// The files of one stack.
    ///
    /// @param files in the order in which they are merged; none where they could not be told
    record Stack(String name, StackSettings settings, List<String> files) {}

    /// Whether the convention makes it a stack file.
    public static boolean isUsual(String path) {
        return stackOf(path).isPresent();
    }

    /// The name of the stack that a file is by convention.
    static Optional<String> stackOf(String path) {
        if (!path.startsWith(FOLDER + "/") || path.contains("/.")) {
            return Optional.empty();
        }
        var parts = path.substring(FOLDER.length() + 1).split("/", -1);
        if (parts.length == 1 && (path.endsWith(".yaml") || path.endsWith(".yml"))) {
            return Optional.of(parts[0].substring(0, parts[0].lastIndexOf('.')));
        }
        return parts.length == 2 && USUAL.contains(parts[1]) ? Optional.of(parts[0]) : Optional.empty();
    }

    /// Whether there is any stack, by convention or by name.
    static boolean areThere(Source source, RepositoryReader.Read repository) {
        return !repository.repository().stacks().isEmpty()
                || source.paths().tailSet(FOLDER + "/").stream()
                        .takeWhile(path -> path.startsWith(FOLDER + "/"))
                        .anyMatch(StackFiles::isUsual);
    }

    /// All stacks of the repository, by name.
    List<Stack> find() {
        var settings = repository.repository().stacks();
        var named = new TreeSet<>(clusters.stackFiles());
        settings.values().forEach(each -> each.files().forEach(file -> named.add(clean(file))));
        var byName = new TreeMap<String, List<String>>();
        for (var path : source.paths().tailSet(FOLDER + "/")) {
            if (!path.startsWith(FOLDER + "/")) {
                break;
            }
            // One that a stack names is that stack's, whatever it is called.
            stackOf(path)
                    .filter(name -> !named.contains(path))
                    .ifPresent(name ->
                            byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(path));
        }
        var stacks = new ArrayList<Stack>();
        byName.forEach((name, files) -> usual(name, files).ifPresent(stacks::add));
        settings.forEach((name, given) -> {
            if (!isName(name)) {
                return; // It was told of when holdfast.yaml was read.
            }
            if (!given.files().isEmpty()) {
                stacks.add(new Stack(name, given, given(name, given)));
            } else if (!byName.containsKey(name)) {
                repository
                        .reading()
                        .error(
                                "stacks." + name,
                                "there is no file %s/%s.yaml and no %s/%s/compose.yaml%s; name its files: stacks: { %s: { files: [PATH] } }"
                                        .formatted(
                                                FOLDER,
                                                name,
                                                FOLDER,
                                                name,
                                                Words.didYouMean(name, byName.keySet()),
                                                name));
            }
        });
        return List.copyOf(stacks);
    }

    private Optional<Stack> usual(String name, List<String> files) {
        if (!isName(name)) {
            problems.error(
                    Yaml.Place.of(files.getFirst()),
                    "",
                    "the stack would be called \"%s\", and engines take no such name: rename the %s (%s), or write in holdfast.yaml: stacks: { NAME: { files: [%s] } }"
                            .formatted(
                                    name,
                                    files.getFirst().lastIndexOf('/') == FOLDER.length() ? "file" : "folder",
                                    NAMES,
                                    files.getFirst()));
            return Optional.empty();
        }
        var settings = repository.repository().stacks().getOrDefault(name, StackSettings.NONE);
        if (!settings.files().isEmpty()) {
            return Optional.empty();
        }
        if (files.size() > 1) {
            problems.error(
                    Yaml.Place.of(files.get(1)),
                    "",
                    "is the stack \"%s\", and so is %s: keep one, or say which, and in which order they are merged: stacks: { %s: { files: [%s] } }"
                            .formatted(name, files.getFirst(), name, String.join(", ", files)));
        }
        return Optional.of(new Stack(name, settings, files.subList(0, 1)));
    }

    private static boolean isName(String name) {
        return name.matches(Patterns.STACK_NAME);
    }

    private List<String> given(String name, StackSettings settings) {
        var files = new ArrayList<String>();
        for (var i = 0; i < settings.files().size(); i++) {
            var clean = clean(settings.files().get(i));
            var path = "stacks.%s.files[%d]".formatted(name, i);
            if (clean.isEmpty()) {
                repository.reading().error(path, "must be a path inside the repository");
            } else if (!source.paths().contains(clean)) {
                var near = Words.nearest(clean, source.paths());
                repository
                        .reading()
                        .error(
                                path,
                                "there is no file " + clean
                                        + (near == null ? "" : "; did you mean %s?".formatted(near)));
            } else {
                files.add(clean);
            }
        }
        return List.copyOf(files);
    }

    /// Empty where the path leaves the repository.
    private static String clean(String file) {
        var clean = ContentFiles.clean(file);
        return clean == null ? "" : clean;
    }

    /// Warns of files that look like a stack's and are none.
    ///
    /// @param used files that some stack reads
    void tell(TreeSet<String> used) {
        var folders = new TreeSet<String>();
        used.stream().filter(path -> path.indexOf('/') > 0).forEach(path -> folders.add(folderOf(path)));
        var ofClusters = clusters.stackFiles();
        for (var path : source.paths().tailSet(FOLDER + "/")) {
            if (!path.startsWith(FOLDER + "/")) {
                return;
            }
            var parts = path.substring(FOLDER.length() + 1).split("/", -1);
            var aside = used.contains(path)
                    || path.contains("/.")
                    || parts.length > 2
                    || stackOf(path).isPresent()
                    || ofClusters.contains(path);
            if (!aside && YAML.matcher(path).matches()) {
                tell(path, parts.length == 2 && folders.contains(folderOf(path)));
            }
        }
    }

    private void tell(String path, boolean beside) {
        var override = path.contains("override");
        if (beside && !override) {
            return;
        }
        problems.warning(
                FileCode.FILE_NOT_READ,
                Yaml.Place.of(path),
                "",
                "is not read: "
                        + (override
                                ? "docker stack deploy merges only what it is given; name both files in holdfast.yaml:"
                                        + " stacks: { NAME: { files: […] } }"
                                : "a stack file is %s/NAME.yaml or %s/NAME/compose.yaml, or is named under stacks in holdfast.yaml"
                                        .formatted(FOLDER, FOLDER)));
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}

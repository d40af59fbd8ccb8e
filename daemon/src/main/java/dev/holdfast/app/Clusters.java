package dev.holdfast.app;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlBinder;
import dev.holdfast.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which clusters a repository describes: each file `clusters/NAME.yaml` is one.
public final class Clusters {

    static final String FOLDER = "clusters";

    private static final Pattern FILE =
            Pattern.compile(FOLDER + "/([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?)\\.yaml");

    private final Source source;
    private @Nullable SortedMap<String, Yaml.Mapping> documents;

    Clusters(Source source) {
        this.source = source;
    }

    /// Their names; empty for a repository of one cluster.
    public static List<String> in(Source source) {
        return files(source).map(Clusters::nameOf).toList();
    }

    private static Stream<String> files(Source source) {
        return source.paths().tailSet(FOLDER + "/").stream()
                .takeWhile(path -> path.startsWith(FOLDER + "/"))
                .filter(path -> FILE.matcher(path).matches());
    }

    private static String nameOf(String path) {
        return path.substring(FOLDER.length() + 1, path.length() - ".yaml".length());
    }

    /// Whether the file is one cluster's own.
    static boolean isFileOfOne(String path) {
        return FILE.matcher(path).matches();
    }

    static String file(String cluster) {
        return FOLDER + "/" + cluster + ".yaml";
    }

    /// The file of the cluster that is asked for; null where the repository has one cluster, and where there is a
    /// problem: it is told.
    ///
    /// @param chosen null where nobody has asked for one
    @Nullable
    String chosen(@Nullable String chosen, Problems problems) {
        var all = in(source);
        tellOthers(problems);
        if (chosen == null) {
            if (!all.isEmpty()) {
                problems.error(
                        Yaml.Place.of(FOLDER),
                        "",
                        "the repository describes %s: say which one this is, with --cluster or repository.cluster in the daemon's settings"
                                .formatted(
                                        all.size() == 1
                                                ? "the cluster " + all.getFirst()
                                                : "the clusters " + String.join(", ", all)));
            }
            return null;
        }
        if (!all.contains(chosen)) {
            problems.error(
                    Yaml.Place.of(FOLDER),
                    "",
                    "there is no file %s%s"
                            .formatted(
                                    file(chosen),
                                    all.isEmpty()
                                            ? ": the repository describes one cluster, and --cluster is for those of"
                                                    + " several"
                                            : Words.didYouMean(chosen, all)));
            return null;
        }
        tellSameName(chosen, problems);
        return file(chosen);
    }

    private void tellOthers(Problems problems) {
        source.paths().tailSet(FOLDER + "/").stream()
                .takeWhile(path -> path.startsWith(FOLDER + "/"))
                .filter(path -> path.indexOf('/', FOLDER.length() + 1) < 0 && !path.contains("/."))
                .filter(path -> !FILE.matcher(path).matches())
                .forEach(path -> tellOther(path, problems));
    }

    private static void tellOther(String path, Problems problems) {
        if (FILE.matcher(path.replaceFirst("\\.yml$", ".yaml")).matches()) {
            problems.error(Yaml.Place.of(path), "", "is not read; rename it to " + path.replaceFirst("yml$", "yaml"));
        } else if (path.endsWith(".yaml") || path.endsWith(".yml")) {
            problems.warning(
                    FileCode.FILE_NOT_READ,
                    Yaml.Place.of(path),
                    "",
                    "is not read: the file of a cluster is %s/NAME.yaml, and its name has at most 40 letters, digits, - and _"
                            .formatted(FOLDER));
        }
    }

    /// Tells where another file gives a cluster the same name: on one Swarm each would remove what the other runs.
    private void tellSameName(String chosen, Problems problems) {
        var all = documents();
        var name = clusterOf(chosen, all.get(chosen));
        all.forEach((other, document) -> {
            if (!other.equals(chosen) && name.equals(clusterOf(other, document))) {
                problems.error(
                        Yaml.Place.of(file(chosen)),
                        "cluster",
                        "\"%s\" is what %s is called too: on one Swarm each would remove what the other runs; give one of them another name"
                                .formatted(name, file(other)));
            }
        });
    }

    private static String clusterOf(String name, Yaml.@Nullable Mapping document) {
        return document != null && document.get("cluster") instanceof Yaml.Scalar scalar && !Yaml.isNull(scalar)
                ? scalar.text()
                : name;
    }

    /// The files that stacks name, in whichever cluster: none of them is a stack of its own, unless it is that very
    /// stack's usual one.
    Set<String> stackFiles() {
        return documents().values().stream()
                .flatMap(document -> document.get("stacks") instanceof Yaml.Mapping stacks
                        ? stacks.entries().stream()
                        : Stream.empty())
                .flatMap(stack -> filesOf(stack.value())
                        .filter(file ->
                                !stack.key().equals(StackFiles.stackOf(file).orElse(null))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> filesOf(Yaml stack) {
        var files = stack instanceof Yaml.Mapping mapping ? mapping.get("files") : null;
        return switch (files) {
            case Yaml.Scalar one -> Stream.ofNullable(ContentFiles.clean(one.text()));
            case Yaml.Sequence list ->
                list.items().stream()
                        .flatMap(item -> item instanceof Yaml.Scalar one
                                ? Stream.ofNullable(ContentFiles.clean(one.text()))
                                : Stream.empty());
            case null, default -> Stream.empty();
        };
    }

    /// By the clusters' names, as far as they can be read: whoever reads one of them is told of the rest.
    private SortedMap<String, Yaml.Mapping> documents() {
        var known = documents;
        if (known == null) {
            var read = new TreeMap<String, Yaml.Mapping>();
            files(source).forEach(path -> read(path).ifPresent(document -> read.put(nameOf(path), document)));
            documents = read;
            known = read;
        }
        return known;
    }

    private Optional<Yaml.Mapping> read(String path) {
        try {
            return source.read(path)
                    .map(bytes -> YamlBinder.single(YamlReader.read(path, bytes, new Problems()), path, new Problems()))
                    .flatMap(node -> node instanceof Yaml.Mapping mapping ? Optional.of(mapping) : Optional.empty());
        } catch (Source.UnreadableFile e) {
            return Optional.empty(); // Told by whoever reads this cluster.
        }
    }
}

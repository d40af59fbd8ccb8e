package dev.holdfast.app;

import dev.holdfast.compose.StackFile;
import dev.holdfast.compose.StackInput;
import dev.holdfast.compose.StackReader;
import dev.holdfast.compose.StackVariables;
import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the stacks of a repository: their files with their variables, and what becomes of them.
final class Stacks {

    private final Source source;
    private final RepositoryReader.Read repository;
    private final Problems problems;
    private final ClusterOverlay cluster;
    private final StackFiles files;
    private final StackRepository declared;
    private final TreeSet<String> used = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> all = new TreeSet<>();

    Stacks(
            Source source,
            RepositoryReader.Read repository,
            ClusterOverlay cluster,
            StackFiles files,
            ContentFiles contents,
            SopsFiles sops,
            Problems problems) {
        this.source = new OpenedSource(source, sops);
        this.repository = repository;
        this.cluster = cluster;
        this.problems = problems;
        this.files = files;
        this.declared = new StackRepository(contents, sops, problems);
    }

    private record Read(StackFile stack, StackSettings settings) {}

    /// Their services, each a document.
    ///
    /// @param apps of the app files: what they write, services of stacks may read
    List<AppDocument> read(List<AppDocument> apps) {
        var stacks = files.find().stream()
                .filter(stack -> !stack.files().isEmpty() && isRun(stack))
                .map(stack -> new Read(read(stack), stack.settings()))
                .toList();
        var written = written(apps, stacks);
        var documents = new ArrayList<AppDocument>();
        for (var read : stacks) {
            var relative = RelativeSources.of(source, read.stack().files().getFirst());
            var converted = new StackApps(read.stack(), read.settings(), written, relative, problems);
            documents.addAll(converted.documents());
            declared.add(read.stack(), converted.extensions());
        }
        return documents;
    }

    private boolean isRun(StackFiles.Stack stack) {
        names.add(stack.name());
        all.addAll(stack.files());
        return cluster.selects(stack.name(), stack.files());
    }

    /// Of all stacks, even those that this cluster does not run.
    Set<String> names() {
        return names;
    }

    /// Likewise.
    Set<String> files() {
        return all;
    }

    /// `holdfast.yaml` with what the stacks declare.
    Repository repository() {
        return declared.over(repository.repository());
    }

    /// Warns of what is not read.
    void tell() {
        files.tell(used);
    }

    private StackFile read(StackFiles.Stack stack) {
        used.addAll(stack.files());
        tellUnread(stack);
        return StackReader.read(source, new StackInput(stack.name(), stack.files(), variables(stack)), problems);
    }

    /// A variable that could not be decrypted would be an empty one for the client.
    private void tellUnread(StackFiles.Stack stack) {
        for (var file : stack.files()) {
            var bytes = source.paths().contains(file) ? source.read(file) : Optional.<byte[]>empty();
            var text =
                    bytes.map(each -> new String(each, StandardCharsets.UTF_8)).orElse("");
            repository.unreadVars().forEach((name, from) -> {
                if (Pattern.compile("(?<![A-Za-z0-9_])" + name + "(?![A-Za-z0-9_])")
                        .matcher(text)
                        .find()) {
                    problems.error(Yaml.Place.of(file), "", SopsVars.unread(name, from));
                }
            });
        }
    }

    /// Those of the stack's own file before those of the repository.
    private Map<String, String> variables(StackFiles.Stack stack) {
        var first = stack.files().getFirst();
        var given = stack.settings().envFile();
        var all = repository.repository().vars();
        if (given.isEmpty()) {
            return read(null, first, all);
        }
        for (var i = 0; i < given.size(); i++) {
            var clean = ContentFiles.clean(given.get(i));
            var path = "stacks.%s.env_file[%d]".formatted(stack.name(), i);
            if (clean == null) {
                repository.reading().error(path, "must be a path inside the repository");
            } else if (!source.paths().contains(clean)) {
                repository.reading().error(path, "there is no file " + clean);
            } else {
                all = read(clean, first, all);
            }
        }
        return all;
    }

    private Map<String, String> read(@Nullable String envFile, String first, Map<String, String> vars) {
        var file = StackVariables.file(source, envFile, first);
        if (file != null) {
            used.add(file);
        }
        return StackVariables.read(source, envFile, first, vars, problems);
    }

    /// Whether an app writes that host path, or one above or below it.
    private static Predicate<String> written(List<AppDocument> apps, List<Read> stacks) {
        var paths = new TreeSet<String>();
        var ofApps = apps.stream()
                .map(AppDocument::app)
                .filter(app -> app != null)
                .flatMap(app -> app.directories().stream())
                .filter(directory -> !directory.readOnly() && directory.host() != null)
                .map(directory -> String.valueOf(directory.host()));
        var ofStacks = stacks.stream()
                .flatMap(read -> read.stack().services().values().stream())
                .flatMap(service -> StackMounts.written(service).stream());
        Stream.concat(ofApps, ofStacks).map(TidyPath::of).forEach(paths::add);
        return path -> {
            var below = paths.ceiling(path + "/");
            if (below != null && below.startsWith(path + "/")) {
                return true;
            }
            for (var above = path; !above.isEmpty(); above = above.substring(0, above.lastIndexOf('/'))) {
                if (paths.contains(above)) {
                    return true;
                }
            }
            return false;
        };
    }
}

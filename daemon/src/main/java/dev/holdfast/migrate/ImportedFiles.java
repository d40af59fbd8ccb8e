package dev.holdfast.migrate;

import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.Repository;
import dev.holdfast.yaml.Placeholder;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.YamlBinder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of an import in their repository: what is to be written, what a person has to add, and what is still open
/// once that is there.
///
/// @param files by path in the repository
/// @param toAdd lines for the `holdfast.yaml` that is there already; empty where it needs none
/// @param wanted variables that only a person can say, with what each is
/// @param open what reading the files finds wrong: what a person has to decide
public record ImportedFiles(
        SortedMap<String, byte[]> files, String toAdd, SortedMap<String, Imported.Wanted> wanted, List<Problem> open) {

    private static final String HOLDFAST = "holdfast.yaml";

    /// Whether somebody has to decide something before this can be applied.
    public boolean isOpen() {
        return !wanted.isEmpty() || open.stream().anyMatch(Problem::isError);
    }

    /// @param folder `apps` or a folder below it
    /// @param there what the repository has at a path
    public static ImportedFiles of(Imported imported, String folder, Function<String, Optional<byte[]>> there) {
        var files = new TreeMap<String, byte[]>();
        imported.apps().forEach((name, text) -> files.put(folder + "/" + fileName(name), bytes(text)));
        files.putAll(imported.files());
        var present = there.apply(HOLDFAST);
        var repository = present.map(bytes ->
                        YamlBinder.bind(Repository.class, HOLDFAST, bytes).value())
                .orElse(null);
        var missing = repository == null ? imported.additions() : missing(imported.additions(), repository);
        var wanted = new TreeMap<>(imported.wanted());
        wanted.keySet()
                .removeAll(repository == null ? Set.of() : repository.vars().keySet());
        var text = text(missing, wanted, present.isPresent());
        if (present.isEmpty() && !text.isEmpty()) {
            files.put(HOLDFAST, bytes(text));
        }
        var open = DesiredReader.read(new Overlay(filled(files, wanted.keySet()), there)).problems().stream()
                .filter(problem -> files.containsKey(problem.file()))
                .toList();
        return new ImportedFiles(files, present.isPresent() ? text : "", wanted, open);
    }

    /// The files as they are once the variables are there: what those are is no problem of each place that uses
    /// them.
    private static SortedMap<String, byte[]> filled(SortedMap<String, byte[]> files, Set<String> names) {
        if (names.isEmpty()) {
            return files;
        }
        var variable = Pattern.compile("(?<!\\$)((?:\\$\\$)*)\\$\\{(" + String.join("|", names) + ")}");
        var filled = new TreeMap<>(files);
        filled.replaceAll((path, bytes) -> path.endsWith(".yaml")
                ? bytes(variable.matcher(new String(bytes, StandardCharsets.UTF_8))
                        .replaceAll(match -> Matcher.quoteReplacement(
                                match.group(1) + match.group(2).toLowerCase(Locale.ROOT))))
                : bytes);
        return filled;
    }

    /// A name may have a variable in it.
    private static String fileName(String app) {
        return Placeholder.written(app).replaceAll("[^A-Za-z0-9_.-]+", "") + ".yaml";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Repository missing(Repository additions, Repository present) {
        return Additions.of(
                without(additions.networks(), present.networks()),
                without(additions.volumes(), present.volumes()),
                without(additions.secrets(), present.secrets()),
                without(additions.configs(), present.configs()),
                without(additions.vars(), present.vars()));
    }

    private static <T> Map<String, T> without(Map<String, T> all, Map<String, T> present) {
        var rest = new LinkedHashMap<>(all);
        rest.keySet().removeAll(present.keySet());
        return rest;
    }

    /// @param lines whether they go into a file that is there
    private static String text(Repository additions, SortedMap<String, Imported.Wanted> wanted, boolean lines) {
        var text = FileText.of(additions, Map.of());
        var comment = new StringBuilder();
        if (!wanted.isEmpty()) {
            comment.append("# vars:\n");
            wanted.forEach((name, what) -> comment.append("#   %s:    # %s\n".formatted(name, what)));
        }
        var nothing = text.equals("{}\n");
        return lines && nothing && wanted.isEmpty() ? "" : comment + (nothing ? "" : text);
    }

    /// The new files, before those that are there.
    private record Overlay(SortedMap<String, byte[]> files, Function<String, Optional<byte[]>> there)
            implements Source {
        @Override
        public SortedSet<String> paths() {
            var paths = new TreeSet<>(files.keySet());
            Stream.of(HOLDFAST).filter(path -> there.apply(path).isPresent()).forEach(paths::add);
            return paths;
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(files.get(path)).or(() -> there.apply(path));
        }
    }
}

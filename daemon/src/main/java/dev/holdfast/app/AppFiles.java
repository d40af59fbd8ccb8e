package dev.holdfast.app;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which files below `apps/` are app files. Those that somebody may have taken for one are told of.
public final class AppFiles {

    static final String FOLDER = "apps";

    private static final String HIDDEN = "files and folders whose names begin with a dot are not read";

    /// What people put beside their apps for other people, or for Git.
    private static final Pattern FOR_PEOPLE = Pattern.compile(
            "(?i)(?:readme|licen[cs]e|copying|notice|changelog|changes|authors|contributing|codeowners|owners|makefile"
                    + "|todo)(?:[.-].*)?|.*\\.(?:md|markdown|rst|adoc|png|svg|jpe?g)");

    /// What an editor leaves while, and after, a file is open in it.
    private static final Pattern EDITORS_BACKUP = Pattern.compile("#.*#|.*~|.*\\.sw[a-px]|.*\\.tmp");

    private static final Pattern YAML = Pattern.compile("(?i).*\\.ya?ml(?:\\..*)?");

    private static final int LISTED = 10;

    /// So many are looked into at most: a repository may have anything below `apps/`.
    private static final int OPENED = 200;

    private AppFiles() {}

    /// Whether the file is read.
    public static boolean isRead(String path) {
        return path.startsWith(FOLDER + "/") && (path.endsWith(".yaml") || path.endsWith(".yml")) && !isHidden(path);
    }

    /// Why the file is not read; empty for one that is, and where nobody would ask.
    public static Optional<String> whyNot(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (!path.startsWith(FOLDER + "/") || isRead(path)) {
            return Optional.empty();
        }
        if (isHidden(path)) {
            return YAML.matcher(name).matches() && !EDITORS_BACKUP.matcher(name).matches() && !name.startsWith(".#")
                    ? Optional.of(HIDDEN)
                    : Optional.empty();
        }
        if (FOR_PEOPLE.matcher(name).matches() || EDITORS_BACKUP.matcher(name).matches()) {
            return Optional.empty();
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return Optional.of("the ending is written .yaml or .yml, in small letters: rename it");
        }
        if (lower.endsWith(".json")) {
            return Optional.of("the ending must be .yaml or .yml: JSON is YAML too, so rename it");
        }
        if (lower.matches(".*\\.(?:j2|jinja2?|tpl|tmpl|gotmpl|erb|mustache)")) {
            return Optional.of("templates are not filled in: write the file out, with ${NAME} from vars");
        }
        return Optional.of("the ending must be .yaml or .yml");
    }

    /// In which other folder there are such files, for one that has moved or has another name.
    static String elsewhere(Source source) {
        return source.paths().stream()
                .filter(path -> path.indexOf('/') > 0 && !isHidden("/" + path))
                .filter(path -> path.endsWith(".yaml") || path.endsWith(".yml"))
                .map(path -> path.substring(0, path.indexOf('/')))
                .filter(folder ->
                        !List.of(FOLDER, StackFiles.FOLDER, Clusters.FOLDER).contains(folder))
                .findFirst()
                .map(folder -> "; there are such files in " + folder + "/, which is not read")
                .orElse("");
    }

    private static boolean isHidden(String path) {
        return path.contains("/.");
    }

    /// Warns of what is not read, one problem for each reason.
    ///
    /// @param used files that secrets and configs name
    static void tell(Source source, Set<String> used, Problems problems) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        var opened = 0;
        for (var path : source.paths().tailSet(FOLDER + "/")) {
            if (!path.startsWith(FOLDER + "/")) {
                break;
            }
            var why = used.contains(path) ? Optional.<String>empty() : whyNot(path);
            if (why.isPresent()) {
                var linked = opened++ < OPENED ? linkedFolder(source, path) : Optional.<String>empty();
                byReason.computeIfAbsent(linked.orElse(why.get()), _ -> new ArrayList<>())
                        .add(path);
            }
        }
        byReason.forEach((why, paths) -> problems.warning(
                FileCode.FILE_NOT_READ, Yaml.Place.of(paths.getFirst()), "", "is not read: " + why + others(paths)));
    }

    /// A symlink to a folder is no file, whatever its name.
    private static Optional<String> linkedFolder(Source source, String path) {
        try {
            return source.read(path).flatMap(_ -> Optional.empty());
        } catch (Source.UnreadableFile e) {
            var message = String.valueOf(e.getMessage());
            return message.endsWith("is a symlink to a directory")
                    ? Optional.of("a symlink to a folder is not followed: put the folder here, or link its files")
                    : Optional.empty();
        }
    }

    private static String others(List<String> paths) {
        if (paths.size() == 1) {
            return "";
        }
        var some = paths.stream().skip(1).limit(LISTED).collect(Collectors.joining(", "));
        var more = paths.size() - 1 - LISTED;
        return "; so for " + some + (more > 0 ? " and %,d more".formatted(more) : "");
    }
}

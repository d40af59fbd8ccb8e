package dev.holdfast.value;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The one spelling of a path, as the engine mounts it: without `//`, `/./` and a slash at its end.
public final class TidyPath {

    /// What Compose reads from the folder of its file, which is on no node.
    public static final String RELATIVE =
            "is relative, and no node has the repository's folder: write the absolute path on"
                    + " the node (/srv/…), a volume's name, or, for a file of the repository, a config";

    private TidyPath() {}

    /// What is wrong with a relative source in an app file, and the lines to write for a file of the repository.
    public static String relative(String source, String target) {
        if (source.startsWith("~")) {
            return "is below the home of whoever deploys: write the absolute path on the node (/srv/…)";
        }
        return "%s: configs: { NAME: { file: %s } } in holdfast.yaml, and in the app configs: [{ source: NAME, target: %s }]"
                .formatted(RELATIVE, source, target);
    }

    /// What is no absolute path stays as it is.
    public static String of(String path) {
        return path.startsWith("/") ? "/" + below(path) : path;
    }

    /// The same of a path below some folder, without a slash before it.
    public static String below(String path) {
        return Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .collect(Collectors.joining("/"));
    }

    /// What to do about a path with `..` in it: whose directory that is, only the node knows.
    public static String withoutParents(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : below(path).split("/")) {
            if (!part.equals("..")) {
                parts.addLast(part);
            } else {
                parts.pollLast();
            }
        }
        return "must be written without ..; is it /" + String.join("/", parts) + "?";
    }

    public static boolean isRelative(String path) {
        return path.startsWith("./")
                || path.startsWith("../")
                || path.startsWith("~")
                || path.equals(".")
                || path.equals("..");
    }
}

package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Source;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Relative sources of mounts, which are on no node: what to write instead hangs on what lies there in the repository.
///
/// @param paths of all files of the repository
/// @param folder of the stack's first file; empty for the repository's top
record RelativeSources(SortedSet<String> paths, String folder) {

    static RelativeSources of(Source source, String firstFile) {
        return new RelativeSources(source.paths(), firstFile.substring(0, Math.max(0, firstFile.lastIndexOf('/'))));
    }

    /// What is wrong with such a source, and the lines to write.
    String refused(String source, String target) {
        var path = ContentFiles.clean(folder.isEmpty() ? source : folder + "/" + source);
        var why = "\"%s\" is relative, and no node has the repository's folder: ".formatted(source);
        if (path != null && paths.contains(path)) {
            return why + "a file of the repository is a config: " + config(source, target);
        }
        var first = path == null ? null : firstBelow(path);
        if (first != null) {
            return why + "each file of the folder is a config: "
                    + config(source.replaceFirst("/+$", "") + first, target.replaceFirst("/+$", "") + first)
                    + ", and so on";
        }
        return why
                + "write a volume's name for data (NAME:%s, and NAME: under volumes), or the absolute path on the node (/srv/…); a file of the repository, which this is not, is a config: "
                        .formatted(target)
                + config(source, target);
    }

    private static String config(String source, String target) {
        var name = source.substring(source.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9-]+", "-");
        var key = name.matches("[A-Za-z0-9].*") ? name : "NAME";
        return "configs: { %s: { file: %s } }, and in the service configs: [{ source: %s, target: %s }]"
                .formatted(key, source, key, TidyPath.of(target));
    }

    /// The first file of a folder, from the slash on; null where there is none.
    private @Nullable String firstBelow(String path) {
        for (var below : paths.tailSet(path + "/")) {
            return below.startsWith(path + "/") ? below.substring(path.length()) : null;
        }
        return null;
    }
}

package dev.holdfast.compose;

import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folder that the paths of a stack's files are seen from: that of the first file.
///
/// @param folder path in the repository, empty for its top
record StackFolder(Source source, String folder) {

    static StackFolder of(Source source, String firstFile) {
        return new StackFolder(source, firstFile.substring(0, Math.max(0, firstFile.lastIndexOf('/'))));
    }

    /// The path in the repository of a file that a Compose file names, or null after reporting why there is none.
    @Nullable
    String file(String path, Yaml node, Spot spot) {
        if (path.startsWith("/") || path.startsWith("~") || path.matches("(?s)[a-zA-Z]:[/\\\\].*")) {
            return spot.wrong(
                    node,
                    "names a file of the machine that deploys; put it into the repository, and name it from this"
                            + " folder on");
        }
        var normal = normal(path);
        if (normal == null) {
            return spot.wrong(node, "names a file outside of the repository; put it into the repository");
        }
        if (source.paths().contains(normal)) {
            return normal;
        }
        var near = Words.nearest(normal, source.paths());
        return spot.wrongValue(
                node,
                "names a file that is not in %s%s"
                        .formatted(
                                folder.isEmpty() ? "the repository" : folder + "/",
                                near == null ? "" : "; did you mean %s?".formatted(near)));
    }

    /// The path in the repository; null where it leaves that.
    @Nullable
    String normal(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : (folder + "/" + path).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /// The bytes, or empty after reporting why they cannot be read.
    Optional<byte[]> read(String file, Yaml node, Spot spot) {
        try {
            var bytes = source.read(file);
            if (bytes.isEmpty()) {
                spot.wrong(node, "names a file that is not there");
            }
            return bytes;
        } catch (Source.UnreadableFile e) {
            spot.wrong(node, "names a file that cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}

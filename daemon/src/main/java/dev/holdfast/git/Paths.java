package dev.holdfast.git;

import dev.holdfast.yaml.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Paths in a repository, with `/`, and the rules that hold for every file in it.
final class Paths {

    private static final byte[] LFS_POINTER =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.UTF_8);

    private Paths() {}

    /// Without `.`, `..` and empty parts; null if it leads out of where it starts.
    static @Nullable String normal(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : parts(path)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    static List<String> parts(String path) {
        var parts = new ArrayList<String>();
        for (var part : path.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    static String join(String directory, String path) {
        return directory.isEmpty() ? path : path.isEmpty() ? directory : directory + "/" + path;
    }

    static Source.UnreadableFile unreadable(String path, String why) {
        return new Source.UnreadableFile(path + " " + why);
    }

    static Source.UnreadableFile tooLarge(String path) {
        return unreadable(path, "is larger than 1 MiB");
    }

    static byte[] checked(String path, byte[] content) {
        for (int i = 0; i < LFS_POINTER.length; i++) {
            if (i >= content.length || content[i] != LFS_POINTER[i]) {
                return content;
            }
        }
        throw unreadable(path, "is kept in Git LFS, which cannot be read: commit the file itself");
    }
}

package dev.holdfast.app;

import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Words;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The files that secrets and configs name, within the sizes that the engine accepts.
final class ContentFiles {

    /// The engine's own bounds, in bytes.
    private static final int MAX_SECRET = 512_000 - 1;

    private static final int MAX_CONFIG = 1_024_000 - 1;

    private final Source source;
    private final Map<String, byte[]> contents = new TreeMap<>();

    ContentFiles(Source source) {
        this.source = source;
    }

    /// The bytes by path, as it was asked for.
    Map<String, byte[]> contents() {
        return contents;
    }

    /// The bytes of a file; empty after telling why there are none.
    ///
    /// @param secret whether it is a secret's: then its path is not repeated
    Optional<byte[]> read(String clean, boolean secret, Consumer<String> error) {
        try {
            var bytes = source.read(clean);
            if (bytes.isEmpty()) {
                var near = Words.nearest(clean, source.paths());
                error.accept((secret ? "there is no such file in the repository" : "there is no file " + clean)
                        + (near == null ? "" : "; did you mean %s?".formatted(near)));
            }
            return bytes;
        } catch (Source.UnreadableFile e) {
            error.accept("the file %s cannot be read: %s".formatted(clean, e.getMessage()));
            return Optional.empty();
        }
    }

    /// Takes the bytes for what goes by this name, where the engine does.
    ///
    /// @param what they are, for people
    void put(String name, String what, byte[] bytes, boolean secret, Consumer<String> error) {
        var max = secret ? MAX_SECRET : MAX_CONFIG;
        if (bytes.length == 0) {
            error.accept("%s is empty; the engine takes no empty ones".formatted(what));
        } else if (bytes.length > max) {
            error.accept("%s has %,d bytes; the engine takes at most %,d".formatted(what, bytes.length, max));
        } else {
            contents.put(name, bytes);
        }
    }

    /// Without `.` and `..`, or null where the path leaves the repository.
    static @Nullable String clean(String file) {
        if (file.startsWith("/") || file.indexOf('\\') >= 0) {
            return null;
        }
        var parts = new ArrayDeque<String>();
        for (var part : file.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? null : String.join("/", new ArrayList<>(parts));
    }
}

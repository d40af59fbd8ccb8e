package dev.holdfast.app;

import dev.holdfast.yaml.Ciphertext;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Words;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
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

    /// @param secret whether it is a secret's: then its path is not repeated
    /// @param plain whether an encrypted one is meant to be sent as it is
    /// @param error gets what is wrong with it
    /// @param encrypted whether one that this tool has encrypted is taken all the same
    void read(
            String file,
            String clean,
            boolean secret,
            boolean plain,
            Consumer<String> error,
            Predicate<String> encrypted) {
        try {
            var bytes = source.read(clean);
            var max = secret ? MAX_SECRET : MAX_CONFIG;
            if (bytes.isEmpty()) {
                var near = Words.nearest(clean, source.paths());
                error.accept((secret ? "there is no such file in the repository" : "there is no file " + clean)
                        + (near == null ? "" : "; did you mean %s?".formatted(near)));
            } else if (bytes.get().length == 0) {
                error.accept("the file %s is empty; the engine takes no empty ones".formatted(clean));
            } else if (bytes.get().length > max) {
                error.accept("the file %s has %,d bytes; the engine takes at most %,d"
                        .formatted(clean, bytes.get().length, max));
            } else {
                var tool = plain ? Optional.<String>empty() : Ciphertext.of(bytes.get());
                if (tool.isEmpty() || encrypted.test(tool.get())) {
                    contents.put(file, bytes.get());
                }
            }
        } catch (Source.UnreadableFile e) {
            error.accept("the file %s cannot be read: %s".formatted(clean, e.getMessage()));
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

package dev.holdfast.app;

import dev.holdfast.yaml.Ciphertext;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Words;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the files that secrets and configs name, within the sizes that the engine accepts.
final class ContentReader {

    /// The engine's own bounds, in bytes.
    private static final int MAX_SECRET = 512_000 - 1;

    private static final int MAX_CONFIG = 1_024_000 - 1;

    private final Source source;
    private final RepositoryReader.Read repository;
    private final Map<String, byte[]> contents = new TreeMap<>();

    ContentReader(Source source, RepositoryReader.Read repository) {
        this.source = source;
        this.repository = repository;
    }

    /// The bytes by path as [Repository.ContentSource#file] has it.
    Map<String, byte[]> read() {
        repository.repository().secrets().forEach((name, secret) -> read("secrets." + name, secret, MAX_SECRET));
        repository.repository().configs().forEach((name, config) -> read("configs." + name, config, MAX_CONFIG));
        return contents;
    }

    /// The files that are named, each as [Source#paths] has it.
    static Set<String> files(Repository repository) {
        return Stream.of(repository.secrets(), repository.configs())
                .flatMap(sources -> sources.values().stream())
                .map(source -> source.file() == null ? null : clean(source.file()))
                .filter(path -> path != null)
                .collect(Collectors.toSet());
    }

    private void read(String path, Repository.ContentSource content, int max) {
        if (content.external() == (content.file() != null)) {
            if (!repository.reading().hasFailedBelow(path)) {
                error(
                        path,
                        content.external()
                                ? "must have file or external, not both"
                                : "must have file, or external: true");
            }
            return;
        }
        if (!content.external() && content.name() != null) {
            error(path + ".name", "is only for external ones; Holdfast names the others by their content");
        }
        if (content.external() && content.templateDriver() != null) {
            error(path + ".template_driver", "is not for external ones");
        }
        if (content.external() && content.plain()) {
            error(path + ".plain", "is not for external ones");
        }
        if (content.file() != null && !repository.reading().hasFailedBelow(path)) {
            readFile(path + ".file", content.file(), content.plain(), max);
        }
    }

    private void readFile(String path, String file, boolean plain, int max) {
        var clean = clean(file);
        if (clean == null) {
            error(
                    path,
                    "must be a path inside the repository"
                            + repository.reading().got(path, file));
            return;
        }
        try {
            var bytes = source.read(clean);
            if (bytes.isEmpty()) {
                var near = Words.nearest(clean, source.paths());
                error(
                        path,
                        (path.startsWith("secrets.")
                                        ? "there is no such file in the repository"
                                        : "there is no file " + clean)
                                + (near == null ? "" : "; did you mean %s?".formatted(near)));
            } else if (bytes.get().length == 0) {
                error(path, "the file %s is empty; the engine takes no empty ones".formatted(clean));
            } else if (bytes.get().length > max) {
                error(
                        path,
                        "the file %s has %,d bytes; the engine takes at most %,d"
                                .formatted(clean, bytes.get().length, max));
            } else {
                var encrypted = plain ? Optional.<String>empty() : Ciphertext.of(bytes.get());
                if (encrypted.isPresent()) {
                    error(path, "the file %s ".formatted(clean) + ciphertext(encrypted.get()));
                    return;
                }
                contents.put(file, bytes.get());
            }
        } catch (Source.UnreadableFile e) {
            error(path, "the file %s cannot be read: %s".formatted(clean, e.getMessage()));
        }
    }

    private static String ciphertext(String tool) {
        return Ciphertext.problem(tool)
                + ": apps would get the ciphertext; commit it decrypted, or make it with docker secret create (docker"
                + " config create) and write external: true; write plain: true where apps are to get just that";
    }

    /// Without `.` and `..`, or null where the path leaves the repository.
    private static @Nullable String clean(String file) {
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

    private void error(String path, String message) {
        repository.reading().error(path, message);
    }
}

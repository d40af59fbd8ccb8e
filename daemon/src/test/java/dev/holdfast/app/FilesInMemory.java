package dev.holdfast.app;

import dev.holdfast.yaml.Source;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A configuration repository without a disk.
public record FilesInMemory(TreeMap<String, byte[]> files) implements Source {

    public static FilesInMemory of(Map<String, String> texts) {
        var files = new TreeMap<String, byte[]>();
        texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return new FilesInMemory(files);
    }

    /// Pairs of path and text.
    public static FilesInMemory of(String... pathsAndTexts) {
        var files = new FilesInMemory(new TreeMap<>());
        for (var i = 0; i < pathsAndTexts.length; i += 2) {
            files.with(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    public FilesInMemory with(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    @Override
    public SortedSet<String> paths() {
        return new TreeSet<>(files.keySet());
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path));
    }
}

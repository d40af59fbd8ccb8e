package dev.holdfast.app;

import dev.holdfast.sops.SopsFormat;
import dev.holdfast.yaml.Source;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// The files of a repository, with those of variables that are encrypted as they were before that.
record OpenedSource(Source files, SopsFiles sops) implements Source {

    @Override
    public SortedSet<String> paths() {
        return files.paths();
    }

    @Override
    public SortedMap<String, String> unreadableFolders() {
        return files.unreadableFolders();
    }

    @Override
    public Optional<byte[]> read(String path) {
        var bytes = files.read(path);
        if (bytes.isEmpty() || !SopsFiles.isEncrypted(path, bytes.get())) {
            return bytes;
        }
        var format = SopsFormat.of(path, bytes.get()).orElse(SopsFormat.YAML);
        if (path.endsWith(".yaml") || path.endsWith(".yml")) {
            return bytes;
        }
        if (format != SopsFormat.DOTENV && format != SopsFormat.BINARY) {
            throw new UnreadableFile(
                    "is encrypted with SOPS as %s, and a file of variables has lines NAME=value: encrypt one whose name ends with .env, or with --input-type dotenv"
                            .formatted(format));
        }
        var opened = sops.open(path, bytes.get());
        if (opened.isEmpty()) {
            throw new UnreadableFile("is encrypted with SOPS and could not be opened: see what is told of that file");
        }
        return Optional.of(opened.get().whole());
    }
}

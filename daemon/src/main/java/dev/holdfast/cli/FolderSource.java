package dev.holdfast.cli;

import dev.holdfast.yaml.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A folder of the disk, in which Compose files and what they name lie.
record FolderSource(Path root) implements Source {

    private static final int DEEPEST = 6;
    private static final int MOST = 20_000;

    /// The smallest folder that holds all these files.
    static FolderSource around(Collection<Path> files) {
        var folders = files.stream().map(file -> absolute(file).getParent()).toList();
        var root = folders.getFirst();
        for (var folder : folders) {
            while (root != null && folder != null && !folder.startsWith(root)) {
                root = root.getParent();
            }
        }
        return new FolderSource(root == null ? Path.of("/") : root);
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /// The path of a file as this source calls it.
    String path(Path file) {
        return root.relativize(absolute(file)).toString().replace('\\', '/');
    }

    @Override
    public SortedSet<String> paths() {
        try (var files = Files.walk(root, DEEPEST)) {
            return files.filter(Files::isRegularFile)
                    .limit(MOST)
                    .map(this::path)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read: %s".formatted(root, e.getMessage()), e);
        }
    }

    @Override
    public Optional<byte[]> read(String path) {
        var file = root.resolve(path);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new UnreadableFile("is larger than 1 MiB");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UnreadableFile("cannot be read: " + e.getMessage());
        }
    }
}

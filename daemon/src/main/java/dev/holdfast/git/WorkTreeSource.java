package dev.holdfast.git;

import dev.holdfast.app.Source;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The files of a directory as they are, ignored ones included; `.git` and nested repositories are left out. What has
/// been
/// read once is remembered, so that a second look gives the same bytes whatever an editor does in between.
final class WorkTreeSource implements Source {

    private static final String GIT = ".git";

    private final Path root;
    private final Path base;
    private final SortedMap<String, Entry<Path>> entries;
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    private WorkTreeSource(Path root, Path base, SortedMap<String, Entry<Path>> entries) {
        this.root = root;
        this.base = base;
        this.entries = entries;
    }

    /// @param root symlinks may lead anywhere below it; a real path
    /// @param base the folder to read, below or equal to the root; a real path
    static WorkTreeSource of(Path root, Path base) throws IOException {
        var entries = new TreeMap<String, Entry<Path>>();
        Files.walkFileTree(base, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                var nested = !directory.equals(base) && Files.exists(directory.resolve(GIT), LinkOption.NOFOLLOW_LINKS);
                return nested || directory.endsWith(GIT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.endsWith(GIT)) {
                    entries.put(name(base, file), entry(root, file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                entries.put(name(base, file), new Entry.Unreadable<>("cannot be read: " + e.getMessage()));
                return FileVisitResult.CONTINUE;
            }
        });
        return new WorkTreeSource(root, base, entries);
    }

    private static String name(Path base, Path file) {
        return base.relativize(file).toString();
    }

    private static Entry<Path> entry(Path root, Path file) {
        try {
            var real = file.toRealPath();
            if (!real.startsWith(root) || root.relativize(real).startsWith(GIT)) {
                return new Entry.Unreadable<>(Entry.LEAVES);
            }
            if (Files.isRegularFile(real)) {
                return new Entry.RegularFile<>(real);
            }
            return new Entry.Unreadable<>(Files.isDirectory(real) ? Entry.TO_DIRECTORY : Entry.NO_FILE);
        } catch (NoSuchFileException e) {
            return new Entry.Unreadable<>(Entry.NOWHERE);
        } catch (FileSystemLoopException e) {
            return new Entry.Unreadable<>(Entry.LOOP);
        } catch (IOException e) {
            var loop = String.valueOf(e.getMessage()).contains("symbolic links");
            return new Entry.Unreadable<>(loop ? Entry.LOOP : "cannot be read: " + e.getMessage());
        }
    }

    @Override
    public SortedSet<String> paths() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(entries.keySet()));
    }

    @Override
    public Optional<byte[]> read(String path) {
        var normal = Paths.normal(path);
        if (normal == null || path.startsWith("/")) {
            throw Paths.unreadable(path, "is outside the repository's folder");
        }
        var known = read.get(normal);
        if (known != null) {
            return Optional.of(known);
        }
        var entry = entries.get(normal);
        if (entry == null) {
            var file = base.resolve(normal);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            entry = entry(root, file);
        }
        return switch (entry) {
            case Entry.Unreadable<Path>(var why) -> throw Paths.unreadable(path, why);
            case Entry.RegularFile<Path>(var file) -> content(path, normal, file);
        };
    }

    private Optional<byte[]> content(String path, String normal, Path file) {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw Paths.tooLarge(path);
            }
            var earlier = read.putIfAbsent(normal, Paths.checked(path, bytes));
            return Optional.of(earlier == null ? bytes : earlier);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Paths.unreadable(path, "cannot be read: " + e.getMessage());
        }
    }
}

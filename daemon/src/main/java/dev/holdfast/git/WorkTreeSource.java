package dev.holdfast.git;

import dev.holdfast.yaml.Source;
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
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The files of a directory as they are, ignored ones included, each with the content that a commit would have; `.git`
/// and nested repositories that are no submodules are left out. What has been read once is remembered, so that a second
/// look gives the same bytes whatever an editor does in between.
final class WorkTreeSource implements Source {

    private static final String GIT = ".git";

    /// A file may be longer in a work tree than it is stored.
    private static final int MAX_RAW_BYTES = 4 * MAX_FILE_BYTES;

    private final Path root;
    private final Path base;
    private final @Nullable WorkIndex index;
    private final SortedMap<String, Entry<Path>> entries = new TreeMap<>();
    private final SortedMap<String, String> unreadable = new TreeMap<>();

    /// Those of submodules, by their path from the root.
    private final SortedMap<String, WorkTreeSource> mounted = new TreeMap<>();

    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    private WorkTreeSource(Path root, Path base, @Nullable WorkIndex index) {
        this.root = root;
        this.base = base;
        this.index = index;
    }

    /// @param root symlinks may lead anywhere below it; a real path
    /// @param base the folder to read, below or equal to the root; a real path
    /// @param store the repository whose work tree this is; null for none
    static WorkTreeSource of(Path root, Path base, @Nullable LocalStore store) throws IOException {
        var index = store == null ? null : WorkIndex.of(store, root, name(root, base));
        var source = new WorkTreeSource(root, base, index);
        if (index != null) {
            source.mountSubmodules(index);
        }
        source.list();
        if (index != null) {
            for (var path : index.leftOut().keySet()) {
                source.entries.computeIfAbsent(source.below(path), _ -> new Entry.RegularFile<>(root.resolve(path)));
            }
            for (var path : index.linksAsText().keySet()) {
                source.entries.put(source.below(path), source.linked(path));
            }
            source.entries.keySet().removeIf(path -> path.startsWith("../"));
        }
        return source;
    }

    private void mountSubmodules(WorkIndex index) throws IOException {
        for (var path : index.submodules().keySet()) {
            var place = root.resolve(path);
            var store = Files.exists(place.resolve(GIT)) && place.toRealPath().equals(place)
                    ? index.store().submodule(place)
                    : null;
            var inBase = below(path);
            if (store != null) {
                mounted.put(path, of(place, place, store));
            } else if (!inBase.startsWith("..")) {
                unreadable.put(inBase, LocalSubmodules.notHere(path));
            }
        }
        mounted.forEach((path, source) -> {
            var inBase = below(path);
            if (!inBase.startsWith("..")) {
                source.paths()
                        .forEach(name -> entries.put(
                                inBase + "/" + name,
                                new Entry.RegularFile<>(root.resolve(path).resolve(name))));
                source.unreadable.forEach((name, why) -> unreadable.put(inBase + "/" + name, why));
            }
        });
    }

    /// @param path from the root
    /// @return from the folder that is read, perhaps with `..`
    private String below(String path) {
        return name(base, root.resolve(path));
    }

    private void list() throws IOException {
        Files.walkFileTree(base, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                var nested = !directory.equals(base) && Files.exists(directory.resolve(GIT), LinkOption.NOFOLLOW_LINKS);
                return nested || directory.endsWith(GIT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.endsWith(GIT)) {
                    entries.put(name(base, file), entry(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                entries.put(name(base, file), new Entry.Unreadable<>("cannot be read: " + e.getMessage()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String name(Path base, Path file) {
        return base.relativize(file).toString();
    }

    private Entry<Path> entry(Path file) {
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

    /// What is at a path some part of which is a symlink in the shape of a text.
    private Entry<Path> linked(String path) {
        var links = index == null ? Collections.<String, String>emptySortedMap() : index.linksAsText();
        var at = path;
        for (int hops = 0; hops <= 40; hops++) {
            var link = prefix(links, at);
            if (link == null) {
                var file = root.resolve(at);
                return Files.exists(file) ? entry(file) : new Entry.Unreadable<>(Entry.NOWHERE);
            }
            var target = String.valueOf(links.get(link));
            var folder = link.contains("/") ? link.substring(0, link.lastIndexOf('/')) : "";
            var next = target.startsWith("/")
                    ? null
                    : Paths.normal(Paths.join(folder, target) + at.substring(link.length()));
            if (next == null) {
                return new Entry.Unreadable<>(Entry.LEAVES);
            }
            at = next;
        }
        return new Entry.Unreadable<>(Entry.LOOP);
    }

    private static @Nullable String prefix(SortedMap<String, ?> map, String path) {
        for (var key : map.keySet()) {
            if (path.equals(key) || path.startsWith(key + "/")) {
                return key;
            }
        }
        return null;
    }

    @Override
    public SortedSet<String> paths() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(entries.keySet()));
    }

    @Override
    public SortedMap<String, String> unreadableFolders() {
        return Collections.unmodifiableSortedMap(unreadable);
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
        var folder = prefix(unreadable, normal);
        if (folder != null && !folder.equals(normal)) {
            throw Paths.unreadable(path, "lies in " + folder + ", which " + unreadable.get(folder));
        }
        var entry = entries.get(normal);
        if (entry == null) {
            entry = elsewhere(normal);
        }
        return switch (entry) {
            case null -> Optional.empty();
            case Entry.Unreadable<Path>(var why) -> throw Paths.unreadable(path, why);
            case Entry.RegularFile<Path>(var file) -> content(path, normal, file);
        };
    }

    /// By way of a symlink to a directory.
    private @Nullable Entry<Path> elsewhere(String path) {
        var file = base.resolve(path);
        if (index != null && prefix(index.linksAsText(), name(root, file)) != null) {
            return linked(name(root, file));
        }
        return Files.isRegularFile(file) ? entry(file) : null;
    }

    private Optional<byte[]> content(String path, String normal, Path file) {
        var fromRoot = name(root, file);
        var submodule = prefix(mounted, fromRoot);
        Optional<byte[]> content;
        if (submodule != null && !submodule.equals(fromRoot)) {
            try {
                content =
                        Objects.requireNonNull(mounted.get(submodule)).read(fromRoot.substring(submodule.length() + 1));
            } catch (UnreadableFile e) {
                throw new UnreadableFile(path
                        + String.valueOf(e.getMessage())
                                .substring(Math.min(
                                        String.valueOf(e.getMessage()).length(),
                                        fromRoot.length() - submodule.length() - 1)));
            }
        } else {
            content = own(path, fromRoot, file);
        }
        if (content.isEmpty()) {
            return content;
        }
        var earlier = read.putIfAbsent(normal, content.get());
        return earlier == null ? content : Optional.of(earlier);
    }

    private Optional<byte[]> own(String path, String fromRoot, Path file) {
        try {
            var stored = index == null ? null : index.leftOut().get(fromRoot);
            var form = index == null || stored != null ? null : index.form(fromRoot);
            if (form != null && form.unchanged() != null) {
                stored = form.unchanged();
            }
            if (index != null && stored != null) {
                return Optional.of(TreeSource.content(path, new TreeLinks.Blob(index.store(), stored)));
            }
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                var bytes = in.readNBytes(MAX_RAW_BYTES + 1);
                if (bytes.length > MAX_RAW_BYTES) {
                    throw Paths.tooLarge(path);
                }
                return Optional.of(converted(path, form, bytes));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Paths.unreadable(path, "cannot be read: " + e.getMessage());
        }
    }

    private static byte[] converted(String path, @Nullable StoredForm form, byte[] bytes) {
        byte[] content;
        try {
            content = form == null ? bytes : form.of(bytes);
        } catch (IOException e) {
            throw Paths.unreadable(path, String.valueOf(e.getMessage()));
        }
        if (content.length > MAX_FILE_BYTES) {
            throw Paths.tooLarge(path);
        }
        return Paths.checked(path, content);
    }
}

package dev.holdfast.git;

import dev.holdfast.yaml.Source;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// The files of a commit, straight from the repository's objects: nothing is ever checked out, so neither leftovers nor
/// odd names (case, `.git`, `..`) can do anything. Symlinks that cannot be followed are listed, too, so that whoever
/// reads them hears why, rather than never hearing of them.
final class TreeSource implements Source {

    private final ObjectStore store;
    private final ObjectId tree;
    private final String base;
    private final Submodules submodules;
    private final SortedMap<String, Entry<TreeLinks.Blob>> entries = new TreeMap<>();
    private final SortedMap<String, String> unreadable = new TreeMap<>();

    private TreeSource(ObjectStore store, ObjectId tree, String base, Submodules submodules) {
        this.store = store;
        this.tree = tree;
        this.base = base;
        this.submodules = submodules;
    }

    /// @param base folder in the repository, normalised; empty for the root
    /// @return null where there is no such folder
    /// @throws GitProblem where the folder lies in a submodule that cannot be read
    static @Nullable TreeSource of(
            ObjectStore store, Repository repository, AnyObjectId tree, String base, Submodules submodules)
            throws IOException {
        var done = "";
        for (var part : Paths.parts(base)) {
            done = Paths.join(done, part);
            try (var walk = TreeWalk.forPath(repository, done, tree)) {
                if (walk != null && walk.getFileMode(0) == FileMode.GITLINK) {
                    var rest = base.substring(Math.min(base.length(), done.length() + 1));
                    return inSubmodule(submodules.at(done, walk.getObjectId(0)), done, rest);
                }
            }
        }
        var root = subtree(repository, tree, base);
        if (root == null) {
            return null;
        }
        var source = new TreeSource(store, tree.copy(), base, submodules);
        source.list(repository, root);
        return source;
    }

    private static @Nullable TreeSource inSubmodule(Submodules.Found found, String path, String rest) {
        return switch (found) {
            case Submodules.Absent(var why) -> throw new GitProblem("the folder " + path + " " + why);
            case Submodules.Present there -> whole(there, rest).orElse(null);
        };
    }

    private static Optional<TreeSource> whole(Submodules.Present there, String base) {
        return there.store()
                .read(repository ->
                        Optional.ofNullable(of(there.store(), repository, there.tree(), base, there.below())));
    }

    private void list(Repository repository, ObjectId root) throws IOException {
        var links = new TreeLinks(store, repository, tree, submodules);
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(root);
            walk.setRecursive(true);
            while (walk.next()) {
                var path = walk.getPathString();
                var mode = walk.getFileMode(0);
                if (mode == FileMode.SYMLINK) {
                    var target = links.resolve(Paths.join(base, path));
                    entries.put(path, target == null ? new Entry.Unreadable<>(Entry.NOWHERE) : target);
                } else if (mode == FileMode.GITLINK) {
                    mount(path, submodules.at(Paths.join(base, path), walk.getObjectId(0)));
                } else if (mode.getObjectType() == Constants.OBJ_BLOB) {
                    entries.put(path, new Entry.RegularFile<>(new TreeLinks.Blob(store, walk.getObjectId(0))));
                }
            }
        }
    }

    private void mount(String path, Submodules.Found found) {
        switch (found) {
            case Submodules.Absent(var why) -> unreadable.put(path, why);
            case Submodules.Present there ->
                whole(there, "").ifPresent(source -> {
                    source.entries.forEach((name, entry) -> entries.put(path + "/" + name, entry));
                    source.unreadable.forEach((name, why) -> unreadable.put(path + "/" + name, why));
                });
        }
    }

    private static @Nullable ObjectId subtree(Repository repository, AnyObjectId tree, String base) throws IOException {
        if (base.isEmpty()) {
            return tree.copy();
        }
        try (var walk = TreeWalk.forPath(repository, base, tree)) {
            return walk != null && walk.getFileMode(0) == FileMode.TREE ? walk.getObjectId(0) : null;
        }
    }

    @Override
    public SortedMap<String, String> unreadableFolders() {
        return Collections.unmodifiableSortedMap(unreadable);
    }

    @Override
    public SortedSet<String> paths() {
        return Collections.unmodifiableSortedSet((SortedSet<String>) new TreeSet<>(entries.keySet()));
    }

    @Override
    public Optional<byte[]> read(String path) {
        var normal = Paths.normal(path);
        if (normal == null || path.startsWith("/")) {
            throw Paths.unreadable(path, "is outside the repository's folder");
        }
        var entry = entries.get(normal);
        if (entry == null) {
            // It may still be there by way of a symlink to a directory.
            entry = store.<Optional<Entry<TreeLinks.Blob>>>read(repository -> Optional.ofNullable(
                            new TreeLinks(store, repository, tree, submodules).resolve(Paths.join(base, normal))))
                    .orElse(null);
        }
        return switch (entry) {
            case null -> Optional.empty();
            case Entry.Unreadable<TreeLinks.Blob>(var why) -> {
                if (why.equals(Entry.NO_FILE)) {
                    yield Optional.empty();
                }
                throw Paths.unreadable(path, why);
            }
            case Entry.RegularFile<TreeLinks.Blob>(var blob) -> Optional.of(content(path, blob));
        };
    }

    static byte[] content(String path, TreeLinks.Blob blob) {
        var bytes = blob.store().read(repository -> {
            var object = repository.open(blob.id(), Constants.OBJ_BLOB);
            return object.getSize() > MAX_FILE_BYTES
                    ? Optional.<byte[]>empty()
                    : Optional.of(object.getBytes(MAX_FILE_BYTES));
        });
        return Paths.checked(path, bytes.orElseThrow(() -> Paths.tooLarge(path)));
    }
}

package dev.holdfast.git;

import dev.holdfast.app.Source;
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
    private final SortedMap<String, Entry<ObjectId>> entries;

    private TreeSource(ObjectStore store, ObjectId tree, String base, SortedMap<String, Entry<ObjectId>> entries) {
        this.store = store;
        this.tree = tree;
        this.base = base;
        this.entries = entries;
    }

    /// @param base folder in the repository, normalised; empty for the root
    /// @return null where there is no such folder
    static @Nullable TreeSource of(ObjectStore store, Repository repository, AnyObjectId tree, String base)
            throws IOException {
        var root = subtree(repository, tree, base);
        if (root == null) {
            return null;
        }
        var entries = new TreeMap<String, Entry<ObjectId>>();
        var links = new TreeLinks(repository, tree);
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(root);
            walk.setRecursive(true);
            while (walk.next()) {
                var path = walk.getPathString();
                var type = walk.getFileMode(0).getObjectType();
                if (walk.getFileMode(0) == FileMode.SYMLINK) {
                    var target = links.resolve(Paths.join(base, path));
                    entries.put(path, target == null ? new Entry.Unreadable<>(Entry.NOWHERE) : target);
                } else if (type == Constants.OBJ_BLOB) {
                    entries.put(path, new Entry.RegularFile<>(walk.getObjectId(0)));
                }
            }
        }
        return new TreeSource(store, tree.copy(), base, entries);
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
            entry = store.<Optional<Entry<ObjectId>>>read(repository ->
                            Optional.ofNullable(new TreeLinks(repository, tree).resolve(Paths.join(base, normal))))
                    .orElse(null);
        }
        return switch (entry) {
            case null -> Optional.empty();
            case Entry.Unreadable<ObjectId>(var why) -> {
                if (why.equals(Entry.NO_FILE)) {
                    yield Optional.empty();
                }
                throw Paths.unreadable(path, why);
            }
            case Entry.RegularFile<ObjectId>(var blob) -> Optional.of(content(path, blob));
        };
    }

    private byte[] content(String path, ObjectId blob) {
        var bytes = store.read(repository -> {
            var object = repository.open(blob, Constants.OBJ_BLOB);
            return object.getSize() > MAX_FILE_BYTES
                    ? Optional.<byte[]>empty()
                    : Optional.of(object.getBytes(MAX_FILE_BYTES));
        });
        return Paths.checked(path, bytes.orElseThrow(() -> Paths.tooLarge(path)));
    }
}

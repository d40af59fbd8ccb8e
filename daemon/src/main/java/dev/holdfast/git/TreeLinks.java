package dev.holdfast.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// Follows symlinks inside a commit's tree and into its submodules as the kernel would, and never out of it.
final class TreeLinks {

    private static final int MAX_LINKS = 40;
    private static final int MAX_TARGET_BYTES = 4096;

    private final ObjectStore store;
    private final Repository repository;
    private final AnyObjectId tree;
    private final Submodules submodules;

    TreeLinks(ObjectStore store, Repository repository, AnyObjectId tree, Submodules submodules) {
        this.store = store;
        this.repository = repository;
        this.tree = tree;
        this.submodules = submodules;
    }

    /// A file's content.
    record Blob(ObjectStore store, ObjectId id) {}

    /// @param path from the repository's root
    /// @return null where there is nothing
    @Nullable
    Entry<Blob> resolve(String path) throws IOException {
        var todo = new ArrayDeque<>(Paths.parts(path));
        var done = new ArrayList<String>();
        var links = 0;
        while (!todo.isEmpty()) {
            var part = todo.removeFirst();
            if (part.equals("..")) {
                if (done.isEmpty()) {
                    return new Entry.Unreadable<>(Entry.LEAVES);
                }
                done.removeLast();
                continue;
            }
            done.add(part);
            try (var walk = TreeWalk.forPath(repository, String.join("/", done), tree)) {
                if (walk == null) {
                    return links > 0 ? new Entry.Unreadable<>(Entry.NOWHERE) : null;
                }
                var mode = walk.getFileMode(0);
                if (mode == FileMode.SYMLINK) {
                    if (++links > MAX_LINKS) {
                        return new Entry.Unreadable<>(Entry.LOOP);
                    }
                    var target = target(walk.getObjectId(0));
                    if (target.startsWith("/")) {
                        return new Entry.Unreadable<>(Entry.LEAVES);
                    }
                    done.removeLast();
                    prepend(todo, Paths.parts(target));
                } else if (mode == FileMode.GITLINK && !todo.isEmpty()) {
                    return inSubmodule(String.join("/", done), walk.getObjectId(0), todo, links > 0);
                } else if (mode != FileMode.TREE && mode != FileMode.GITLINK) {
                    return file(mode, walk.getObjectId(0), todo.isEmpty(), links > 0);
                }
            }
        }
        return new Entry.Unreadable<>(links > 0 ? Entry.TO_DIRECTORY : Entry.NO_FILE);
    }

    private @Nullable Entry<Blob> inSubmodule(String path, ObjectId commit, Deque<String> rest, boolean linked)
            throws IOException {
        return switch (submodules.at(path, commit)) {
            case Submodules.Absent(var why) -> new Entry.Unreadable<>("lies in " + path + ", which " + why);
            case Submodules.Present present -> {
                var found = present.store()
                        .read(there -> java.util.Optional.ofNullable(
                                new TreeLinks(present.store(), there, present.tree(), present.below())
                                        .resolve(String.join("/", rest))))
                        .orElse(null);
                yield found == null && linked ? new Entry.Unreadable<>(Entry.NOWHERE) : found;
            }
        };
    }

    private @Nullable Entry<Blob> file(FileMode mode, ObjectId id, boolean last, boolean linked) {
        if (!last) {
            return linked ? new Entry.Unreadable<>(Entry.NOWHERE) : null;
        }
        return mode.getObjectType() == Constants.OBJ_BLOB
                ? new Entry.RegularFile<>(new Blob(store, id))
                : new Entry.Unreadable<>(Entry.NO_FILE);
    }

    private String target(ObjectId link) throws IOException {
        var object = repository.open(link, Constants.OBJ_BLOB);
        return object.getSize() > MAX_TARGET_BYTES
                ? "/"
                : new String(object.getBytes(MAX_TARGET_BYTES), StandardCharsets.UTF_8);
    }

    private static void prepend(ArrayDeque<String> todo, List<String> parts) {
        parts.reversed().forEach(todo::addFirst);
    }
}

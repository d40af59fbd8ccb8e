package dev.holdfast.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// Follows symlinks inside a commit's tree as the kernel would, and never out of it.
final class TreeLinks {

    private static final int MAX_LINKS = 40;
    private static final int MAX_TARGET_BYTES = 4096;

    private final Repository repository;
    private final AnyObjectId tree;

    TreeLinks(Repository repository, AnyObjectId tree) {
        this.repository = repository;
        this.tree = tree;
    }

    /// @param path from the repository's root
    /// @return null where there is nothing
    @Nullable
    Entry<ObjectId> resolve(String path) throws IOException {
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
                } else if (mode != FileMode.TREE) {
                    return file(mode, walk.getObjectId(0), todo.isEmpty(), links > 0);
                }
            }
        }
        return new Entry.Unreadable<>(links > 0 ? Entry.TO_DIRECTORY : Entry.NO_FILE);
    }

    private static @Nullable Entry<ObjectId> file(FileMode mode, ObjectId id, boolean last, boolean linked) {
        if (!last) {
            return linked ? new Entry.Unreadable<>(Entry.NOWHERE) : null;
        }
        return mode.getObjectType() == Constants.OBJ_BLOB
                ? new Entry.RegularFile<>(id)
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

package dev.holdfast.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// The submodules of one tree: other repositories, each at the commit that the tree names.
final class Submodules {

    /// What stands at the place of a submodule.
    sealed interface Found {}

    /// @param below its own submodules
    record Present(ObjectStore store, ObjectId tree, Submodules below) implements Found {}

    /// @param why for people, after the path
    record Absent(String why) implements Found {}

    /// @param name as `.gitmodules` calls it
    record Named(String name, @Nullable String url) {}

    /// Finds the repository of a submodule, which has the commit.
    interface Finder {
        /// @throws GitProblem where there is none, with a message for people
        /// @throws GitUnreachable where waiting may help
        ObjectStore find(Named submodule, String path, ObjectId commit);

        /// For the submodules of that one.
        Finder below(Named submodule);
    }

    private static final int DEEPEST = 5;
    private static final int MOST = 50;
    private static final int MAX_BYTES = 100_000;

    private final Repository repository;
    private final AnyObjectId tree;
    private final Finder finder;
    private final int depth;
    private final AtomicInteger count;
    private final Map<String, Found> found = new HashMap<>();

    private Submodules(Repository repository, AnyObjectId tree, Finder finder, int depth, AtomicInteger count) {
        this.repository = repository;
        this.tree = tree;
        this.finder = finder;
        this.depth = depth;
        this.count = count;
    }

    static Submodules of(Repository repository, AnyObjectId tree, Finder finder) {
        return new Submodules(repository, tree.copy(), finder, 0, new AtomicInteger());
    }

    /// @param path from the root of the tree
    synchronized Found at(String path, ObjectId commit) throws IOException {
        var known = found.get(path);
        if (known == null) {
            known = look(path, commit);
            found.put(path, known);
        }
        return known;
    }

    private Found look(String path, ObjectId commit) throws IOException {
        if (depth >= DEEPEST || count.incrementAndGet() > MOST) {
            return new Absent("is a submodule too many: at most " + MOST + " are read, " + DEEPEST + " deep");
        }
        var named = named(repository, tree, path);
        if (named == null) {
            return new Absent("is a submodule that .gitmodules does not name");
        }
        try {
            var store = finder.find(named, path, commit);
            return store.read(there -> {
                try (var walk = new RevWalk(there)) {
                    if (!there.getObjectDatabase().has(commit)
                            || !(walk.peel(walk.parseAny(commit)) instanceof RevCommit real)) {
                        return new Absent("is a submodule without its commit " + commit.name());
                    }
                    var below = new Submodules(there, real.getTree().copy(), finder.below(named), depth + 1, count);
                    return new Present(store, real.getTree().copy(), below);
                }
            });
        } catch (GitProblem problem) {
            return new Absent("is a submodule that cannot be read: " + problem.getMessage());
        }
    }

    /// What `.gitmodules` says of a path; null where it says nothing.
    static @Nullable Named named(Repository repository, AnyObjectId tree, String path) throws IOException {
        try (var walk = TreeWalk.forPath(repository, Constants.DOT_GIT_MODULES, tree)) {
            if (walk == null
                    || walk.getFileMode(0).getObjectType() != Constants.OBJ_BLOB
                    || walk.getFileMode(0) == FileMode.SYMLINK) {
                return null;
            }
            var object = repository.open(walk.getObjectId(0), Constants.OBJ_BLOB);
            return object.getSize() > MAX_BYTES
                    ? null
                    : named(new String(object.getBytes(MAX_BYTES), StandardCharsets.UTF_8), path);
        }
    }

    private static @Nullable Named named(String text, String path) {
        var config = new Config();
        try {
            config.fromText(text);
        } catch (ConfigInvalidException | IllegalArgumentException unreadable) {
            return null;
        }
        for (var name : config.getSubsections("submodule")) {
            var there = config.getString("submodule", name, "path");
            if (path.equals(there == null ? null : Paths.normal(there))) {
                return new Named(name, config.getString("submodule", name, "url"));
            }
        }
        return null;
    }
}

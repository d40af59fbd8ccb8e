package dev.holdfast.git;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/// What the commits of a repository say about the past. A commit that is not here (any more) is an ordinary answer.
final class History {

    private final ObjectStore store;

    History(ObjectStore store) {
        this.store = store;
    }

    /// The oldest commit without a parent; of several, the one with the smallest id, so that it is always the same
    /// one. Empty in a shallow clone, whose oldest commits are not the real ones.
    Optional<String> root(ObjectId commit) {
        return store.read(repository -> {
            if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
                return Optional.empty();
            }
            try (var walk = new RevWalk(repository)) {
                walk.setRetainBody(false);
                walk.markStart(walk.parseCommit(commit));
                RevCommit oldest = null;
                var order = Comparator.comparingInt(RevCommit::getCommitTime).thenComparing(RevCommit::name);
                for (var each : walk) {
                    if (each.getParentCount() == 0 && (oldest == null || order.compare(each, oldest) < 0)) {
                        oldest = each;
                    }
                }
                return Optional.ofNullable(oldest).map(RevCommit::name);
            }
        });
    }

    boolean isAncestor(String older, String newer) {
        return store.read(repository -> {
            try (var walk = new RevWalk(repository)) {
                var base = commit(repository, walk, older);
                var tip = commit(repository, walk, newer);
                return base != null && tip != null && walk.isMergedInto(base, tip);
            }
        });
    }

    /// The commit where the histories of two parted; empty where they have none in common, or are not here.
    Optional<String> mergeBase(String one, String other) {
        return store.read(repository -> {
            try (var walk = new RevWalk(repository)) {
                var left = commit(repository, walk, one);
                var right = commit(repository, walk, other);
                if (left == null || right == null) {
                    return Optional.empty();
                }
                walk.setRevFilter(RevFilter.MERGE_BASE);
                walk.markStart(left);
                walk.markStart(right);
                return Optional.ofNullable(walk.next()).map(RevCommit::name);
            }
        });
    }

    /// The first parent, which is what a revert goes back to.
    Optional<String> parent(String commit) {
        return store.read(repository -> {
            try (var walk = new RevWalk(repository)) {
                return Optional.ofNullable(commit(repository, walk, commit))
                        .filter(found -> found.getParentCount() > 0)
                        .map(found -> found.getParent(0).name());
            }
        });
    }

    Optional<CommitInfo> info(String commit) {
        return store.read(repository -> {
            try (var walk = new RevWalk(repository)) {
                return Optional.ofNullable(commit(repository, walk, commit)).map(CommitInfo::of);
            }
        });
    }

    /// The newest commit that changed a file, its removal included.
    ///
    /// @param path from the repository's root
    Optional<CommitInfo> lastChange(String path, String from) {
        return store.read(repository -> {
            try (var walk = new RevWalk(repository)) {
                var start = commit(repository, walk, from);
                if (start == null || path.isEmpty()) {
                    return Optional.empty();
                }
                walk.setTreeFilter(AndTreeFilter.create(new FileOrSubmodule(path), TreeFilter.ANY_DIFF));
                walk.markStart(start);
                return Optional.ofNullable(walk.next()).map(CommitInfo::of);
            }
        });
    }

    /// A path, or the submodule that it lies in: what changed that one may have changed the file.
    private static final class FileOrSubmodule extends TreeFilter {

        private final String path;

        FileOrSubmodule(String path) {
            this.path = path;
        }

        @Override
        public boolean include(TreeWalk walk) {
            var at = walk.getPathString();
            return path.equals(at) || path.startsWith(at + "/") || at.startsWith(path + "/");
        }

        @Override
        public boolean shouldBeRecursive() {
            return path.contains("/");
        }

        @Override
        public TreeFilter clone() {
            return this;
        }
    }

    private static @Nullable RevCommit commit(Repository repository, RevWalk walk, String id) throws IOException {
        if (!RefNames.isFullCommit(id)) {
            return null;
        }
        var object = ObjectId.fromString(id);
        if (!repository.getObjectDatabase().has(object)) {
            return null;
        }
        return walk.parseAny(object) instanceof RevCommit commit && commit.getType() == Constants.OBJ_COMMIT
                ? walk.parseCommit(commit)
                : null;
    }
}

package dev.holdfast.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.submodule.SubmoduleWalk.IgnoreSubmoduleMode;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/// Whether a work tree differs from its commit.
final class Dirt {

    private Dirt() {}

    /// @param base the folder that counts, from the root; empty for all
    static boolean isDirty(LocalStore store, Path root, String base) throws IOException {
        var diff = new IndexDiff(store.repository(), Constants.HEAD, new FileTreeIterator(store.repository()));
        diff.setIgnoreSubmoduleMode(IgnoreSubmoduleMode.ALL);
        if (!base.isEmpty()) {
            diff.setFilter(PathFilter.create(base));
        }
        diff.diff();
        // An ignored app file or stack file is read all the same, and is in no commit.
        var apps = Paths.join(base, "apps");
        var stacks = Paths.join(base, "stacks");
        return !(diff.getAdded().isEmpty()
                        && diff.getChanged().isEmpty()
                        && diff.getRemoved().isEmpty()
                        && diff.getMissing().isEmpty()
                        && diff.getUntracked().isEmpty()
                        && diff.getConflicting().isEmpty())
                || isModified(store, root, base, diff)
                || hasDirtySubmodule(store, root, base)
                || diff.getIgnoredNotInIndex().stream().anyMatch(path -> isBelow(path, apps) || isBelow(path, stacks));
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    /// JGit knows less of what Git stores than [StoredForm] does.
    private static boolean isModified(LocalStore store, Path root, String base, IndexDiff diff) throws IOException {
        if (diff.getModified().isEmpty()) {
            return false;
        }
        var index = WorkIndex.of(store, root, base);
        var cache = store.repository().readDirCache();
        for (var path : diff.getModified()) {
            var entry = cache.getEntry(path);
            var form = index.form(path);
            if (entry == null || form == null || form.filter() != null || !isSame(entry, root.resolve(path), form)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(org.eclipse.jgit.dircache.DirCacheEntry entry, Path file, StoredForm form) {
        try (var id = new ObjectInserter.Formatter()) {
            var executable = (entry.getRawMode() & 0100) != 0;
            return Files.isRegularFile(file)
                    && executable == Files.isExecutable(file)
                    && id.idFor(Constants.OBJ_BLOB, form.of(Files.readAllBytes(file)))
                            .equals(entry.getObjectId());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean hasDirtySubmodule(LocalStore store, Path root, String base) throws IOException {
        var cache = store.repository().readDirCache();
        for (int i = 0; i < cache.getEntryCount(); i++) {
            var entry = cache.getEntry(i);
            var path = entry.getPathString();
            var counts = base.isEmpty() || path.equals(base) || path.startsWith(base + "/");
            if (counts && entry.getFileMode() == org.eclipse.jgit.lib.FileMode.GITLINK) {
                var place = root.resolve(path);
                var submodule = Files.exists(place.resolve(".git")) ? store.submodule(place) : null;
                if (submodule != null
                        && (!entry.getObjectId().equals(submodule.repository().resolve(Constants.HEAD))
                                || isDirty(submodule, place, ""))) {
                    return true;
                }
            }
        }
        return false;
    }
}

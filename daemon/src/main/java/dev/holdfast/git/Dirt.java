package dev.holdfast.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.submodule.SubmoduleWalk.IgnoreSubmoduleMode;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/// Whether a work tree differs from its commit.
final class Dirt {

    private Dirt() {}

    /// @param base the folder that counts, from the root; empty for all
    static boolean isDirty(Repository repository, String base) throws IOException {
        var diff = new IndexDiff(repository, Constants.HEAD, new FileTreeIterator(repository));
        diff.setIgnoreSubmoduleMode(IgnoreSubmoduleMode.ALL);
        if (!base.isEmpty()) {
            diff.setFilter(PathFilter.create(base));
        }
        diff.diff();
        // An ignored app file is read all the same, and is in no commit.
        var apps = Paths.join(base, "apps");
        return !(diff.getAdded().isEmpty()
                        && diff.getChanged().isEmpty()
                        && diff.getRemoved().isEmpty()
                        && diff.getModified().isEmpty()
                        && diff.getMissing().isEmpty()
                        && diff.getUntracked().isEmpty()
                        && diff.getConflicting().isEmpty())
                || diff.getIgnoredNotInIndex().stream()
                        .anyMatch(path -> path.equals(apps) || path.startsWith(apps + "/"));
    }
}

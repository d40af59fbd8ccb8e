package dev.holdfast.git;

import dev.holdfast.yaml.Source;
import org.jspecify.annotations.Nullable;

/// One state of the configuration repository.
///
/// @param commit full id; `worktree` for a directory without a commit
/// @param rootCommit the oldest commit without a parent, which tells repositories apart; null where it cannot be known
///     (no repository, or a shallow clone)
/// @param subject first line of the commit's message; null without a commit
/// @param source the files below the configured folder
/// @param workTree whether the files are those of a directory as it is, rather than of the commit
/// @param dirty whether these files differ from the commit's
public record Checkout(
        String commit,
        @Nullable String rootCommit,
        @Nullable String subject,
        Source source,
        boolean workTree,
        boolean dirty) {

    /// The `commit` of a directory that has none.
    public static final String NO_COMMIT = "worktree";
}

package dev.holdfast.git;

/// What a commit did to a file.
public record FileChange(CommitInfo commit, Kind kind) {

    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED
    }
}

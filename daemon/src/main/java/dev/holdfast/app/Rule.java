package dev.holdfast.app;

import dev.holdfast.yaml.Words;

/// The rules of persistence, by the names that README, messages, comments and tests use.
public enum Rule {
    /// Only what an app declares is data; all else may be lost.
    OPT_IN,
    /// An app with data is locked to one node and runs once.
    ONE_INSTANCE,
    /// The lock is there before the first task, and unknown is never taken for absent.
    LOCK_FIRST,
    /// A host directory is looked at before it is used, and never made.
    DIRECTORY_EXISTS,
    /// No app starts empty where its data should be.
    NO_EMPTY_START,
    /// Data belongs to one app, under whatever name it is mounted.
    ONE_OWNER,
    /// What somebody else made is not taken over silently.
    ASK_TO_ADOPT,
    /// What would leave data behind is held until the file says so.
    SAY_WHAT_STAYS,
    /// Removing an app leaves its data.
    DATA_STAYS,
    /// The old task is seen gone before a new one has the data.
    SEEN_GONE,
    /// An app with data waits for its node.
    WAIT_FOR_NODE,
    /// What people change by hand where data is concerned is held, not put back.
    HAND_CHANGES,
    /// Nothing deletes a volume or a host directory.
    NEVER_DELETE;

    /// Its name as people read it, such as `one-owner`.
    public String word() {
        return Words.of(this);
    }
}

package dev.holdfast.plan;

import dev.holdfast.yaml.Words;

/// What a plan or a look warns of, in one stable word each: the table of the README says what they mean.
public enum WarningCode {
    LOOKS_FIRST,
    ADOPT_DONE,
    BIND_MOUNT_POINT,
    WRITES_HOST,
    SCRATCH_UNCHECKED,
    NOT_MOUNTED,
    DRIFTED,
    CANNOT_BE_PLACED,
    RUN_FAILED,
    RUN_OVERDUE,
    RUNS_NOWHERE,
    IMAGE_UNRESOLVED,
    IMAGE_UNCHECKED,
    TAG_UNRESOLVED,
    TAG_MOVED,
    WRITTEN_BY_TWO,
    TARGET_CHANGED,
    TARGET_NAMED,
    OUT_OF_REACH,
    VOLUME_DIFFERS,
    VOLUME_UNCHECKED,
    NETWORK_DIFFERS,
    UNDECLARED_VOLUME,
    NODE_ASSUMED,
    NODE_UNCHECKED,
    CONSTRAINT_UNCHECKED,
    EXTERNAL_UNCHECKED,
    HELD_TOGETHER,
    ADOPTS,
    SECRET_UNREAD,
    BASE_BROKEN,
    NETWORK_IN_USE,
    NO_LONGER_DECLARED,
    ANONYMOUS_VOLUMES,
    SURVEY_INCOMPLETE,
    LEDGER_LOST,
    NOT_SUPPORTED;

    /// Whether it is told beside the change that it explains, and not among the warnings.
    public boolean isCause() {
        return this == NO_LONGER_DECLARED || this == TAG_MOVED;
    }

    /// As it is printed, in text and in JSON.
    public String word() {
        return Words.of(this);
    }

    @Override
    public String toString() {
        return word();
    }
}

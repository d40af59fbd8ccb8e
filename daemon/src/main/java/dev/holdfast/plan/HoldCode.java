package dev.holdfast.plan;

import dev.holdfast.app.Breach;
import dev.holdfast.app.Rule;
import dev.holdfast.yaml.Words;
import org.jspecify.annotations.Nullable;

/// Why an app is held, in one stable word each: the table of the README says what they mean.
public enum HoldCode {
    GIVES_UP_DATA(Rule.SAY_WHAT_STAYS),
    MOVES_DATA(Rule.SAY_WHAT_STAYS),
    SIMILAR_VOLUME(Rule.NO_EMPTY_START),
    VOLUME_MISSING(Rule.NO_EMPTY_START),
    VOLUME_CHANGED(Rule.NO_EMPTY_START),
    VOLUME_DIFFERS(Rule.NO_EMPTY_START),
    BIND_MISSING(Rule.DIRECTORY_EXISTS),
    BIND_CHANGED(Rule.DIRECTORY_EXISTS),
    BIND_UNKNOWN(Rule.DIRECTORY_EXISTS),
    BIND_IN_DOCKER_ROOT(Rule.DIRECTORY_EXISTS),
    DATA_UNKNOWN(Rule.LOCK_FIRST),
    DATA_ON_SEVERAL_NODES(Rule.LOCK_FIRST),
    IN_USE(Rule.ONE_OWNER),
    NOT_OURS(Rule.ASK_TO_ADOPT),
    CLUSTER_RENAMED,
    NODE_UNKNOWN(Rule.LOCK_FIRST),
    NODE_AMBIGUOUS(Rule.LOCK_FIRST),
    NODE_UNFIT(Rule.LOCK_FIRST),
    NO_NODE(Rule.LOCK_FIRST),
    CANNOT_BE_PLACED(Rule.SEEN_GONE),
    IMAGE_MISSING(Rule.SEEN_GONE),
    NODE_GONE(Rule.WAIT_FOR_NODE),
    NODE_NOT_READY(Rule.WAIT_FOR_NODE),
    NODE_RETURNED(Rule.WAIT_FOR_NODE),
    OLD_TASK_UNSEEN(Rule.SEEN_GONE),
    STRANDED(Rule.WAIT_FOR_NODE),
    MODE_CHANGES,
    RUN_GOES_ON(Rule.SEEN_GONE),
    DRIFT_MOVES_DATA(Rule.HAND_CHANGES),
    STALE_ACKNOWLEDGEMENT(Rule.SAY_WHAT_STAYS),
    PAUSED,
    NETWORK_MISSING,
    SECRET_MISSING,
    CONFIG_MISSING,
    DEPENDS_ON_FAILED,
    TAKER_HELD(Rule.SEEN_GONE),
    WRITER_ELSEWHERE(Rule.ONE_OWNER),
    WRITER_HELD(Rule.ONE_OWNER),
    OWNER_HELD(Rule.ONE_OWNER),
    BECOMES_SCRATCH(Rule.SAY_WHAT_STAYS),
    NOT_MOUNTED(Rule.DIRECTORY_EXISTS),
    SEVERAL_INSTANCES(Rule.ONE_INSTANCE),
    GLOBAL_WITH_DATA(Rule.ONE_INSTANCE),
    START_FIRST_WITH_DATA(Rule.ONE_INSTANCE),
    JOB_WITH_DATA(Rule.ONE_INSTANCE),
    TWO_WRITERS(Rule.ONE_OWNER),
    BRAKE,
    FILES_BROKEN,
    HISTORY_REWRITTEN;

    private final @Nullable Rule rule;

    HoldCode() {
        this(null);
    }

    HoldCode(@Nullable Rule rule) {
        this.rule = rule;
    }

    /// The rule of persistence that asks for it; null where the hold is not about data.
    public @Nullable Rule rule() {
        return rule;
    }

    /// Of a service of a stack file that breaks a rule of data.
    static HoldCode of(Breach.Kind breach) {
        return switch (breach) {
            case SEVERAL_INSTANCES -> SEVERAL_INSTANCES;
            case GLOBAL_WITH_DATA -> GLOBAL_WITH_DATA;
            case START_FIRST_WITH_DATA -> START_FIRST_WITH_DATA;
            case JOB_WITH_DATA -> JOB_WITH_DATA;
            case TWO_WRITERS -> TWO_WRITERS;
        };
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

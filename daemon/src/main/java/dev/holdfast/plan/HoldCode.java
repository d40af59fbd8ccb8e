package dev.holdfast.plan;

import dev.holdfast.app.Breach;
import dev.holdfast.app.Rule;
import org.jspecify.annotations.Nullable;

/// Why an app is held, in one stable word each: the table of the README says what they mean.
public enum HoldCode {
    GIVES_UP_DATA("gives-up-data", Rule.SAY_WHAT_STAYS),
    MOVES_DATA("moves-data", Rule.SAY_WHAT_STAYS),
    SIMILAR_VOLUME("similar-volume", Rule.NO_EMPTY_START),
    VOLUME_MISSING("volume-missing", Rule.NO_EMPTY_START),
    VOLUME_CHANGED("volume-changed", Rule.NO_EMPTY_START),
    VOLUME_DIFFERS("volume-differs", Rule.NO_EMPTY_START),
    BIND_MISSING("bind-missing", Rule.DIRECTORY_EXISTS),
    BIND_CHANGED("bind-changed", Rule.DIRECTORY_EXISTS),
    BIND_UNKNOWN("bind-unknown", Rule.DIRECTORY_EXISTS),
    BIND_IN_DOCKER_ROOT("bind-in-docker-root", Rule.DIRECTORY_EXISTS),
    DATA_UNKNOWN("data-unknown", Rule.LOCK_FIRST),
    DATA_ON_SEVERAL_NODES("data-on-several-nodes", Rule.LOCK_FIRST),
    IN_USE("in-use", Rule.ONE_OWNER),
    NOT_OURS("not-ours", Rule.ASK_TO_ADOPT),
    CLUSTER_RENAMED("cluster-renamed"),
    NODE_UNKNOWN("node-unknown", Rule.LOCK_FIRST),
    NODE_AMBIGUOUS("node-ambiguous", Rule.LOCK_FIRST),
    NODE_UNFIT("node-unfit", Rule.LOCK_FIRST),
    NO_NODE("no-node", Rule.LOCK_FIRST),
    CANNOT_BE_PLACED("cannot-be-placed", Rule.SEEN_GONE),
    IMAGE_MISSING("image-missing", Rule.SEEN_GONE),
    NODE_GONE("node-gone", Rule.WAIT_FOR_NODE),
    NODE_NOT_READY("node-not-ready", Rule.WAIT_FOR_NODE),
    NODE_RETURNED("node-returned", Rule.WAIT_FOR_NODE),
    OLD_TASK_UNSEEN("old-task-unseen", Rule.SEEN_GONE),
    STRANDED("stranded", Rule.WAIT_FOR_NODE),
    MODE_CHANGES("mode-changes"),
    DRIFT_MOVES_DATA("drift-moves-data", Rule.HAND_CHANGES),
    STALE_ACKNOWLEDGEMENT("stale-acknowledgement", Rule.SAY_WHAT_STAYS),
    PAUSED("paused"),
    NETWORK_MISSING("network-missing"),
    SECRET_MISSING("secret-missing"),
    CONFIG_MISSING("config-missing"),
    DEPENDS_ON_FAILED("depends-on-failed"),
    TAKER_HELD("taker-held", Rule.SEEN_GONE),
    WRITER_ELSEWHERE("writer-elsewhere", Rule.ONE_OWNER),
    WRITER_HELD("writer-held", Rule.ONE_OWNER),
    OWNER_HELD("owner-held", Rule.ONE_OWNER),
    BECOMES_SCRATCH("becomes-scratch", Rule.SAY_WHAT_STAYS),
    NOT_MOUNTED("not-mounted", Rule.DIRECTORY_EXISTS),
    SEVERAL_INSTANCES("several-instances", Rule.ONE_INSTANCE),
    GLOBAL_WITH_DATA("global-with-data", Rule.ONE_INSTANCE),
    START_FIRST_WITH_DATA("start-first-with-data", Rule.ONE_INSTANCE),
    JOB_WITH_DATA("job-with-data", Rule.ONE_INSTANCE),
    TWO_WRITERS("two-writers", Rule.ONE_OWNER),
    BRAKE("brake"),
    FILES_BROKEN("files-broken"),
    HISTORY_REWRITTEN("history-rewritten");

    private final String word;
    private final @Nullable Rule rule;

    HoldCode(String word) {
        this(word, null);
    }

    HoldCode(String word, @Nullable Rule rule) {
        this.word = word;
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
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}

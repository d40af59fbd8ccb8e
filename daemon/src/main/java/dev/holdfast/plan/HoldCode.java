package dev.holdfast.plan;

import dev.holdfast.app.Breach;

/// Why an app is held, in one stable word each: the table of the README says what they mean.
public enum HoldCode {
    GIVES_UP_DATA("gives-up-data"),
    MOVES_DATA("moves-data"),
    SIMILAR_VOLUME("similar-volume"),
    VOLUME_MISSING("volume-missing"),
    VOLUME_CHANGED("volume-changed"),
    VOLUME_DIFFERS("volume-differs"),
    BIND_MISSING("bind-missing"),
    BIND_CHANGED("bind-changed"),
    BIND_UNKNOWN("bind-unknown"),
    BIND_IN_DOCKER_ROOT("bind-in-docker-root"),
    DATA_UNKNOWN("data-unknown"),
    DATA_ON_SEVERAL_NODES("data-on-several-nodes"),
    IN_USE("in-use"),
    NOT_OURS("not-ours"),
    CLUSTER_RENAMED("cluster-renamed"),
    NODE_UNKNOWN("node-unknown"),
    NODE_AMBIGUOUS("node-ambiguous"),
    NODE_UNFIT("node-unfit"),
    NO_NODE("no-node"),
    CANNOT_BE_PLACED("cannot-be-placed"),
    IMAGE_MISSING("image-missing"),
    NODE_GONE("node-gone"),
    NODE_NOT_READY("node-not-ready"),
    NODE_RETURNED("node-returned"),
    OLD_TASK_UNSEEN("old-task-unseen"),
    STRANDED("stranded"),
    MODE_CHANGES("mode-changes"),
    DRIFT_MOVES_DATA("drift-moves-data"),
    STALE_ACKNOWLEDGEMENT("stale-acknowledgement"),
    PAUSED("paused"),
    NETWORK_MISSING("network-missing"),
    SECRET_MISSING("secret-missing"),
    CONFIG_MISSING("config-missing"),
    DEPENDS_ON_FAILED("depends-on-failed"),
    TAKER_HELD("taker-held"),
    WRITER_ELSEWHERE("writer-elsewhere"),
    WRITER_HELD("writer-held"),
    OWNER_HELD("owner-held"),
    BECOMES_SCRATCH("becomes-scratch"),
    NOT_MOUNTED("not-mounted"),
    SEVERAL_INSTANCES("several-instances"),
    GLOBAL_WITH_DATA("global-with-data"),
    START_FIRST_WITH_DATA("start-first-with-data"),
    JOB_WITH_DATA("job-with-data"),
    TWO_WRITERS("two-writers"),
    BRAKE("brake"),
    FILES_BROKEN("files-broken"),
    HISTORY_REWRITTEN("history-rewritten");

    private final String word;

    HoldCode(String word) {
        this.word = word;
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

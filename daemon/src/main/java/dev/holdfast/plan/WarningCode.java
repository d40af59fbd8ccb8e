package dev.holdfast.plan;

/// What a plan or a look warns of, in one stable word each: the table of the README says what they mean.
public enum WarningCode {
    LOOKS_FIRST("looks-first"),
    ADOPT_DONE("adopt-done"),
    BIND_MOUNT_POINT("bind-mount-point"),
    WRITES_HOST("writes-host"),
    SCRATCH_UNCHECKED("scratch-unchecked"),
    NOT_MOUNTED("not-mounted"),
    DRIFTED("drifted"),
    CANNOT_BE_PLACED("cannot-be-placed"),
    RUNS_NOWHERE("runs-nowhere"),
    IMAGE_UNRESOLVED("image-unresolved"),
    IMAGE_UNCHECKED("image-unchecked"),
    WRITTEN_BY_TWO("written-by-two"),
    TARGET_CHANGED("target-changed"),
    TARGET_NAMED("target-named"),
    OUT_OF_REACH("out-of-reach"),
    VOLUME_DIFFERS("volume-differs"),
    VOLUME_UNCHECKED("volume-unchecked"),
    NETWORK_DIFFERS("network-differs"),
    UNDECLARED_VOLUME("undeclared-volume"),
    NODE_ASSUMED("node-assumed"),
    NODE_UNCHECKED("node-unchecked"),
    CONSTRAINT_UNCHECKED("constraint-unchecked"),
    EXTERNAL_UNCHECKED("external-unchecked"),
    HELD_TOGETHER("held-together"),
    ADOPTS("adopts"),
    BASE_BROKEN("base-broken"),
    NETWORK_IN_USE("network-in-use"),
    NO_LONGER_DECLARED("no-longer-declared"),
    ANONYMOUS_VOLUMES("anonymous-volumes"),
    SURVEY_INCOMPLETE("survey-incomplete"),
    LEDGER_LOST("ledger-lost"),
    NOT_SUPPORTED("not-supported");

    private final String word;

    WarningCode(String word) {
        this.word = word;
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

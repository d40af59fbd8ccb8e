package dev.holdfast.app;

import dev.holdfast.yaml.Problem;

/// What the rules for app files warn of, in one stable word each: the table of the README says what they mean.
public enum FileCode implements Problem.Code {
    IN_NO_NETWORK("in-no-network"),
    NO_SHARED_NETWORK("no-shared-network"),
    START_FIRST_PORT("start-first-port"),
    ONE_MODE_FOR_ALL("one-mode-for-all"),
    FILE_NOT_READ("file-not-read"),
    UNNAMED_VOLUME("unnamed-volume");

    private final String word;

    FileCode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}

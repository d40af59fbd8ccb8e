package dev.holdfast.app;

import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Words;

/// What the rules for app files warn of, in one stable word each: the table of the README says what they mean.
public enum FileCode implements Problem.Code {
    IN_NO_NETWORK,
    NO_SHARED_NETWORK,
    START_FIRST_PORT,
    ONE_MODE_FOR_ALL,
    FILE_NOT_READ,
    ENCRYPTED_UNREAD,
    UNNAMED_VOLUME;

    @Override
    public String word() {
        return Words.of(this);
    }

    @Override
    public String toString() {
        return word();
    }
}

package dev.holdfast.compose;

import dev.holdfast.yaml.Problem;

/// What the reading of stack files warns of, in one stable word each: the table of the README says what they mean.
public enum StackWarning implements Problem.Code {
    /// The client takes it and drops it.
    DROPPED_KEY("dropped-key"),
    /// It means something else to the client than it seems to.
    COMPOSE_TRAP("compose-trap"),
    UNSET_VARIABLE("unset-variable"),
    DEPRECATED_KEY("deprecated-key");

    private final String word;

    StackWarning(String word) {
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

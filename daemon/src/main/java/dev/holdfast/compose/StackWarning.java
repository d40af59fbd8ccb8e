package dev.holdfast.compose;

import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Words;

/// What the reading of stack files warns of, in one stable word each: the table of the README says what they mean.
public enum StackWarning implements Problem.Code {
    /// The client takes it and drops it.
    DROPPED_KEY,
    /// It means something else to the client than it seems to.
    COMPOSE_TRAP,
    UNSET_VARIABLE,
    DEPRECATED_KEY;

    @Override
    public String word() {
        return Words.of(this);
    }

    @Override
    public String toString() {
        return word();
    }
}

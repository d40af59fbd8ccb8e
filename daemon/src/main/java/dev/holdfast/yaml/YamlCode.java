package dev.holdfast.yaml;

/// What every file with keys of Compose is warned of, in one stable word each: the table of the README says what they
/// mean.
public enum YamlCode implements Problem.Code {
    GIVEN_TWICE,
    QUOTES_KEPT,
    RESTART_IGNORED;

    @Override
    public String word() {
        return Words.of(this);
    }

    @Override
    public String toString() {
        return word();
    }
}

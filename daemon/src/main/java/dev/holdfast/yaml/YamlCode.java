package dev.holdfast.yaml;

/// What every file with keys of Compose is warned of, in one stable word each: the table of the README says what they
/// mean.
public enum YamlCode implements Problem.Code {
    GIVEN_TWICE("given-twice"),
    QUOTES_KEPT("quotes-kept"),
    RESTART_IGNORED("restart-ignored");

    private final String word;

    YamlCode(String word) {
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

package dev.holdfast.yaml;

/// What the reading of YAML itself warns of, in one stable word each: the table of the README says what they mean.
public enum YamlCode implements Problem.Code {
    GIVEN_TWICE("given-twice"),
    QUOTES_KEPT("quotes-kept");

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

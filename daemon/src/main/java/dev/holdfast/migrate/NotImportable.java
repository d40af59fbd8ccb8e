package dev.holdfast.migrate;

import java.util.List;

/// There is nothing to import; the problems say why.
public final class NotImportable extends RuntimeException {

    private final List<String> problems;

    public NotImportable(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

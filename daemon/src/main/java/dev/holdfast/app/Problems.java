package dev.holdfast.app;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Collects problems, each once: what `defaults` do wrong is found again under every app.
final class Problems {

    private final Set<Problem> all = new TreeSet<>();
    private final Set<String> filesWithErrors = new HashSet<>();

    void error(Yaml.Place place, String path, String message) {
        filesWithErrors.add(place.file());
        all.add(problem(place, path, message, Problem.Severity.ERROR));
    }

    void warning(Yaml.Place place, String path, String message) {
        all.add(problem(place, path, message, Problem.Severity.WARNING));
    }

    private static Problem problem(Yaml.Place place, String path, String message, Problem.Severity severity) {
        return new Problem(place.file(), place.line(), place.column(), path, message, severity);
    }

    boolean hasErrorIn(String file) {
        return filesWithErrors.contains(file);
    }

    boolean hasErrors() {
        return !filesWithErrors.isEmpty();
    }

    List<Problem> sorted() {
        return List.copyOf(all);
    }
}

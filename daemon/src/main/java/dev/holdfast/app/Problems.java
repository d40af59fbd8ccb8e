package dev.holdfast.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Collects problems, each once: what `defaults` do wrong is found again under every app.
final class Problems {

    /// Nobody reads more, and a hostile file could have millions.
    private static final int MOST = 1_000;

    private final Set<Problem> all = new TreeSet<>();
    private int more;
    private final Set<String> filesWithErrors = new HashSet<>();

    void error(Yaml.Place place, String path, String message) {
        filesWithErrors.add(place.file());
        add(problem(place, path, message, Problem.Severity.ERROR));
    }

    void warning(Yaml.Place place, String path, String message) {
        add(problem(place, path, message, Problem.Severity.WARNING));
    }

    private void add(Problem problem) {
        // What is said of a whole file decides whether anything may be applied.
        if (all.size() < MOST || problem.line() == 0) {
            all.add(problem);
        } else if (!all.contains(problem)) {
            more++;
        }
    }

    /// Whether no more are told: then no explanation need be found for them either.
    boolean isFull() {
        return all.size() >= MOST;
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
        var sorted = new ArrayList<>(all);
        if (more > 0) {
            var message = "and about %,d more problems in this and other files".formatted(more);
            sorted.add(new Problem(sorted.getLast().file(), 0, 0, "", message, Problem.Severity.ERROR));
        }
        return List.copyOf(sorted);
    }
}

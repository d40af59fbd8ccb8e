package dev.holdfast.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Collects problems, each once: what `defaults` do wrong is found again under every app.
final class Problems {

    /// Nobody reads more, and a hostile file could have millions.
    private static final int MOST = 1_000;

    /// So that one file does not hide what is wrong with the others.
    private static final int MOST_IN_A_FILE = 100;

    private final Set<Problem> all = new TreeSet<>();
    private final Map<String, Integer> told = new HashMap<>();
    private final Map<String, Integer> more = new TreeMap<>();
    private final Set<String> filesWithErrors = new HashSet<>();

    void error(Yaml.Place place, String path, String message) {
        error(place, path, message, null);
    }

    /// @param cause what must be mended first; null where it is this
    void error(Yaml.Place place, String path, String message, Yaml.@Nullable Place cause) {
        filesWithErrors.add(place.file());
        add(problem(place, path, message, Problem.Severity.ERROR, cause));
    }

    void warning(Yaml.Place place, String path, String message) {
        add(problem(place, path, message, Problem.Severity.WARNING, null));
    }

    private void add(Problem problem) {
        // What is said of a whole file decides whether anything may be applied.
        if (!isFull(problem.file()) || problem.line() == 0) {
            if (all.add(problem)) {
                told.merge(problem.file(), 1, Integer::sum);
            }
        } else if (!all.contains(problem)) {
            more.merge(problem.file(), 1, Integer::sum);
        }
    }

    /// Whether no more are told of that file: then no explanation need be found for them either. Each file that is
    /// wrong is told of at least once.
    boolean isFull(String file) {
        var count = told.getOrDefault(file, 0);
        return count >= MOST_IN_A_FILE || count > 0 && all.size() >= MOST;
    }

    private static Problem problem(
            Yaml.Place place, String path, String message, Problem.Severity severity, Yaml.@Nullable Place cause) {
        var from = cause == null ? null : cause.file() + ":" + cause.line() + ":" + Math.max(1, cause.column());
        return new Problem(place.file(), place.line(), place.column(), path, message, severity, from);
    }

    boolean hasErrorIn(String file) {
        return filesWithErrors.contains(file);
    }

    boolean hasErrors() {
        return !filesWithErrors.isEmpty();
    }

    List<Problem> sorted() {
        var sorted = new ArrayList<>(all);
        more.forEach((file, count) -> {
            var message = "and about %,d more problems in this file".formatted(count);
            sorted.add(new Problem(file, 0, 0, "", message, Problem.Severity.ERROR));
        });
        return List.copyOf(sorted);
    }
}

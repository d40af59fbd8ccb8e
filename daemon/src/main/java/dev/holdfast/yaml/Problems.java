package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Collects problems, each once: what `defaults` do wrong is found again under every app, and what an anchor does wrong
/// at every place that uses it.
public final class Problems {

    /// Nobody reads more, and a hostile file could have millions.
    private static final int MOST = 1_000;

    /// So that one file does not hide what is wrong with the others, nor its warnings what is an error.
    private static final int MOST_IN_A_FILE = 100;

    /// Without their paths, with all of these.
    private final Map<Problem, Set<String>> all = new TreeMap<>();
    private final Map<Problem.Severity, Told> told = Map.of(
            Problem.Severity.ERROR, new Told(),
            Problem.Severity.WARNING, new Told());
    private final Set<String> filesWithErrors = new HashSet<>();

    /// How many of one severity there are, and how many each file has beyond those that are told.
    private static final class Told {
        private final Map<String, Integer> inFile = new HashMap<>();
        private final Map<String, Integer> more = new TreeMap<>();
        private int count;

        /// Each file that is wrong is told of at least once.
        boolean isFull(String file) {
            var here = inFile.getOrDefault(file, 0);
            return here >= MOST_IN_A_FILE || here > 0 && count >= MOST;
        }
    }

    public void error(Yaml.Place place, String path, String message) {
        error(place, path, message, null);
    }

    /// @param cause what must be corrected first; null where it is this
    public void error(Yaml.Place place, String path, String message, Yaml.@Nullable Place cause) {
        filesWithErrors.add(place.file());
        add(problem(place, path, message, Problem.Severity.ERROR, null, cause));
    }

    /// @param code null where the message alone tells
    public void warning(Problem.@Nullable Code code, Yaml.Place place, String path, String message) {
        add(problem(place, path, message, Problem.Severity.WARNING, code, null));
    }

    private void add(Problem problem) {
        var same = told(problem.severity());
        // What is said of a whole file decides whether anything may be applied.
        var key = problem.line() == 0 ? problem : problem.at("");
        var paths = all.get(key);
        if (paths != null) {
            if (paths.size() < MOST) {
                paths.add(problem.path());
            }
        } else if (!same.isFull(problem.file()) || problem.line() == 0 && problem.isError()) {
            all.put(key, new LinkedHashSet<>(Set.of(problem.path())));
            same.inFile.merge(problem.file(), 1, Integer::sum);
            same.count++;
        } else {
            same.more.merge(problem.file(), 1, Integer::sum);
        }
    }

    private Told told(Problem.Severity severity) {
        return Objects.requireNonNull(told.get(severity));
    }

    /// Whether no more errors are told of that file: then no explanation need be found for them either.
    boolean isFull(String file) {
        return told(Problem.Severity.ERROR).isFull(file);
    }

    private static Problem problem(
            Yaml.Place place,
            String path,
            String message,
            Problem.Severity severity,
            Problem.@Nullable Code code,
            Yaml.@Nullable Place cause) {
        var from = cause == null ? null : cause.file() + ":" + cause.line() + ":" + Math.max(1, cause.column());
        return new Problem(
                place.file(),
                place.line(),
                place.column(),
                Sealed.masked(Secrets.path(path)),
                Sealed.masked(message),
                severity,
                code,
                from);
    }

    public boolean hasErrorIn(String file) {
        return filesWithErrors.contains(file);
    }

    public boolean hasErrors() {
        return !filesWithErrors.isEmpty();
    }

    public List<Problem> sorted() {
        var told = new TreeSet<Problem>();
        all.forEach((problem, paths) -> told.add(SamePlaces.told(problem, List.copyOf(paths))));
        var sorted = new ArrayList<>(told);
        for (var severity : Problem.Severity.values()) {
            var kind = severity == Problem.Severity.ERROR ? "problems" : "warnings";
            this.told(severity).more.forEach((file, count) -> {
                var message = "and about %,d more %s in this file".formatted(count, kind);
                sorted.add(new Problem(file, 0, 0, "", message, severity));
            });
        }
        return List.copyOf(sorted);
    }
}

package dev.holdfast.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// What is wrong at one place of a file that several others use, by an anchor: said once, of the first, with the others
/// behind it.
final class SamePlaces {

    private static final int NAMED = 5;

    private SamePlaces() {}

    /// @param paths where the value is used, the first one first
    static Problem told(Problem problem, List<String> paths) {
        var first = paths.getFirst();
        if (paths.size() == 1) {
            return problem.at(first);
        }
        var others = paths.subList(1, paths.size());
        var names = others.stream()
                .limit(NAMED)
                .map(path -> withoutCommonEnd(path, first))
                .collect(Collectors.joining(", "));
        var more = others.size() > NAMED ? " and %,d more".formatted(others.size() - NAMED) : "";
        return problem.at(first).saying("%s (also in %s%s)".formatted(problem.message(), names, more));
    }

    /// `services.two.deploy.replica` beside `services.one.deploy.replica` is `services.two`.
    private static String withoutCommonEnd(String path, String other) {
        var end = path.length();
        var otherEnd = other.length();
        while (end > 0 && otherEnd > 0) {
            var dot = path.lastIndexOf('.', end - 1);
            var otherDot = other.lastIndexOf('.', otherEnd - 1);
            if (dot < 0 || otherDot < 0 || !path.substring(dot, end).equals(other.substring(otherDot, otherEnd))) {
                break;
            }
            end = dot;
            otherEnd = otherDot;
        }
        return path.substring(0, end);
    }
}

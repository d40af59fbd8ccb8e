package dev.holdfast.report;

import dev.holdfast.yaml.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong in files, as Markdown.
public final class ProblemMarkdown {

    /// So many places of the same fault are told in one line.
    private static final int MANY = 3;

    private static final int PLACES = 20;

    private ProblemMarkdown() {}

    public static String of(List<Problem> problems) {
        if (problems.isEmpty()) {
            return "No problems.\n";
        }
        return new MarkdownParts("validate")
                .list(new Lines(), grouped(problems))
                .toString();
    }

    /// A line for each; what is wrong in many places in the same way, such as what one line of `holdfast.yaml` does
    /// to every app, is told once, with its places.
    static List<String> grouped(List<Problem> problems) {
        var groups = new LinkedHashMap<String, List<Problem>>();
        problems.forEach(problem -> groups.computeIfAbsent(problem.severity() + problem.text(), _ -> new ArrayList<>())
                .add(problem));
        var lines = new ArrayList<String>();
        for (var group : groups.values()) {
            if (group.size() < MANY) {
                group.forEach(problem -> lines.add(line(problem)));
            } else {
                lines.add(line(group));
            }
        }
        return lines;
    }

    private static String line(List<Problem> group) {
        var first = group.getFirst();
        var places = group.stream()
                .limit(PLACES)
                .map(problem -> Markdown.code(problem.place()))
                .collect(Collectors.joining(", "));
        var more = group.size() - PLACES;
        var samePath = group.stream().allMatch(problem -> problem.path().equals(first.path()));
        return "- **" + word(first) + "** in " + group.size() + " places "
                + (first.path().isEmpty() || !samePath ? "" : Markdown.code(first.path()) + ": ")
                + Markdown.text(first.text()) + ": " + places + (more > 0 ? " and " + more + " more" : "");
    }

    private static String line(Problem problem) {
        return "- **" + word(problem) + "** " + Markdown.code(problem.place()) + " "
                + (problem.path().isEmpty() ? "" : Markdown.code(problem.path()) + ": ")
                + Markdown.text(problem.text());
    }

    private static String word(Problem problem) {
        return problem.isError() ? "error" : "warning";
    }
}

package dev.holdfast.report;

import dev.holdfast.app.Problem;
import java.util.List;

/// What is wrong in files, as Markdown.
public final class ProblemMarkdown {

    private ProblemMarkdown() {}

    public static String of(List<Problem> problems) {
        if (problems.isEmpty()) {
            return "No problems.\n";
        }
        return new MarkdownParts("validate")
                .list(new Lines(), problems.stream().map(ProblemMarkdown::line).toList())
                .toString();
    }

    static String line(Problem problem) {
        var place = problem.line() == 0
                ? problem.file()
                : problem.file() + ":" + problem.line() + ":" + Math.max(1, problem.column());
        return "- **" + (problem.isError() ? "error" : "warning") + "** " + Markdown.code(place) + " "
                + (problem.path().isEmpty() ? "" : Markdown.code(problem.path()) + ": ")
                + Markdown.text(problem.text());
    }
}

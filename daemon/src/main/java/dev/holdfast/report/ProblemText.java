package dev.holdfast.report;

import dev.holdfast.yaml.Problem;
import java.util.List;

/// What is wrong in files, one problem a line: as compilers write it, or as a workflow's annotations.
public final class ProblemText {

    private ProblemText() {}

    public static String of(List<Problem> problems, Style style) {
        var out = new Lines();
        for (var problem : problems) {
            var line = HarmlessText.line(problem.toString());
            out.add(problem.isError() ? line : line + style.yellow(" (warning)"));
        }
        return out.toString();
    }

    /// `12 apps, no problems` or `12 apps, 1 error, 2 warnings`
    public static String summary(int apps, List<Problem> problems) {
        var errors = (int) problems.stream().filter(Problem::isError).count();
        var warnings = problems.size() - errors;
        return Counts.some(apps, "app")
                + (problems.isEmpty() ? ", no problems" : "")
                + (errors > 0 ? ", " + Counts.some(errors, "error") : "")
                + (warnings > 0 ? ", " + Counts.some(warnings, "warning") : "");
    }

    /// Annotations of a GitHub workflow (Gitea and Forgejo read them too).
    public static String github(List<Problem> problems) {
        var out = new Lines();
        for (var problem : problems) {
            var place = "file=" + property(problem.file())
                    + (problem.line() > 0 ? ",line=" + problem.line() : "")
                    + (problem.column() > 0 ? ",col=" + problem.column() : "");
            var message = (problem.path().isEmpty() ? "" : problem.path() + ": ") + problem.text();
            out.add("::" + (problem.isError() ? "error" : "warning") + " " + place + "::" + data(message));
        }
        return out.toString();
    }

    private static String data(String text) {
        return HarmlessText.line(text).replace("%", "%25");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}

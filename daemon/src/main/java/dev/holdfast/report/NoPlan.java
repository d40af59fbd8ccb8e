package dev.holdfast.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.Difference;
import dev.holdfast.plan.Plan;
import dev.holdfast.yaml.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in place of a plan where the repository says nothing that could be applied: why, and where. It has the
/// plan's own marker, so that it takes the place of the last one on a pull request.
///
/// @param cluster as far as it can be told
/// @param base with `head`, the commits that were to be compared; null for a plan
public record NoPlan(
        String cluster, @Nullable String base, @Nullable String head, List<Problem> problems) {

    private static final String SENTENCE =
            "Nothing would be applied: these problems must be solved first. apply would exit with 1.";

    /// What a forge's limit on comments surely has room for.
    private static final int IN_ONE_SECTION = 50;

    public static NoPlan plan(String cluster, List<Problem> problems) {
        return new NoPlan(cluster, null, null, problems);
    }

    public static NoPlan diff(String cluster, String base, String head, List<Problem> problems) {
        return new NoPlan(cluster, base, head, problems);
    }

    public String text(Style style) {
        return style.bold(SENTENCE) + "\n\n" + ProblemText.of(problems, style);
    }

    public String markdown() {
        var document = new MarkdownParts((base == null ? "plan:" : "diff:") + cluster);
        document.section(title().gap().add("> [!CAUTION]").add("> **" + SENTENCE + "**"));
        var told = ProblemMarkdown.grouped(problems);
        for (var from = 0; from < told.size(); from += IN_ONE_SECTION) {
            var lines = new Lines();
            told.subList(from, Math.min(told.size(), from + IN_ONE_SECTION)).forEach(lines::add);
            document.section(lines);
        }
        return document.toString();
    }

    private Lines title() {
        if (base == null || head == null) {
            return new Lines().add("### Holdfast plan for " + Markdown.code(cluster));
        }
        return new Lines()
                .add("### Holdfast: what this change does to " + Markdown.code(cluster))
                .gap()
                .add(Markdown.code(Counts.shortCommit(base)) + " → " + Markdown.code(Counts.shortCommit(head)));
    }

    /// An empty plan that says `refused`.
    public ObjectNode json() {
        var nothing = Plan.nothing(cluster, null, List.of(), Ledger.empty(cluster, ""));
        if (base != null && head != null) {
            return Json.diff(new Difference(base, head, nothing, problems, 0)).put("refused", SENTENCE);
        }
        return Json.plan(nothing, problems).put("refused", SENTENCE);
    }
}

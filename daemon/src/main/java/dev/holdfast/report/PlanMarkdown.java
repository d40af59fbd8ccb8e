package dev.holdfast.report;

import dev.holdfast.apply.Outcome;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Difference;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Prospect;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.Redaction;
import dev.holdfast.yaml.Problem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A plan as a comment on a pull request. What happens to data stands above everything else, then what is held, then
/// every app in one row; fields fold away.
public final class PlanMarkdown {

    private static final int ORPHANS_SHOWN = 10;
    private static final int LONGEST_VALUE = 10_000;

    private final Plan plan;
    private final MarkdownParts document;

    private PlanMarkdown(Plan plan, String kind) {
        this.plan = plan;
        this.document = new MarkdownParts(kind + ":" + plan.cluster());
    }

    public static String of(Plan plan, List<Problem> problems) {
        var comment = new PlanMarkdown(plan, "plan");
        comment.head(comment.planned(), problems, "Problems");
        comment.body();
        comment.expected(problems);
        return comment.document.toString();
    }

    /// The plan, and how it ended.
    public static String of(Plan plan, List<Problem> problems, List<Outcome> outcomes) {
        var comment = new PlanMarkdown(plan, "apply");
        comment.head(comment.planned(), problems, "Problems");
        comment.outcomes(outcomes);
        comment.body();
        return comment.document.toString();
    }

    /// What a change means, told without a Swarm.
    public static String of(Difference difference) {
        return of(difference, "");
    }

    /// @param among what the change means for other clusters; empty where there are none
    static String of(Difference difference, String among) {
        var comment = new PlanMarkdown(difference.plan(), "diff");
        var title = new Lines()
                .add("### Holdfast: what this change does to "
                        + Markdown.code(difference.plan().cluster()))
                .gap()
                .add(commit(difference.base()) + " → " + commit(difference.head())
                        + ", compared offline: as if the Swarm were just as the first says, with every app well."
                        + " What was changed by hand or failed, labels of nodes, disks and images were not looked at.");
        if (!among.isEmpty()) {
            title.gap().add(among);
        }
        comment.head(title, difference.problems(), "Problems that are new with this change");
        comment.body();
        comment.expected(difference.problems());
        return comment.document.toString();
    }

    private void expected(List<Problem> problems) {
        var line = ProspectText.markdown(Prospect.of(plan, problems));
        if (!line.isEmpty()) {
            document.section(new Lines().add(line));
        } else if (plan.changes().stream().anyMatch(change -> change.kind() == Change.Kind.SERVICE)) {
            document.section(new Lines().add("`apply` would exit with 0; with 1 if an app fails."));
        }
    }

    private Lines planned() {
        return new Lines()
                .add("### Holdfast plan for " + Markdown.code(plan.cluster())
                        + (plan.commit() == null ? "" : " at " + commit(plan.commit())));
    }

    private void head(Lines title, List<Problem> problems, String heading) {
        document.section(title);
        document.list(
                new Lines().add("> [!CAUTION]").add("> **Data**"),
                each(DataText.of(plan.data()), sentence -> "> - ⚠ " + Markdown.text(sentence)));
        document.section(new Lines().add("**" + Counts.of(plan) + "**"));
        document.list(new Lines().add("#### " + heading).gap(), ProblemMarkdown.grouped(problems));
    }

    private static <T> List<String> each(List<T> values, Function<T, String> line) {
        return values.stream().map(line).toList();
    }

    private void body() {
        holds();
        PlanTable.write(document, plan);
        settings();
        plan.changes().forEach(change -> fields(Markdown.tag("code", change.name()), FoldedLabels.of(plan, change)));
        unfinished();
        failed();
        warnings();
        orphans();
    }

    private void holds() {
        document.list(
                new Lines().add("#### Held, left exactly as it runs").gap(),
                each(GroupedMessages.holds(plan), this::held));
        plan.holds().forEach(hold -> fields(Markdown.tag("code", hold.app()) + ", waiting", hold.waiting()));
    }

    private String held(GroupedMessages<Hold> held) {
        var hold = held.words();
        var out = new Lines()
                .add("- " + held.names(PlanMarkdown::name) + " ("
                        + Markdown.code(hold.code().word()) + "): " + Markdown.text(hold.message()));
        if (!hold.allow().isBlank()) {
            out.gap().add("  To go on:").gap();
            Markdown.block(out, "  ", "yaml", hold.allow());
        }
        if (!hold.then().isEmpty()) {
            out.gap().add("  Then: " + Markdown.text(String.join("; ", DataText.of(hold.then()))));
        }
        return out.toString();
    }

    private void fields(String what, List<FieldChange> changed) {
        var fields = changed.stream().map(Redaction::of).toList();
        if (fields.isEmpty()) {
            return;
        }
        var head = new Lines()
                .add("<details><summary>" + what + ": " + Counts.some(fields.size(), "field") + "</summary>")
                .gap()
                .add("| field | old | new |")
                .add("|---|---|---|");
        var rows = each(
                fields,
                field -> "| " + Markdown.cell(field.path()) + (field.restarts() ? " (restarts)" : "") + " | "
                        + value(field.before()) + " | " + value(field.after()) + " |");
        document.list(head, rows, "\n</details>");
    }

    private void settings() {
        document.list(
                new Lines()
                        .add("Keys that only Holdfast reads, which restart nothing:")
                        .gap()
                        .add("| in | key | old | new |")
                        .add("|---|---|---|---|"),
                each(
                        GroupedMessages.settings(plan.settings()),
                        told -> "| " + told.names(app -> Markdown.cell(app.isEmpty() ? "holdfast.yaml" : app)) + " | "
                                + Markdown.cell(told.words().path()) + " | "
                                + value(told.words().before()) + " | "
                                + value(told.words().after()) + " |"));
    }

    private static String value(@Nullable String value) {
        if (value == null) {
            return "";
        }
        var shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
        return Markdown.cell(shown.isEmpty() ? "\"\"" : shown);
    }

    private void unfinished() {
        document.list(
                new Lines().add("#### Not converged yet, `apply` waits for it").gap(),
                each(
                        plan.rollouts().unfinished(),
                        each -> "- " + name(each.app()) + ": " + Markdown.text(Redaction.text(each.state()))));
    }

    private void failed() {
        document.list(
                new Lines()
                        .add("#### Failed before, and not tried again until its file changes")
                        .gap(),
                each(plan.failed(), PlanMarkdown::failed));
    }

    private static String failed(Plan.Failed failed) {
        var out = new Lines()
                .add("- " + name(failed.app()) + ", since " + Markdown.text(failed.since()))
                .gap();
        Markdown.block(out, "  ", "", Redaction.text(failed.error()));
        return out.toString();
    }

    private void warnings() {
        document.list(
                new Lines().add("#### Warnings").gap(),
                each(
                        GroupedMessages.warnings(plan.warnings().stream()
                                .filter(warning -> !warning.code().isCause())
                                .toList()),
                        told -> "- " + told.names(PlanMarkdown::name) + " ("
                                + Markdown.code(told.words().code().word()) + "): "
                                + Markdown.text(told.words().message())));
    }

    private void orphans() {
        if (!plan.orphans().isEmpty()) {
            OrphanMarkdown.write(
                    document, plan.orphans(), "####", plan.orphans().size() > ORPHANS_SHOWN);
        }
    }

    private void outcomes(List<Outcome> outcomes) {
        document.section(new Lines().add("#### Applied: " + Counts.of(outcomes)));
        var touched = outcomes.stream()
                .filter(outcome -> outcome.result() != Outcome.Result.UNCHANGED)
                .toList();
        document.list(new Lines(), each(touched, PlanMarkdown::outcome));
    }

    private static String outcome(Outcome outcome) {
        var out = new Lines().add("- **" + outcome.result().word() + "** " + Markdown.code(outcome.app()));
        if (outcome.error() != null) {
            out.gap();
            Markdown.block(out, "  ", "", Redaction.text(outcome.error()));
        }
        return out.toString();
    }

    private static String commit(String commit) {
        return Markdown.code(Counts.shortCommit(commit));
    }

    private static String name(String app) {
        return app.isEmpty() ? "the repository" : Markdown.code(app);
    }
}

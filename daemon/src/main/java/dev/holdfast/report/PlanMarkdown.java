package dev.holdfast.report;

import dev.holdfast.app.Problem;
import dev.holdfast.apply.Outcome;
import dev.holdfast.ledger.Claim;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Difference;
import dev.holdfast.plan.FieldChange;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Redaction;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plan as a comment on a pull request. What happens to data stands above everything else, then what is held, then
/// every app in one row; fields fold away.
public final class PlanMarkdown {

    private static final int ORPHANS_SHOWN = 10;

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
        var comment = new PlanMarkdown(difference.plan(), "diff");
        var title = new Lines()
                .add("### Holdfast: what this change does to "
                        + Markdown.code(difference.plan().cluster()))
                .gap()
                .add(commit(difference.base()) + " → " + commit(difference.head())
                        + ", compared offline: as if the Swarm were just as the first says.");
        comment.head(title, difference.problems(), "Problems that are new with this change");
        comment.body();
        return comment.document.toString();
    }

    private Lines planned() {
        return new Lines()
                .add("### Holdfast plan for " + Markdown.code(plan.cluster())
                        + (plan.commit() == null ? "" : " at " + commit(plan.commit())));
    }

    private void head(Lines out, List<Problem> problems, String title) {
        if (!plan.data().isEmpty()) {
            out.gap().add("> [!CAUTION]").add("> **Data**");
            plan.data().forEach(sentence -> out.add("> - ⚠ " + Markdown.text(sentence)));
        }
        document.section(out.gap().add("**" + Counts.of(plan) + "**"));
        if (!problems.isEmpty()) {
            var list = new Lines().add("#### " + title).gap();
            problems.forEach(problem -> list.add(ProblemMarkdown.line(problem)));
            document.section(list);
        }
    }

    private void body() {
        holds();
        table();
        plan.changes().forEach(change -> fields(Markdown.tag("code", change.name()), change.fields()));
        failed();
        warnings();
        orphans();
    }

    private void holds() {
        if (plan.holds().isEmpty()) {
            return;
        }
        var out = new Lines().add("#### Held, left exactly as it runs").gap();
        for (var hold : plan.holds()) {
            out.add("- " + name(hold.app()) + " (" + Markdown.code(hold.code()) + "): "
                    + Markdown.text(hold.message()));
            if (!hold.allow().isBlank()) {
                out.gap().add("  To go on:").gap();
                Markdown.block(out, "  ", "yaml", hold.allow());
            }
        }
        document.section(out);
        plan.holds().forEach(hold -> fields(Markdown.tag("code", hold.app()) + ", waiting", hold.waiting()));
    }

    private void table() {
        if (plan.isEmpty() && plan.holds().isEmpty()) {
            return;
        }
        var out = new Lines().add("| app | change | tasks | data |").add("|---|---|---|---|");
        for (var change : plan.changes()) {
            if (change.kind() == Change.Kind.SERVICE) {
                out.add("| " + Markdown.cell(change.name()) + " | "
                        + change.action().word() + " | " + tasks(change) + " | " + data(change) + " |");
            }
        }
        plan.holds().stream()
                .map(Hold::app)
                .distinct()
                .filter(this::isUntouched)
                .forEach(app -> out.add("| " + Markdown.cell(app) + " | held | go on | |"));
        var around = plan.changes().stream()
                .filter(change -> change.kind() != Change.Kind.SERVICE)
                .map(change -> change.action().word() + " " + change.kind().word() + " " + Markdown.code(change.name()))
                .toList();
        if (!around.isEmpty()) {
            out.gap().add("Around them: " + String.join(", ", around) + ".");
        }
        document.section(out);
    }

    private boolean isUntouched(String app) {
        return plan.changes().stream().noneMatch(change -> change.app().equals(app));
    }

    private static String tasks(Change change) {
        return switch (change) {
            case Change.CreateService create -> "start";
            case Change.RemoveService remove -> "stop";
            case Change.UpdateService update when update.stopFirst() -> "**stop**, then start anew";
            case Change.UpdateService update -> update.restarts() ? "restart" : "go on";
            case Change.ScaleService scale -> scale.starts() ? "start again" : "stop, as their node is down";
            default -> "";
        };
    }

    private static String data(Change change) {
        var claims = switch (change) {
            case Change.CreateService create -> create.claims();
            case Change.RemoveService remove -> remove.claims();
            case Change.UpdateService update -> update.claims();
            default -> List.<Claim>of();
        };
        if (claims.isEmpty()) {
            return "";
        }
        var names = claims.stream().map(claim -> Markdown.cell(claim.name())).collect(Collectors.joining(", "));
        return names + " on " + Markdown.cell(claims.getFirst().hostname());
    }

    private void fields(String what, List<FieldChange> changed) {
        var fields = changed.stream().map(Redaction::of).toList();
        if (fields.isEmpty()) {
            return;
        }
        var out = new Lines()
                .add("<details><summary>" + what + ": " + Counts.some(fields.size(), "field") + "</summary>")
                .gap()
                .add("| field | old | new |")
                .add("|---|---|---|");
        for (var field : fields) {
            out.add("| " + Markdown.cell(field.path()) + restart(field, fields) + " | " + value(field.before()) + " | "
                    + value(field.after()) + " |");
        }
        document.section(out.gap().add("</details>"));
    }

    /// Which of several fields is the one that restarts tasks.
    private static String restart(FieldChange field, List<FieldChange> all) {
        return field.restarts() && all.stream().anyMatch(other -> !other.restarts()) ? " (restarts)" : "";
    }

    private static String value(@Nullable String value) {
        return value == null ? "" : Markdown.cell(value.isEmpty() ? "\"\"" : value);
    }

    private void failed() {
        if (plan.failed().isEmpty()) {
            return;
        }
        var out = new Lines()
                .add("#### Failed before, and not tried again until its file changes")
                .gap();
        for (var failed : plan.failed()) {
            out.add("- " + name(failed.app()) + ", since " + Markdown.text(failed.since()))
                    .gap();
            Markdown.block(out, "  ", "", Redaction.text(failed.error()));
        }
        document.section(out);
    }

    private void warnings() {
        var out = new Lines().add("#### Warnings").gap();
        plan.warnings()
                .forEach(warning -> out.add("- " + name(warning.app()) + " (" + Markdown.code(warning.code()) + "): "
                        + Markdown.text(warning.message())));
        if (!plan.warnings().isEmpty()) {
            document.section(out);
        }
    }

    private void orphans() {
        if (plan.orphans().isEmpty()) {
            return;
        }
        var out = new Lines();
        var folds = plan.orphans().size() > ORPHANS_SHOWN;
        if (folds) {
            out.add("<details><summary>" + Counts.some(plan.orphans().size(), "orphan") + "</summary>")
                    .gap();
        }
        OrphanMarkdown.write(out, plan.orphans(), "####");
        document.section(folds ? out.gap().add("</details>") : out);
    }

    private void outcomes(List<Outcome> outcomes) {
        var out = new Lines().add("#### Applied: " + Counts.of(outcomes)).gap();
        for (var outcome : outcomes) {
            if (outcome.result() == Outcome.Result.UNCHANGED) {
                continue;
            }
            out.add("- **" + outcome.result().word() + "** " + Markdown.code(outcome.app()));
            if (outcome.error() != null) {
                out.gap();
                Markdown.block(out, "  ", "", Redaction.text(outcome.error()));
            }
        }
        document.section(out);
    }

    private static String commit(String commit) {
        return Markdown.code(Counts.shortCommit(commit));
    }

    private static String name(String app) {
        return app.isEmpty() ? "the repository" : Markdown.code(app);
    }
}

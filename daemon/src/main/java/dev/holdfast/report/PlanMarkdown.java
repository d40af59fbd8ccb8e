package dev.holdfast.report;

import dev.holdfast.apply.Outcome;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.FieldChange;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan as a comment on a pull request. What happens to data stands above everything else; long lists of fields fold
/// away.
public final class PlanMarkdown {

    private static final int FIELDS_SHOWN = 10;

    private final Plan plan;
    private final Lines out = new Lines();

    private PlanMarkdown(Plan plan) {
        this.plan = plan;
    }

    public static String of(Plan plan) {
        return Markdown.fit(new PlanMarkdown(plan).write());
    }

    /// The plan, and how it ended.
    public static String of(Plan plan, List<Outcome> outcomes) {
        var document = new PlanMarkdown(plan);
        document.write();
        document.outcomes(outcomes);
        return Markdown.fit(document.out);
    }

    private Lines write() {
        out.add("### Holdfast plan for " + Markdown.code(plan.cluster())
                + (plan.commit() == null ? "" : " at " + Markdown.code(Counts.shortCommit(plan.commit()))));
        out.gap().add("**" + Counts.of(plan) + "**");
        data();
        holds();
        changes();
        failed();
        warnings();
        orphans();
        return out;
    }

    private void data() {
        if (!plan.data().isEmpty()) {
            out.gap().add("> [!CAUTION]");
            plan.data().forEach(sentence -> out.add("> - " + Markdown.text(sentence)));
        }
    }

    private void holds() {
        if (plan.holds().isEmpty()) {
            return;
        }
        out.gap().add("#### Held, left exactly as it runs").gap();
        for (var hold : plan.holds()) {
            out.add("- " + name(hold.app()) + " (" + Markdown.code(hold.code()) + "): "
                    + Markdown.text(hold.message()));
            if (!hold.allow().isBlank()) {
                out.gap().add("  To go on:").gap();
                Markdown.block(out, "  ", "yaml", hold.allow());
            }
        }
    }

    private void changes() {
        if (plan.isEmpty()) {
            return;
        }
        out.gap().add("#### Changes").gap();
        for (var change : plan.changes()) {
            var kind = change.kind() == Change.Kind.SERVICE ? "" : change.kind().word() + " ";
            var restarts = change.action() == Change.Action.UPDATE
                    ? (change.restarts() ? " (restarts)" : " (no restart)")
                    : "";
            out.add("- **" + change.action().word() + "** " + kind + Markdown.code(change.name()) + restarts);
            fields(change.fields().stream().map(Redaction::of).toList());
        }
    }

    private void fields(List<FieldChange> fields) {
        if (fields.isEmpty()) {
            return;
        }
        var folds = fields.size() > FIELDS_SHOWN;
        out.gap();
        if (folds) {
            out.add("  <details><summary>" + fields.size() + " fields</summary>")
                    .gap();
        }
        out.add("  | field | old | new |").add("  |---|---|---|");
        for (var field : fields) {
            out.add("  | " + Markdown.cell(field.path()) + " | " + value(field.before()) + " | " + value(field.after())
                    + " |");
        }
        out.gap();
        if (folds) {
            out.add("  </details>").gap();
        }
    }

    private static String value(@Nullable String value) {
        return value == null ? "" : Markdown.cell(value.isEmpty() ? "\"\"" : value);
    }

    private void failed() {
        if (plan.failed().isEmpty()) {
            return;
        }
        out.gap()
                .add("#### Failed before, and not tried again until its file changes")
                .gap();
        for (var failed : plan.failed()) {
            out.add("- " + name(failed.app()) + ", since " + Markdown.text(failed.since()))
                    .gap();
            Markdown.block(out, "  ", "", Redaction.text(failed.error()));
        }
    }

    private void warnings() {
        if (!plan.warnings().isEmpty()) {
            out.gap().add("#### Warnings").gap();
            plan.warnings()
                    .forEach(warning -> out.add("- " + name(warning.app()) + " (" + Markdown.code(warning.code())
                            + "): " + Markdown.text(warning.message())));
        }
    }

    private void orphans() {
        if (!plan.orphans().isEmpty()) {
            out.gap();
            OrphanMarkdown.write(out, plan.orphans(), "####");
        }
    }

    private void outcomes(List<Outcome> outcomes) {
        out.gap().add("#### Applied: " + Counts.of(outcomes)).gap();
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
    }

    private static String name(String app) {
        return app.isEmpty() ? "the repository" : Markdown.code(app);
    }
}

package dev.holdfast.report;

import dev.holdfast.app.Problem;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.FieldChange;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Prospect;
import dev.holdfast.plan.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan for a terminal. What happens to data stands above everything else.
public final class PlanText {

    private final Plan plan;
    private final Style style;
    private final Lines out = new Lines();

    private PlanText(Plan plan, Style style) {
        this.plan = plan;
        this.style = style;
    }

    public static String of(Plan plan, Style style) {
        var text = new PlanText(plan, style);
        text.data();
        text.holds();
        text.changes();
        text.failed();
        text.warnings();
        text.orphans();
        text.out.gap().add(style.bold("Plan: " + Counts.of(plan) + "."));
        return text.out.toString();
    }

    /// Before it is carried out: with what that would count as.
    ///
    /// @param problems of the files
    public static String of(Plan plan, List<Problem> problems, Style style) {
        var expected = ProspectText.of(Prospect.of(plan, problems));
        return of(plan, style) + (expected.isEmpty() ? "" : expected + "\n");
    }

    private void data() {
        if (!plan.data().isEmpty()) {
            out.add(style.bold("Data:"));
            plan.data().forEach(sentence -> out.add("  " + style.yellow("! " + Clean.line(sentence))));
        }
    }

    private void holds() {
        if (plan.holds().isEmpty()) {
            return;
        }
        out.gap().add(style.bold("Held, left exactly as it runs:"));
        for (var hold : plan.holds()) {
            out.add("  " + style.yellow("! " + name(hold.app())) + " (" + Clean.line(hold.code()) + ")");
            out.indented("      ", hold.message());
            if (!hold.allow().isBlank()) {
                out.add("      To go on:").indented("          ", hold.allow());
            }
            if (!hold.waiting().isEmpty()) {
                out.add("      Until then this waits:");
                hold.waiting().stream().map(Redaction::of).forEach(field -> field("          ", field));
            }
        }
    }

    private void changes() {
        if (!plan.isEmpty()) {
            out.gap().add(style.bold("Changes:"));
            plan.changes().forEach(this::change);
        }
    }

    private void change(Change change) {
        var what = (change.kind() == Change.Kind.SERVICE ? "" : change.kind().word() + " ") + Clean.line(change.name());
        switch (change.action()) {
            case CREATE -> out.add("  " + style.green("+ create " + what));
            case REMOVE -> out.add("  " + style.red("- remove " + what));
            case UPDATE -> out.add("  " + style.yellow("~ update " + what) + " (" + tasks(change.tasks()) + ")");
        }
        change.fields().stream().map(Redaction::of).forEach(field -> field("      ", field));
    }

    private static String tasks(String tasks) {
        return switch (tasks) {
            case "restart", "stop", "start" -> tasks + "s";
            case "go on" -> "no restart";
            default -> "no restart, " + tasks;
        };
    }

    private void field(String indent, FieldChange field) {
        out.add(indent + Clean.line(field.path()) + ": " + value(field.before()) + " → " + value(field.after()));
    }

    private String value(@Nullable String value) {
        return value == null ? style.dim("(not set)") : value.isEmpty() ? "\"\"" : Clean.line(value);
    }

    private void failed() {
        if (plan.failed().isEmpty()) {
            return;
        }
        out.gap().add(style.bold("Failed before, and not tried again until its file changes:"));
        for (var failed : plan.failed()) {
            var app = Clean.line(failed.app());
            out.add("  " + style.red("! " + app) + " (since " + Clean.line(failed.since()) + ")");
            out.indented("      ", Redaction.text(failed.error()));
            out.add("      To try again: holdfast apply --retry " + app);
        }
    }

    private void warnings() {
        if (!plan.warnings().isEmpty()) {
            out.gap().add(style.bold("Warnings:"));
            plan.warnings()
                    .forEach(warning -> out.add("  " + name(warning.app()) + ": " + Clean.line(warning.message()) + " ("
                            + Clean.line(warning.code()) + ")"));
        }
    }

    private void orphans() {
        if (!plan.orphans().isEmpty()) {
            out.gap().add(style.bold("Orphans, data that no app owns (more by `holdfast orphans`):"));
            for (var orphan : plan.orphans()) {
                var claim = orphan.claim();
                out.add("  " + claim.kind().word() + " " + Clean.line(claim.name()) + " on "
                        + Clean.line(claim.hostname()));
            }
        }
    }

    private static String name(String app) {
        return app.isEmpty() ? "the repository" : Clean.line(app);
    }
}

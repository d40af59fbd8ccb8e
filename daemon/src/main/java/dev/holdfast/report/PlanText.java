package dev.holdfast.report;

import dev.holdfast.plan.Change;
import dev.holdfast.plan.FieldChange;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Redaction;
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
        for (var held : Together.holds(plan.holds())) {
            var hold = held.words();
            out.add("  " + style.yellow("! " + held.names(PlanText::name)) + " (" + Clean.line(hold.code()) + ")");
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
        if (!plan.isEmpty() || !plan.open().isEmpty()) {
            out.gap().add(style.bold("Changes:"));
            plan.changes().forEach(this::change);
            plan.open().forEach(app -> {
                out.add("  " + style.yellow("? unchanged " + Clean.line(app)));
                depends(app);
            });
        }
    }

    private void change(Change change) {
        var what = (change.kind() == Change.Kind.SERVICE ? "" : change.kind().word() + " ") + Clean.line(change.name());
        switch (change.action()) {
            case CREATE -> out.add("  " + style.green("+ " + Counts.word(plan, change) + " " + what));
            case REMOVE -> out.add("  " + style.red("- remove " + what));
            case UPDATE ->
                out.add("  " + style.yellow("~ " + Counts.word(plan, change) + " " + what) + " ("
                        + tasks(change.tasks()) + ")");
        }
        if (change.kind() == Change.Kind.SERVICE) {
            depends(change.app());
        }
        change.fields().stream().map(Redaction::of).forEach(field -> field("      ", field));
    }

    /// What cannot be known is no fact: the row says what hangs on it.
    private void depends(String app) {
        plan.depends(app).forEach(depends -> out.add("      " + style.yellow("? " + Clean.line(depends))));
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
            Together.warnings(plan.warnings())
                    .forEach(told -> out.add("  " + told.names(PlanText::name) + ": "
                            + Clean.line(told.words().message()) + " ("
                            + Clean.line(told.words().code()) + ")"));
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

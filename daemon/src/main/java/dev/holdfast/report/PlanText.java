package dev.holdfast.report;

import dev.holdfast.plan.Change;
import dev.holdfast.plan.FieldChange;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Redaction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plan for a terminal. What happens to data stands above everything else.
public final class PlanText {

    private final Plan plan;
    private final Map<String, String> causes;
    private final Style style;
    private final Lines out = new Lines();

    private PlanText(Plan plan, Style style) {
        this.plan = plan;
        this.causes = plan.causes();
        this.style = style;
    }

    public static String of(Plan plan, Style style) {
        var text = new PlanText(plan, style);
        text.data();
        text.holds();
        text.changes();
        text.unfinished();
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
        for (var hold : plan.holds()) {
            out.add("  " + style.yellow("! " + name(hold.app())) + " (" + Clean.line(hold.code()) + ")");
            out.indented("      ", hold.message());
            cause("      ", hold.app());
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
            case REMOVE -> {
                out.add("  " + style.red("- remove " + what));
                cause("      ", change.app());
            }
            case UPDATE -> out.add("  " + style.yellow("~ update " + what) + " (" + tasks(change.tasks()) + ")");
        }
        change.fields().stream().map(Redaction::of).forEach(field -> field("      ", field));
    }

    private void unfinished() {
        if (!plan.rollouts().unfinished().isEmpty()) {
            out.gap().add(style.bold("Not converged yet, apply waits for it:"));
            for (var each : plan.rollouts().unfinished()) {
                out.add("  " + style.yellow("! " + Clean.line(each.app())));
                out.indented("      ", Redaction.text(each.state()));
            }
        }
    }

    private void cause(String indent, String app) {
        var cause = causes.get(app);
        if (cause != null) {
            out.add(indent + Clean.line(cause));
        }
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
        var warnings = plan.warnings().stream()
                .filter(warning -> !warning.code().equals(Plan.NOT_DECLARED))
                .toList();
        if (!warnings.isEmpty()) {
            out.gap().add(style.bold("Warnings:"));
            warnings.forEach(warning -> out.add("  " + name(warning.app()) + ": " + Clean.line(warning.message()) + " ("
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

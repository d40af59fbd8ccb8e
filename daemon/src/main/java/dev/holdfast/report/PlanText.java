package dev.holdfast.report;

import dev.holdfast.plan.Change;
import dev.holdfast.plan.Created;
import dev.holdfast.plan.Dependents;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Prospect;
import dev.holdfast.plan.Replacement;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.Redaction;
import dev.holdfast.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A plan for a terminal. What happens to data stands above everything else.
public final class PlanText {

    private static final Replacing WORDS = new Replacing(UnaryOperator.identity(), HarmlessText::line);

    private final Plan plan;
    private final Map<String, String> causes;
    private final Map<String, String> moved;
    private final Style style;
    private final Map<String, Replacement> replacements;
    private final Lines out = new Lines();

    private PlanText(Plan plan, Style style) {
        this.plan = plan;
        this.causes = plan.causes();
        this.moved = plan.movedTags();
        this.style = style;
        this.replacements = Replacement.of(plan);
    }

    public static String of(Plan plan, Style style) {
        var text = new PlanText(plan, style);
        text.data();
        text.holds();
        text.changes();
        text.unfinished();
        text.settings();
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
            DataText.of(plan.data())
                    .forEach(sentence -> out.add("  " + style.yellow("! " + HarmlessText.line(sentence))));
        }
    }

    private void holds() {
        if (plan.holds().isEmpty()) {
            return;
        }
        out.gap().add(style.bold("Held, left exactly as it runs:"));
        for (var held : GroupedMessages.holds(plan)) {
            var hold = held.words();
            out.add("  " + style.yellow("! " + held.names(PlanText::name)) + " ("
                    + hold.code().word() + ")");
            out.indented("      ", hold.message());
            if (!hold.allow().isBlank()) {
                out.add("      To go on:").indented("          ", hold.allow());
            }
            DataText.of(hold.then()).forEach(sentence -> out.indented("      ", "Then " + sentence));
            if (!hold.waiting().isEmpty()) {
                out.add("      Until then this waits:");
                hold.waiting().stream().map(Redaction::of).forEach(field -> field("          ", field, false));
            }
        }
    }

    private void changes() {
        if (!plan.isEmpty() || !plan.open().isEmpty()) {
            out.gap().add(style.bold("Changes:"));
            plan.changes().forEach(this::change);
            HookText.late(plan)
                    .forEach(run -> out.add("  "
                            + style.yellow("~ " + HarmlessText.line(run.app()) + " ")
                            + HarmlessText.line(HookText.late(run))));
            plan.hooks()
                    .left()
                    .forEach(left -> out.add("  "
                            + style.red("- remove " + HarmlessText.line(left.service()))
                            + ", which ran for a change of " + HarmlessText.line(left.app())));
            plan.open().forEach(app -> {
                out.add("  " + style.yellow("? unchanged " + HarmlessText.line(app)));
                depends(app);
            });
        }
    }

    private void change(Change change) {
        var what = (change.kind() == Change.Kind.SERVICE ? "" : change.kind().word() + " ")
                + HarmlessText.line(change.name());
        switch (change.action()) {
            case CREATE -> out.add("  " + style.green("+ " + Counts.word(plan, change) + " " + what) + created(change));
            case REMOVE -> {
                out.add("  " + style.red("- remove " + what) + behind(change));
                cause(causes.get(change.app()));
            }
            case UPDATE -> {
                out.add("  " + style.yellow("~ " + Counts.word(plan, change) + " " + what) + behind(change));
                cause(moved.get(change.app()));
            }
        }
        if (change.kind() == Change.Kind.SERVICE) {
            depends(change.app());
        }
        FoldedLabels.of(plan, change).stream()
                .map(Redaction::of)
                .forEach(field -> field("      ", field, field.restarts() && !allRestart(change)));
        if (change.kind() == Change.Kind.SERVICE && change.action() != Change.Action.REMOVE) {
            HookText.of(plan, change.app()).forEach(line -> out.add("      " + HarmlessText.line(line)));
        }
    }

    private void unfinished() {
        if (!plan.rollouts().unfinished().isEmpty()) {
            out.gap().add(style.bold("Not converged yet, apply waits for it:"));
            for (var each : plan.rollouts().unfinished()) {
                out.add("  " + style.yellow("! " + HarmlessText.line(each.app())));
                out.indented("      ", Redaction.text(each.state()));
            }
        }
    }

    /// What cannot be known is no fact: the row says what hangs on it.
    private void depends(String app) {
        plan.depends(app).forEach(depends -> out.add("      " + style.yellow("? " + HarmlessText.line(depends))));
    }

    private void cause(@Nullable String cause) {
        if (cause != null) {
            out.add("      " + HarmlessText.line(cause));
        }
    }

    private static boolean allRestart(Change change) {
        return change.fields().stream().allMatch(FieldChange::restarts);
    }

    /// What becomes of the app, in brackets.
    private String behind(Change change) {
        var replacement = replacements.get(change.app());
        if (replacement == null
                || change.action() == Change.Action.REMOVE
                        && replacement.putBackIf().isEmpty()) {
            return "";
        }
        return " (" + WORDS.line(replacement, Dependents.of(plan, change.app())) + ")";
    }

    private String created(Change change) {
        if (!(change instanceof Change.CreateService create)) {
            return "";
        }
        var created = Created.of(create);
        var facts = new ArrayList<String>();
        facts.add(created.image());
        facts.add(instances(created));
        facts.add(listed(created.ports().size() == 1 ? "port " : "ports ", created.ports()));
        facts.add(listed(created.networks().size() == 1 ? "network " : "networks ", created.networks()));
        facts.addAll(created.data());
        facts.add(listed("on ", created.placement()));
        facts.addAll(created.files());
        facts.removeIf(String::isEmpty);
        var replacement = replacements.get(change.app());
        var dependents = Dependents.of(plan, create.app());
        if (replacement != null && (!replacement.with().isEmpty() || !dependents.isEmpty())) {
            facts.add("if it fails: " + WORDS.fails(replacement, dependents));
        }
        return facts.isEmpty() ? "" : ": " + HarmlessText.line(String.join("; ", facts));
    }

    /// One is what everybody expects.
    private static String instances(Created created) {
        return switch (created.instances()) {
            case 1 -> created.once() ? "a job" : "";
            case 0 -> "0 instances (stopped)";
            case Replacement.EACH_NODE -> Counts.instances(created);
            default -> created.instances() + " instances" + (created.once() ? ", each once" : "");
        };
    }

    private static String listed(String word, List<String> values) {
        return values.isEmpty() ? "" : word + String.join(", ", values);
    }

    private void settings() {
        if (!plan.settings().isEmpty()) {
            out.gap().add(style.bold("Keys that only Holdfast reads, which restart nothing:"));
            GroupedMessages.settings(plan.settings())
                    .forEach(told -> out.add("  "
                            + told.names(app -> app.isEmpty() ? "holdfast.yaml" : HarmlessText.line(app)) + ": "
                            + HarmlessText.line(told.words().path()) + ": "
                            + value(told.words().before()) + " → "
                            + value(told.words().after())));
        }
    }

    private void field(String indent, FieldChange field, boolean marked) {
        out.add(indent + HarmlessText.line(field.path()) + ": " + value(field.before()) + " → " + value(field.after())
                + (marked ? " (restarts)" : ""));
    }

    private String value(@Nullable String value) {
        return value == null ? style.dim("(not set)") : value.isEmpty() ? "\"\"" : HarmlessText.line(value);
    }

    private void failed() {
        if (plan.failed().isEmpty()) {
            return;
        }
        out.gap().add(style.bold("Failed before, and not tried again until its file changes:"));
        for (var failed : plan.failed()) {
            var app = HarmlessText.line(failed.app());
            out.add("  " + style.red("! " + app) + " (since " + HarmlessText.line(failed.since()) + ")");
            out.indented("      ", Redaction.text(failed.error()));
            out.add("      To try again: holdfast apply --retry " + app);
        }
    }

    private void warnings() {
        var warnings = plan.warnings().stream()
                .filter(warning -> !warning.code().isCause())
                .toList();
        if (!warnings.isEmpty()) {
            out.gap().add(style.bold("Warnings:"));
            GroupedMessages.warnings(warnings)
                    .forEach(told -> out.add("  " + told.names(PlanText::name) + ": "
                            + HarmlessText.line(told.words().message()) + " ("
                            + told.words().code().word() + ")"));
        }
    }

    private void orphans() {
        if (!plan.orphans().isEmpty()) {
            out.gap().add(style.bold("Orphans, data that no app owns (more by `holdfast orphans`):"));
            for (var orphan : plan.orphans()) {
                var claim = orphan.claim();
                out.add("  " + claim.kind().word() + " " + HarmlessText.line(claim.name()) + " on "
                        + HarmlessText.line(claim.hostname()));
            }
        }
    }

    private static String name(String app) {
        return app.isEmpty() ? "the repository" : HarmlessText.line(app);
    }
}

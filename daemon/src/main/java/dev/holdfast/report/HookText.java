package dev.holdfast.report;

import dev.holdfast.plan.HookRun;
import dev.holdfast.plan.Plan;
import dev.holdfast.spec.Redaction;
import java.util.List;

/// The tasks before and after the changes of a plan, in a line each.
final class HookText {

    private HookText() {}

    /// `runs before: ./migrate`, of an app that a plan changes.
    static List<String> of(Plan plan, String app) {
        return plan.hooks().of(app).stream()
                .filter(run -> !run.late())
                .map(run -> "runs " + run.when().word() + ": " + what(run))
                .toList();
    }

    /// What is left to be done of earlier runs.
    static List<HookRun> late(Plan plan) {
        return plan.hooks().runs().stream().filter(HookRun::late).toList();
    }

    static String late(HookRun run) {
        return "runs " + run.when().word() + ", which an earlier run has not come to: " + what(run);
    }

    static String what(HookRun run) {
        return Redaction.text(run.what());
    }
}

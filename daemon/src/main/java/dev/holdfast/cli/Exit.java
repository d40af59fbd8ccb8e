package dev.holdfast.cli;

import dev.holdfast.app.Desired;
import dev.holdfast.apply.Outcome;
import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.Difference;
import dev.holdfast.plan.Plan;
import dev.holdfast.yaml.Problem;
import java.util.List;

/// What a command's end tells a script. Where several apply, an error wins over a hold, and a hold over changes.
final class Exit {

    static final int DONE = 0;
    static final int ERROR = 1;
    static final int CHANGES = 2;
    static final int HELD = 3;
    static final int USAGE = 64;

    private Exit() {}

    /// @param detailed whether changes have a code of their own
    static int of(Desired desired, Plan plan, boolean detailed) {
        var error = hasErrors(desired.problems()) || !plan.failed().isEmpty();
        var todo = !plan.isEmpty() || !plan.rollouts().unfinished().isEmpty();
        return first(error, !plan.holds().isEmpty(), detailed && todo);
    }

    /// An error that was there before is not this change's.
    static int of(Difference difference, boolean detailed) {
        var plan = difference.plan();
        return first(hasErrors(difference.problems()), !plan.holds().isEmpty(), detailed && !plan.isEmpty());
    }

    static int of(List<Difference> differences, boolean detailed) {
        var codes =
                differences.stream().map(difference -> of(difference, detailed)).toList();
        return first(codes.contains(ERROR), codes.contains(HELD), codes.contains(CHANGES));
    }

    static int of(Desired desired, Plan plan, List<Outcome> outcomes) {
        var failed = has(outcomes, Outcome.Result.FAILED);
        var planned = of(desired, plan, false);
        return first(failed || planned == ERROR, planned == HELD || has(outcomes, Outcome.Result.HELD), false);
    }

    static int of(List<AppStatus> apps) {
        return first(
                apps.stream().anyMatch(app -> app.sync() == AppStatus.Sync.FAILED),
                apps.stream().anyMatch(app -> app.sync() == AppStatus.Sync.HELD),
                false);
    }

    static int ofProblems(List<Problem> problems) {
        return first(hasErrors(problems), false, false);
    }

    private static int first(boolean error, boolean held, boolean changes) {
        return error ? ERROR : held ? HELD : changes ? CHANGES : DONE;
    }

    private static boolean hasErrors(List<Problem> problems) {
        return problems.stream().anyMatch(Problem::isError);
    }

    private static boolean has(List<Outcome> outcomes, Outcome.Result result) {
        return outcomes.stream().anyMatch(outcome -> outcome.result() == result);
    }
}

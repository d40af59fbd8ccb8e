package dev.holdfast.plan;

import dev.holdfast.yaml.Problem;
import java.util.List;
import java.util.Set;

/// What a run of this plan would count as, as far as it can be known before: a look at the disks, or a program that
/// crashes, may still make it worse.
///
/// @param exit code of `apply`: 1, 3 or 0
/// @param broken whether files have errors
/// @param fails apps that cannot converge, or that failed before and are not tried again
/// @param mayFail apps of which it is not known
/// @param mayBeHeld apps that are held or not by what is not known here
public record Prospect(
        int exit, boolean broken, List<String> fails, List<String> mayFail, List<String> held, List<String> mayBeHeld) {

    private static final Set<WarningCode> FAILING = Set.of(WarningCode.CANNOT_BE_PLACED);
    private static final Set<WarningCode> DOUBTFUL = Set.of(WarningCode.IMAGE_UNRESOLVED);

    /// @param problems of the files, as far as they are known here
    public static Prospect of(Plan plan, List<Problem> problems) {
        var broken = problems.stream().anyMatch(Problem::isError)
                || plan.holds().stream().anyMatch(hold -> hold.code() == HoldCode.FILES_BROKEN);
        var fails = new java.util.TreeSet<>(warned(plan, FAILING));
        plan.failed().forEach(failed -> fails.add(failed.app()));
        var mayFail = new java.util.TreeSet<>(warned(plan, DOUBTFUL));
        var held = plan.holds().stream().map(Hold::app).distinct().sorted().toList();
        var mayBeHeld = plan.warnings().stream()
                .filter(Warning::mayHold)
                .map(Warning::app)
                .filter(app -> !held.contains(app))
                .distinct()
                .sorted()
                .toList();
        mayFail.removeAll(fails);
        mayFail.removeAll(mayBeHeld);
        var exit = broken || !fails.isEmpty() ? 1 : held.isEmpty() ? 0 : 3;
        return new Prospect(exit, broken, List.copyOf(fails), List.copyOf(mayFail), held, mayBeHeld);
    }

    private static List<String> warned(Plan plan, Set<WarningCode> codes) {
        return plan.warnings().stream()
                .filter(warning -> codes.contains(warning.code()))
                .map(Warning::app)
                .toList();
    }
}

package dev.holdfast.run;

import dev.holdfast.plan.Change;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.spec.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Tells what a plan puts back from what its commit changes.
final class Drift {

    private Drift() {}

    /// @param asApplied the plan of the commit that was applied last, against the same Swarm: all that it changes
    ///     was changed by hand
    /// @param plan of another commit
    static List<Warning> of(Plan asApplied, Plan plan) {
        var warnings = new ArrayList<Warning>();
        for (var change : plan.changes()) {
            var drifted = asApplied.changes().stream()
                    .filter(other -> other instanceof Change.UpdateService
                            && other.name().equals(change.name()))
                    .flatMap(other -> other.fields().stream())
                    .map(FieldChange::path)
                    .collect(Collectors.toSet());
            var fields = change.fields().stream()
                    .map(FieldChange::path)
                    .filter(drifted::contains)
                    .toList();
            if (!fields.isEmpty()) {
                warnings.add(new Warning(
                        change.app(),
                        WarningCode.DRIFTED,
                        "changed by hand, so different even without this change: " + String.join(", ", fields)));
            }
        }
        return warnings;
    }
}

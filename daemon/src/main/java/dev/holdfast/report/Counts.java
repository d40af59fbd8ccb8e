package dev.holdfast.report;

import dev.holdfast.apply.Outcome;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.DroppedNetworks;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.Plan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/// The one line that sums up.
final class Counts {

    private Counts() {}

    /// `2 to create, 1 to update, 1 to remove, 5 unchanged, 1 held`
    static String of(Plan plan) {
        var parts = new ArrayList<String>();
        if (plan.isEmpty()) {
            parts.add("no changes");
        } else {
            for (var action : Change.Action.values()) {
                parts.add(count(plan, action) + " to " + action.word());
            }
        }
        parts.add(plan.unchanged().size() + " unchanged");
        if (!plan.rollouts().unfinished().isEmpty()) {
            parts.add(plan.rollouts().unfinished().size() + " not converged yet");
        }
        var held = plan.holds().stream().map(Hold::app).distinct().count();
        if (held > 0) {
            parts.add(held + " held");
        }
        if (!plan.failed().isEmpty()) {
            parts.add(plan.failed().size() + " failed before");
        }
        var kept = plan.warnings().stream()
                .filter(warning -> warning.code().equals(DroppedNetworks.IN_USE))
                .count();
        if (kept > 0) {
            parts.add(some((int) kept, "network") + " still in use");
        }
        if (!plan.settings().isEmpty()) {
            parts.add(some(plan.settings().size(), "setting") + " changed");
        }
        return String.join(", ", parts);
    }

    private static long count(Plan plan, Change.Action action) {
        return plan.changes().stream()
                .filter(change -> change.action() == action)
                .count();
    }

    /// `1 converged, 1 failed, 4 unchanged`
    static String of(List<Outcome> outcomes) {
        var byResult = new EnumMap<Outcome.Result, Integer>(Outcome.Result.class);
        outcomes.forEach(outcome -> byResult.merge(outcome.result(), 1, Integer::sum));
        var parts = new ArrayList<String>();
        byResult.forEach((result, count) -> parts.add(count + " " + result.word()));
        return parts.isEmpty() ? "nothing to do" : String.join(", ", parts);
    }

    /// `1 volume`, `2 volumes`
    static String some(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    static String shortCommit(String commit) {
        var line = Clean.line(commit);
        return line.replaceFirst("^([0-9a-f]{12})[0-9a-f]+", "$1");
    }

    /// `850 B`, `1.2 GB`
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        var size = (double) bytes;
        var units = List.of("kB", "MB", "GB", "TB", "PB");
        var unit = -1;
        while (size >= 999.95 && unit < units.size() - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(java.util.Locale.ROOT, "%.1f %s", size, units.get(unit));
    }
}

package dev.holdfast.report;

import dev.holdfast.apply.Outcome;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Created;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Replacement;
import dev.holdfast.plan.WarningCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Stream;

/// The one line that sums up.
final class Counts {

    private static final String ADOPT = "adopt";

    private Counts() {}

    /// `2 to create, up to 1 to update, 1 to remove, 5 unchanged, 1 held; not sure for 1 app, see its row`
    static String of(Plan plan) {
        var parts = new ArrayList<String>();
        if (plan.isEmpty()) {
            parts.add("no changes");
        } else {
            for (var action : Change.Action.values()) {
                parts.add(count(plan, action.word()) + " to " + action.word());
            }
            if (plan.changes().stream().anyMatch(change -> word(plan, change).equals(ADOPT))) {
                parts.add(count(plan, ADOPT) + " to " + ADOPT);
            }
        }
        parts.add((plan.open().isEmpty() ? "" : "up to ") + plan.unchanged().size() + " unchanged");
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
                .filter(warning -> warning.code() == WarningCode.NETWORK_IN_USE)
                .count();
        if (kept > 0) {
            parts.add(some((int) kept, "network") + " still in use");
        }
        if (!plan.settings().isEmpty()) {
            parts.add(some(plan.settings().size(), "setting") + " changed");
        }
        return String.join(", ", parts) + open(plan);
    }

    private static String open(Plan plan) {
        var open = Stream.concat(
                        plan.changes().stream().map(Change::app).filter(app -> !app.isEmpty()), plan.open().stream())
                .distinct()
                .filter(app -> !plan.depends(app).isEmpty())
                .count();
        return open == 0
                ? ""
                : "; not sure for " + some((int) open, "app") + ", see " + (open == 1 ? "its row" : "their rows");
    }

    /// `create`, `update`, `remove`; `adopt` where a service is there before Holdfast.
    static String word(Plan plan, Change change) {
        return change.kind() == Change.Kind.SERVICE
                        && change.action() != Change.Action.REMOVE
                        && plan.adopts(change.app())
                ? ADOPT
                : change.action().word();
    }

    /// No more than so many, where it depends.
    private static String count(Plan plan, String word) {
        var those = plan.changes().stream()
                .filter(change -> word(plan, change).equals(word))
                .toList();
        var sure = those.stream().allMatch(change -> plan.depends(change.app()).isEmpty());
        return (sure ? "" : "up to ") + those.size();
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
        var line = HarmlessText.line(commit);
        return line.replaceFirst("^([0-9a-f]{12})[0-9a-f]+", "$1");
    }

    /// How many instances a new app has.
    static String instances(Created created) {
        var each = created.once() ? ", each once" : "";
        return switch (created.instances()) {
            case Replacement.EACH_NODE -> created.once() ? "once on each node" : "on each node";
            case 0 -> "0 (stopped)";
            default -> created.instances() + each;
        };
    }
}

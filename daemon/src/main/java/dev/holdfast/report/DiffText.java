package dev.holdfast.report;

import dev.holdfast.plan.Difference;

/// What a change means, for a terminal.
public final class DiffText {

    private DiffText() {}

    public static String of(Difference difference, Style style) {
        var out = new Lines();
        out.add(style.dim("From " + Counts.shortCommit(difference.base()) + " to "
                + Counts.shortCommit(difference.head())
                + ", offline: as if the Swarm were just as the first says, with every app well."));
        out.add(style.dim("What was changed by hand or failed, labels of nodes, disks and images were not looked at."));
        if (!difference.problems().isEmpty()) {
            out.gap().add(style.bold("Problems that are new with this change:"));
            difference
                    .problems()
                    .forEach(problem -> out.add("  " + (problem.isError() ? style.red("! ") : style.yellow("! "))
                            + HarmlessText.line(problem.toString())));
        }
        if (difference.solved() > 0) {
            out.gap().add(Counts.some(difference.solved(), "problem") + " solved by this change.");
        }
        return out.gap() + PlanText.of(difference.plan(), difference.problems(), style);
    }
}

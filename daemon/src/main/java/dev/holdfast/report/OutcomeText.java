package dev.holdfast.report;

import dev.holdfast.apply.Outcome;
import dev.holdfast.spec.Redaction;
import java.util.List;
import java.util.Locale;

/// How a run ended, for a terminal. Apps that needed nothing are only counted.
public final class OutcomeText {

    private OutcomeText() {}

    public static String of(List<Outcome> outcomes, Style style) {
        var out = new Lines();
        for (var outcome : outcomes) {
            if (outcome.result() != Outcome.Result.UNCHANGED) {
                out.add(one(outcome, style));
                if (outcome.error() != null) {
                    out.indented("      ", Redaction.text(outcome.error()));
                }
            }
        }
        return out.gap()
                .add(style.bold("Applied: " + Counts.of(outcomes) + "."))
                .toString();
    }

    /// One app's end on one line, without its error.
    public static String one(Outcome outcome, Style style) {
        var word = String.format(Locale.ROOT, "%-9s", outcome.result().word());
        var coloured = switch (outcome.result()) {
            case CONVERGED, REMOVED -> style.green(word);
            case FAILED -> style.red(word);
            case HELD -> style.yellow(word);
            case UNCHANGED -> word;
        };
        var seconds = outcome.took().isZero()
                ? ""
                : String.format(Locale.ROOT, " (%.1f s)", outcome.took().toMillis() / 1000.0);
        return "  " + coloured + " " + HarmlessText.line(outcome.app()) + seconds;
    }
}

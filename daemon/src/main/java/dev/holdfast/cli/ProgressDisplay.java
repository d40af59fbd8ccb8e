package dev.holdfast.cli;

import dev.holdfast.apply.Outcome;
import dev.holdfast.apply.Progress;
import dev.holdfast.report.HarmlessText;
import dev.holdfast.report.OutcomeText;
import java.util.LinkedHashMap;
import java.util.Map;

/// Progress on a terminal: what has ended stays, and below it a line for each app in flight is written over and over.
final class ProgressDisplay implements Progress {

    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    /// More lines than this would scroll, and what has scrolled cannot be written over.
    private static final int LINES = 12;

    /// A longer line would wrap, and count for two.
    private static final int WIDTH = 79;

    private final Terminal terminal;
    private final Map<String, String> inFlight = new LinkedHashMap<>();
    private int drawn;

    ProgressDisplay(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void step(String what) {
        erase();
        terminal.err().println(HarmlessText.line(what));
        draw();
    }

    @Override
    public synchronized void app(String app, String what) {
        inFlight.put(app, what);
        erase();
        draw();
    }

    @Override
    public synchronized void outcome(Outcome outcome) {
        inFlight.remove(outcome.app());
        erase();
        if (outcome.result() != Outcome.Result.UNCHANGED) {
            terminal.err().println(OutcomeText.one(outcome, terminal.errStyle()));
        }
        draw();
    }

    private void erase() {
        terminal.err().print(UP_AND_CLEAR.repeat(drawn));
        drawn = 0;
    }

    private void draw() {
        for (var entry : inFlight.entrySet()) {
            var more = inFlight.size() - drawn;
            if (drawn == LINES - 1 && more > 1) {
                line("  … and " + more + " more");
                break;
            }
            line("  … " + HarmlessText.line(entry.getKey()) + ": " + HarmlessText.line(entry.getValue()));
        }
        terminal.err().flush();
    }

    private void line(String text) {
        var shown = text.codePointCount(0, text.length()) <= WIDTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, WIDTH - 1)) + "…";
        terminal.err().println(terminal.errStyle().dim(shown));
        drawn++;
    }
}

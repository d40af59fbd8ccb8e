package dev.holdfast.cli;

import dev.holdfast.apply.Outcome;
import dev.holdfast.apply.Progress;
import dev.holdfast.report.HarmlessText;
import dev.holdfast.report.OutcomeText;

/// Progress where lines cannot be written over, as in a log: a line for everything that happens.
final class ProgressLines implements Progress {

    private final Terminal terminal;

    ProgressLines(Terminal terminal) {
        this.terminal = terminal;
    }

    static Progress on(Terminal terminal) {
        return terminal.redraws() ? new ProgressDisplay(terminal) : new ProgressLines(terminal);
    }

    @Override
    public synchronized void step(String what) {
        terminal.say(HarmlessText.line(what));
    }

    @Override
    public synchronized void app(String app, String what) {
        terminal.say("  " + HarmlessText.line(app) + ": " + HarmlessText.line(what));
    }

    @Override
    public synchronized void outcome(Outcome outcome) {
        if (outcome.result() != Outcome.Result.UNCHANGED) {
            terminal.say(OutcomeText.one(outcome, terminal.errStyle()));
        }
    }
}

package dev.holdfast.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// How a command ended, and what it wrote.
record Ran(int code, String out, String err) {

    static Ran holdfast(Backend backend, String... args) {
        return with(backend, false, args);
    }

    /// @param display whether standard error is a terminal
    static Ran with(Backend backend, boolean display, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), display, display, display);
        var code = Holdfast.commandLine(backend, terminal, false).execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return new Ran(code, out.toString(), err.toString());
    }
}

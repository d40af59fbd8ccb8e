package dev.holdfast.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// The whole program in this process, for tests of other packages: what a person types, and what comes of it.
public final class Cli {

    private Cli() {}

    /// How a command ended, and what it wrote.
    public record Result(int code, String out, String err) {

        /// Both streams, for words that may never be in either.
        public String all() {
            return out + err;
        }
    }

    public static Result run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = Terminal.plain(new PrintWriter(out), new PrintWriter(err));
        var code = Holdfast.commandLine(new RealBackend(), terminal, true).execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return new Result(code, out.toString(), err.toString());
    }
}

package dev.holdfast.cli;

import dev.holdfast.report.Style;
import java.io.PrintWriter;
import java.util.Map;

/// Where a command writes: results to `out`, progress and complaints to `err`.
///
/// @param colourOut whether results may be coloured
/// @param colourErr whether progress may be coloured
/// @param redraws whether lines of `err` can be written over
record Terminal(PrintWriter out, PrintWriter err, boolean colourOut, boolean colourErr, boolean redraws) {

    /// What the launcher has found to be terminals: any of the digits 1 (standard output) and 2 (standard error).
    static final String PROPERTY = "holdfast.terminals";

    static Terminal of(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        var able = !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        var terminals = System.getProperty(PROPERTY, "");
        var colours = able && environment.getOrDefault("NO_COLOR", "").isEmpty();
        var outIs = terminals.contains("1");
        var errIs = terminals.contains("2");
        return new Terminal(out, err, colours && outIs, colours && errIs, able && errIs);
    }

    static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false, false);
    }

    Style outStyle() {
        return colourOut ? Style.COLOUR : Style.PLAIN;
    }

    Style errStyle() {
        return colourErr ? Style.COLOUR : Style.PLAIN;
    }

    /// Prints a whole document, which ends with a line feed.
    void print(String document) {
        out.print(document);
        out.flush();
    }

    /// Says something that is no result.
    void say(String line) {
        err.println(line);
        err.flush();
    }
}

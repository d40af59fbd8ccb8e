package dev.holdfast.app;

import java.util.Comparator;

/// Something wrong in a file, and where: `apps/db.yaml:12:7: persistent.directories[1].host: must be …`.
///
/// @param file path in the repository, with `/`
/// @param line from 1; 0 where the whole file is meant
/// @param column from 1; 0 where the whole line or file is meant
/// @param path of the value, such as `ports[0].published`; empty for the file itself
/// @param code a stable word of a warning, listed in the README; empty where the message alone tells
public record Problem(String file, int line, int column, String path, String message, Severity severity, String code)
        implements Comparable<Problem> {

    public enum Severity {
        ERROR,
        WARNING
    }

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::path)
            .thenComparing(Problem::message);

    public Problem(String file, int line, int column, String path, String message, Severity severity) {
        this(file, line, column, path, message, severity, "");
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// The message, and the code behind it where there is one.
    public String text() {
        return code.isEmpty() ? message : message + " (" + code + ")";
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        var at = line == 0 ? file : file + ":" + line + ":" + Math.max(1, column);
        return at + ": " + (path.isEmpty() ? "" : path + ": ") + text();
    }
}

package dev.holdfast.yaml;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Something wrong in a file, and where: `apps/db.yaml:12:7: persistent.directories[1].host: must be …`.
///
/// @param file path in the repository, with `/`
/// @param line from 1; 0 where the whole file is meant
/// @param column from 1; 0 where the whole line or file is meant
/// @param path of the value, such as `ports[0].published`; empty for the file itself
/// @param code of a warning; null where the message alone tells
/// @param cause the place in another file that must be corrected first, such as `holdfast.yaml:5:3`; null where it is
///     here
public record Problem(
        String file,
        int line,
        int column,
        String path,
        String message,
        Severity severity,
        @Nullable Code code,
        @Nullable String cause)
        implements Comparable<Problem> {

    public Problem(String file, int line, int column, String path, String message, Severity severity) {
        this(file, line, column, path, message, severity, null, null);
    }

    /// What is wrong there is wrong for all apps.
    public static final String REPOSITORY_FILE = "holdfast.yaml";

    /// What a warning is about, in one stable word that the README's table has. Whoever warns has an enum of them.
    public interface Code {
        String word();
    }

    public enum Severity {
        ERROR,
        WARNING
    }

    /// What is wrong in `holdfast.yaml` is wrong for all apps, so it is told first.
    private static final Comparator<Problem> ORDER = Comparator.comparing(
                    (Problem problem) -> !problem.file().equals(REPOSITORY_FILE))
            .thenComparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::path)
            .thenComparing(Problem::message);

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// The same, said of another path.
    Problem at(String other) {
        return new Problem(file, line, column, other, message, severity, code, cause);
    }

    /// The same with more words.
    public Problem saying(String words) {
        return new Problem(file, line, column, path, words, severity, code, cause);
    }

    /// Where it stands, as compilers write it.
    public String place() {
        return line == 0 ? file : file + ":" + line + ":" + Math.max(1, column);
    }

    /// The message, with where the cause is and the code where there are such.
    public String text() {
        return message
                + (cause == null ? "" : " (follows from " + cause + ")")
                + (code == null ? "" : " (" + code.word() + ")");
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return place() + ": " + (path.isEmpty() ? "" : path + ": ") + text();
    }
}

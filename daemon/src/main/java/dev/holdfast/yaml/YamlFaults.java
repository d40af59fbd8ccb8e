package dev.holdfast.yaml;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Says in one line what a YAML parser could not read.
final class YamlFaults {

    private static final Pattern QUOTED = Pattern.compile("(?s)\\S\\(\\d+\\)|'(?!<)[^']*'");

    private YamlFaults() {}

    static String explain(MarkedYamlEngineException fault, String text) {
        var problem = oneLine(fault.getProblem());
        var mark = fault.getProblemMark();
        if (mark.isPresent()
                && lineOf(text, mark.get().getLine()).stripTrailing().indexOf('\t') >= 0
                && problem.contains("cannot start any token")) {
            return "is not valid YAML: indent with spaces, not with tabs";
        }
        var context = fault.getContext() == null ? "" : oneLine(fault.getContext());
        var plain = switch (problem) {
            case String p
            when p.contains("mapping values are not allowed") ->
                "a \":\" is not expected here; check the indentation, and quote text that contains \": \"";
            case String p
            when p.contains("could not find expected ':'") ->
                "a \":\" is missing, or a line of a longer text is not indented";
            case String p when p.contains("expected <block end>") -> "the indentation does not fit the lines before";
            case String p
            when p.contains("but got {") ->
                "a { is not expected here; inside { } and [ ], quote text such as \"${NAME}\"";
            case String p
            when p.contains("cannot start any token") -> "quote a text that begins with " + "@, a backtick or %";
            case String p when p.contains("tag handle") -> "a tag is not known; quote text that begins with !";
            case String p
            when p.contains("found unexpected end of stream") ->
                "the file ends in the middle of " + (context.contains("quoted") ? "a quoted text" : "a value");
            default -> withoutText(problem) + (context.isEmpty() ? "" : " (" + withoutText(context) + ")");
        };
        return "is not valid YAML: " + plain;
    }

    /// The parser quotes single characters of the text, and names; neither may come from a secret.
    private static String withoutText(String message) {
        return QUOTED.matcher(message).replaceAll("something else");
    }

    private static String lineOf(String text, int line) {
        return text.lines().skip(line).findFirst().orElse("");
    }

    static String oneLine(@Nullable String message) {
        if (message == null) {
            return "it cannot be read";
        }
        var line = message.lines().findFirst().orElse("").strip();
        return line.length() > 200 ? line.substring(0, 200).toLowerCase(Locale.ROOT) + "…" : line;
    }
}

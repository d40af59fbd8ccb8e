package dev.holdfast.report;

import java.util.regex.Pattern;

/// Pieces of Markdown in which other people's text can do nothing: no tags, no links, no mentions, no way out of a
/// code span or a table's cell.
final class Markdown {

    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]#|~>$]");
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final String ZERO_WIDTH_SPACE = "\u200b";

    private Markdown() {}

    /// Prose on one line.
    static String text(String words) {
        var escaped = SPECIAL.matcher(HarmlessText.line(words)).replaceAll("\\\\$0");
        return escaped.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("@", "@" + ZERO_WIDTH_SPACE)
                .replace("://", "&#58;//");
    }

    /// A code span.
    static String code(String words) {
        var line = HarmlessText.line(words);
        if (line.isEmpty()) {
            return "` `";
        }
        if (!line.contains("`")) {
            return "`" + line + "`";
        }
        var fence = fence(line, 1);
        return fence + " " + line + " " + fence;
    }

    /// A code span in a table's cell, where a bar would end the cell even inside code.
    static String cell(String words) {
        return code(words).replace("|", "\\|");
    }

    /// A code block, each line indented by so much.
    static void block(Lines out, String indent, String language, String words) {
        var fence = fence(words, 3);
        out.add(indent + fence + language);
        out.indented(indent, words);
        out.add(indent + fence);
    }

    private static String fence(String words, int atLeast) {
        var longest = BACKTICKS
                .matcher(words)
                .results()
                .mapToInt(run -> run.end() - run.start() + 1)
                .max()
                .orElse(0);
        return "`".repeat(Math.max(atLeast, longest));
    }

    /// Somebody's text inside a tag, where Markdown does not reach.
    static String tag(String tag, String words) {
        var escaped = HarmlessText.line(words).replace("&", "&amp;").replace("<", "&lt;");
        return "<" + tag + ">" + escaped + "</" + tag + ">";
    }
}

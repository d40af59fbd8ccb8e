package dev.holdfast.report;

import java.util.regex.Pattern;

/// What one comment cannot hold, even alone.
final class Shortened {

    /// What a line begins with so as to belong to a quotation, a list or a table.
    private static final Pattern BEGINNING = Pattern.compile("^\\s*(> )?(- (⚠ )?|\\| )?");

    private static final Pattern FENCE = Pattern.compile("(?m)^ *(`{3,})");

    private Shortened() {}

    /// Without lines that are too long by themselves; where that is not enough, cut at a line's end. Never within a
    /// line: what is harmless as a whole need not be so by half.
    static String to(int room, String text) {
        if (text.length() <= room) {
            return text;
        }
        var kept = new Lines();
        text.lines().forEach(line -> kept.add(line.length() > room / 2 ? leftOut(line) : line));
        return kept.toString().length() <= room ? kept.toString() : cut(room, kept.toString());
    }

    private static String leftOut(String line) {
        var beginning = BEGINNING.matcher(line);
        var start = beginning.find() ? beginning.group() : "";
        return start + "(a line of " + line.length() + " characters is too long for a comment)";
    }

    private static String cut(int room, String text) {
        var head = text.substring(0, text.lastIndexOf('\n', room - 200) + 1);
        var fences = FENCE.matcher(head).results().toList();
        var fence = fences.size() % 2 == 0 ? "" : fences.getLast().group() + "\n";
        var open = head.split("<details>", -1).length - head.split("</details>", -1).length;
        return head + fence + "\n" + "</details>\n".repeat(Math.max(0, open))
                + "\n*The rest is too long for a comment.*\n";
    }
}

package dev.holdfast.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A document for a forge's comments: as many parts as its limit on one comment asks for. Each part begins with a
/// marker that readers do not see, by which whoever posts it finds the comment that it replaces.
public final class MarkdownParts {

    /// Forges refuse comments of more than 65,536 characters.
    static final int LIMIT = 60_000;

    private static final Pattern MARKER = Pattern.compile("(?m)^<!-- holdfast:([^ \n]+) -->$");

    /// More than a marker takes.
    private static final int MARKER_ROOM = 300;

    private final String name;
    private final int limit;
    private final List<StringBuilder> parts = new ArrayList<>();

    /// @param name of the document among all those of one pull request, such as `diff:production`
    MarkdownParts(String name) {
        this(name, LIMIT);
    }

    MarkdownParts(String name, int limit) {
        this.name = name.replaceAll("[^A-Za-z0-9_.:-]", "-");
        this.limit = limit;
    }

    /// Adds what must stay together.
    MarkdownParts section(Lines lines) {
        var text = lines.toString().strip();
        if (!text.isEmpty()) {
            append(Shortened.to(limit - MARKER_ROOM, text));
        }
        return this;
    }

    MarkdownParts list(Lines head, List<String> entries) {
        return list(head, entries, "");
    }

    /// Adds a list or the rows of a table. A short one stays together. Of a long one each part gets as many entries
    /// as there is room for, each time with `head` above and `foot` below.
    MarkdownParts list(Lines head, List<String> entries, String foot) {
        if (entries.isEmpty()) {
            return this;
        }
        var top = head.toString();
        var around = top.length() + foot.length();
        var room = limit - MARKER_ROOM - around;
        var lines = entries.stream()
                .map(entry -> Shortened.to(room, entry.stripTrailing() + "\n"))
                .toList();
        var whole = String.join("", lines);
        if (whole.length() <= limit / 4) {
            append(top + whole + foot);
            return this;
        }
        var chunk = new StringBuilder();
        for (var line : lines) {
            if (!fits(around + chunk.length() + line.length())) {
                if (!chunk.isEmpty()) {
                    append(top + chunk + foot);
                    chunk.setLength(0);
                }
                begin();
            }
            chunk.append(line);
        }
        append(top + chunk + foot);
        return this;
    }

    private boolean fits(int length) {
        return !parts.isEmpty() && parts.getLast().length() + length + 2 <= limit;
    }

    private void begin() {
        var part = parts.size() + 1;
        var more = part == 1 ? "" : "*Part " + part + " of what Holdfast says.*\n\n";
        parts.add(new StringBuilder("<!-- holdfast:" + name + ":" + part + " -->\n" + more));
    }

    private void append(String text) {
        if (!fits(text.length())) {
            begin();
        }
        parts.getLast().append(text.strip()).append("\n\n");
    }

    /// All parts, one after the other.
    @Override
    public String toString() {
        var text = new StringBuilder();
        parts.forEach(part -> text.append(part.toString().stripTrailing()).append("\n\n"));
        return text.toString().stripTrailing() + "\n";
    }

    /// One comment: `key` names it, `text` is all of it.
    public record Part(String key, String text) {}

    /// The parts of a document as it was printed. What stands before the first marker belongs to the first part,
    /// below its marker.
    public static List<Part> split(String document) {
        var starts = MARKER.matcher(document).results().toList();
        var parts = new ArrayList<Part>();
        for (var i = 0; i < starts.size(); i++) {
            var start = starts.get(i);
            var before = i == 0 ? document.substring(0, start.start()).strip() : "";
            var to = i + 1 < starts.size() ? starts.get(i + 1).start() : document.length();
            var text = document.substring(start.end(), to).strip();
            parts.add(new Part(start.group(1), start.group() + "\n" + (before + "\n\n" + text).strip() + "\n"));
        }
        return List.copyOf(parts);
    }

    /// The key of the part that a comment holds; null where it is none of ours. A marker that somebody quotes is
    /// none.
    public static @org.jspecify.annotations.Nullable String key(String comment) {
        Matcher marker = MARKER.matcher(comment.replace("\r", ""));
        return marker.lookingAt() ? marker.group(1) : null;
    }
}

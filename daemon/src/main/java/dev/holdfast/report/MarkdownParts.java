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

    private final String name;
    private final int limit;
    private final List<String> sections = new ArrayList<>();

    /// @param name of the document among all those of one pull request, such as `diff:production`
    MarkdownParts(String name) {
        this(name, LIMIT);
    }

    MarkdownParts(String name, int limit) {
        this.name = name.replaceAll("[^A-Za-z0-9_.:-]", "-");
        this.limit = limit;
    }

    /// Adds what must stay together, unless it alone is too long.
    MarkdownParts section(Lines lines) {
        var text = lines.toString().strip();
        if (!text.isEmpty()) {
            sections.add(fit(text));
        }
        return this;
    }

    /// All parts, one after the other.
    @Override
    public String toString() {
        var parts = new ArrayList<StringBuilder>();
        for (var section : sections) {
            if (parts.isEmpty() || parts.getLast().length() + section.length() + 2 > limit) {
                parts.add(new StringBuilder(marker(parts.size() + 1)));
            }
            parts.getLast().append(section).append("\n\n");
        }
        var text = new StringBuilder();
        parts.forEach(part -> text.append(part.toString().stripTrailing()).append("\n\n"));
        return text.toString().stripTrailing() + "\n";
    }

    private String marker(int part) {
        var more = part == 1 ? "" : "*Part " + part + " of what Holdfast says.*\n\n";
        return "<!-- holdfast:" + name + ":" + part + " -->\n" + more;
    }

    /// Cut at a line's end, with its folds closed.
    private String fit(String text) {
        var room = limit - 300;
        if (text.length() <= room) {
            return text;
        }
        var head = text.substring(0, text.lastIndexOf('\n', room) + 1);
        var open = head.split("<details>", -1).length - head.split("</details>", -1).length;
        return head + "\n" + "</details>\n".repeat(Math.max(0, open)) + "\n*The rest is too long for a comment.*";
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

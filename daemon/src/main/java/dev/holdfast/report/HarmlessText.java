package dev.holdfast.report;

import dev.holdfast.yaml.Secrets;
import java.util.List;
import java.util.regex.Pattern;

/// Makes text of others harmless to look at. Errors of tasks, subjects of commits and names in files may hold anything:
/// escape sequences that repaint a terminal, marks that turn the direction of reading.
public final class HarmlessText {

    /// Whole escape sequences, so that nothing of them is left to puzzle over. What is not matched here loses its
    /// escape character all the same.
    private static final Pattern SEQUENCE =
            Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|][^\u0007\u001b]*(\u0007|\u001b\\\\)|[@-Z\\\\^_])");

    private HarmlessText() {}

    /// On one line, without secrets and without anything that a terminal obeys.
    public static String line(String text) {
        return clean(text.replaceAll("\\R", " ")).strip();
    }

    /// The lines of a text, each without secrets and without anything that a terminal obeys; at least one.
    public static List<String> lines(String text) {
        return text.strip()
                .lines()
                .map(HarmlessText::clean)
                .map(String::stripTrailing)
                .toList();
    }

    private static String clean(String text) {
        var kept = new StringBuilder(text.length());
        Secrets.text(SEQUENCE.matcher(text).replaceAll(""))
                .codePoints()
                .filter(HarmlessText::isHarmless)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                c == '\t';
            case Character.FORMAT -> false;
            default -> true;
        };
    }
}

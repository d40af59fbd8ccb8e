package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Splits a command as Compose does: the words and quotes of a POSIX shell, without any expansion.
public final class ShellWords {

    private final String text;
    private int at;

    private ShellWords(String text) {
        this.text = text;
    }

    /// Empty where a quote is not closed.
    public static Optional<List<String>> split(String text) {
        var words = new ArrayList<String>();
        var reader = new ShellWords(text);
        while (reader.skipBlanksAndComments()) {
            var word = reader.word();
            if (word == null) {
                return Optional.empty();
            }
            words.add(word);
        }
        return Optional.of(List.copyOf(words));
    }

    private boolean skipBlanksAndComments() {
        while (at < text.length()) {
            if (text.charAt(at) == '#') {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (isBlank(text.charAt(at))) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private @Nullable String word() {
        var word = new StringBuilder();
        while (at < text.length() && !isBlank(text.charAt(at))) {
            var c = text.charAt(at++);
            switch (c) {
                case '\\' -> {
                    if (at == text.length()) {
                        return null;
                    }
                    word.append(text.charAt(at++));
                }
                case '\'', '"' -> {
                    if (!quoted(c, word)) {
                        return null;
                    }
                }
                default -> word.append(c);
            }
        }
        return word.toString();
    }

    private boolean quoted(char quote, StringBuilder word) {
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c == quote) {
                return true;
            }
            if (c == '\\' && quote == '"' && at < text.length()) {
                c = text.charAt(at++);
            }
            word.append(c);
        }
        return false;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}

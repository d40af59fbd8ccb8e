package dev.holdfast.compose;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Sealed;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Yaml;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file of variables for a stack, `.env` beside it or its `env_file`: what a shell, or `docker compose`, makes of it.
/// Values may be in quotes, `export` may stand before a name, ` #` begins a comment, and values may use variables that
/// are known before, but for those in single quotes.
final class DotEnv {

    private static final Pattern NAME =
            Pattern.compile("(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*([=:]?)[ \\t]*");
    private static final Pattern COMMENT = Pattern.compile("[ \\t]+#.*");
    private static final Pattern REST = Pattern.compile("[ \\t]*(?:#.*)?");
    private static final int MOST_TEXT = 1 << 20;

    private final String file;
    private final String text;
    private final Map<String, String> known;
    private final Problems problems;
    private final TreeMap<String, String> values = new TreeMap<>();
    private int at;
    private int line = 1;

    private DotEnv(String file, String text, Map<String, String> known, Problems problems) {
        this.file = file;
        this.text = text;
        this.known = new HashMap<>(known);
        this.problems = problems;
    }

    /// Its variables; lines with an error are left out.
    ///
    /// @param known variables that values may use besides those of the file
    static SortedMap<String, String> parse(String file, byte[] bytes, Map<String, String> known, Problems problems) {
        var read = EnvFile.text(file, bytes, problems);
        if (read == null) {
            return Collections.emptySortedMap();
        }
        var text = read.replace("\r\n", "\n");
        var reader = new DotEnv(file, text, known, problems);
        while (reader.at < text.length()) {
            reader.line();
        }
        return Collections.unmodifiableSortedMap(reader.values);
    }

    private void line() {
        var start = line;
        var begin = at;
        var rest = text.substring(at, endOfLine());
        if (rest.isBlank() || rest.stripLeading().startsWith("#")) {
            skipLine();
            return;
        }
        at += rest.length() - rest.stripLeading().length();
        var match = NAME.matcher(text).region(at, begin + rest.length());
        if (!match.lookingAt() || match.group(2).isEmpty() && match.end() < begin + rest.length()) {
            error(start, "is not NAME=value");
            skipLine();
            return;
        }
        at = match.end();
        var name = match.group(1);
        // A name alone is one that a shell has already: there is none.
        var value = match.group(2).isEmpty() ? known.get(name) : value(name, start);
        skipLine();
        if (value != null) {
            values.put(name, value);
            known.put(name, value);
        }
    }

    private @Nullable String value(String name, int start) {
        var quote = at < text.length() ? text.charAt(at) : '\n';
        if (quote != '"' && quote != '\'') {
            var plain = COMMENT.matcher(text.substring(at, endOfLine())).replaceFirst("");
            return filled(name, plain.strip().startsWith("#") ? "" : plain.strip(), start);
        }
        at++;
        var value = quoted(quote);
        if (value == null) {
            error(start, "has a quote that is not closed");
            at = text.length();
            return null;
        }
        if (!REST.matcher(text.substring(at, endOfLine())).matches()) {
            error(start, "has something behind the closing quote");
            return null;
        }
        return quote == '\'' ? value : filled(name, value, start);
    }

    /// Up to the closing quote, over several lines if need be.
    private @Nullable String quoted(char quote) {
        var value = new StringBuilder();
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c == quote) {
                return value.toString();
            }
            line += c == '\n' ? 1 : 0;
            if (c != '\\' || quote == '\'' || at == text.length()) {
                value.append(c);
                continue;
            }
            var next = text.charAt(at++);
            line += next == '\n' ? 1 : 0;
            value.append(
                    switch (next) {
                        case 'n' -> "\n";
                        case 'r' -> "\r";
                        case 't' -> "\t";
                        case '$' -> "$$";
                        case '"', '\\' -> String.valueOf(next);
                        default -> "\\" + next;
                    });
        }
        return null;
    }

    private @Nullable String filled(String name, String value, int start) {
        if (value.indexOf('$') < 0) {
            return value;
        }
        var template = Template.fill(value, known, MOST_TEXT);
        if (template.fault() == null) {
            return template.text();
        }
        error(
                start,
                Secrets.isName(name) || Sealed.isIn(value)
                        ? "has a $ that begins no variable; write the value in single quotes"
                        : template.fault() + "; or write the value in single quotes");
        return null;
    }

    private void error(int number, String message) {
        problems.error(new Yaml.Place(file, number, 1), "", message);
    }

    private int endOfLine() {
        var end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void skipLine() {
        at = Math.min(text.length(), endOfLine() + 1);
        line++;
    }
}

package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Item;
import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// INI files: `[section]`, `key = value`, and comments after `;` or `#`, which belong to what follows them.
final class IniStore {

    private static final String NO_SECTION = "DEFAULT";
    private static final String LONG = "\"\"\"";

    private final String file;
    private final String[] lines;
    private final List<Item> sections = new ArrayList<>();
    private final List<Item> comments = new ArrayList<>();
    private List<Item> section = new ArrayList<>();
    private String name = NO_SECTION;
    private int at;

    private IniStore(String file, String text) {
        this.file = file;
        this.lines = text.split("\r?\n", -1);
    }

    static Branch read(String file, byte[] content) throws SopsFault {
        return new IniStore(file, new String(content, StandardCharsets.UTF_8)).read();
    }

    private Branch read() throws SopsFault {
        while (at < lines.length) {
            var line = lines[at++].strip();
            var place = new Yaml.Place(file, at, 1);
            if (line.startsWith(";") || line.startsWith("#")) {
                comments.add(Item.comment(place, line.substring(1).strip()));
            } else if (line.startsWith("[") && line.endsWith("]")) {
                close();
                name = line.substring(1, line.length() - 1).strip();
                section.addAll(comments);
                comments.clear();
            } else if (!line.isEmpty()) {
                section.addAll(comments);
                comments.clear();
                section.add(value(line, place));
            }
        }
        section.addAll(comments);
        close();
        return new Branch(sections);
    }

    private void close() {
        if (!section.isEmpty() || !name.equals(NO_SECTION)) {
            sections.add(Item.of(name, new Branch(section)));
        }
        section = new ArrayList<>();
    }

    private Item value(String line, Yaml.Place place) throws SopsFault {
        var quote = line.startsWith("`") ? "`" : line.startsWith(LONG) ? LONG : "";
        var from = quote.isEmpty() ? 0 : line.indexOf(quote, quote.length());
        var delimiter = -1;
        for (var i = Math.max(0, from); i < line.length() && delimiter < 0; i++) {
            delimiter = line.charAt(i) == '=' || line.charAt(i) == ':' ? i : -1;
        }
        if (from < 0 || delimiter < 1) {
            throw new SopsFault(place, "is encrypted with SOPS, and broken: this line is not key = value");
        }
        var key = quote.isEmpty() ? line.substring(0, delimiter).strip() : line.substring(quote.length(), from);
        return Item.of(key, Leaf.text(place, value(line.substring(delimiter + 1).strip())));
    }

    private String value(String rest) {
        for (var quote : new String[] {LONG, "`"}) {
            if (rest.startsWith(quote)) {
                var text = quoted(rest.substring(quote.length()), quote);
                return text == null ? rest : text;
            }
        }
        var end = 0;
        while (end < rest.length() && rest.charAt(end) != '#' && rest.charAt(end) != ';') {
            end++;
        }
        var bare = rest.substring(0, end).strip();
        var last = bare.length() - 1;
        var quoted = last > 0
                && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
                && bare.indexOf(bare.charAt(0), 1) == last;
        return quoted ? bare.substring(1, last) : bare;
    }

    /// Up to the quote that closes it, over several lines if need be; null where none does.
    private @Nullable String quoted(String begin, String quote) {
        var text = new StringBuilder(begin);
        var next = at;
        while (text.indexOf(quote) < 0) {
            if (next == lines.length) {
                return null;
            }
            text.append('\n').append(lines[next++]);
        }
        at = next;
        return text.substring(0, text.indexOf(quote));
    }

    static String written(Branch branch) {
        var out = new StringBuilder();
        for (var item : branch.items()) {
            if (!(item.node() instanceof Branch section)) {
                continue;
            }
            out.append(out.isEmpty() ? "" : "\n");
            var own = section.items();
            if (!item.key().equals(NO_SECTION)) {
                out.append('[').append(item.key()).append("]\n");
            }
            for (var each : own) {
                if (each.comment()) {
                    each.key()
                            .lines()
                            .forEach(line -> out.append("; ").append(line).append('\n'));
                } else if (each.node() instanceof Leaf leaf) {
                    out.append(each.key())
                            .append(" = ")
                            .append(shown(leaf.text()))
                            .append('\n');
                }
            }
        }
        return out.toString();
    }

    private static String shown(String value) {
        if (value.indexOf('\n') >= 0) {
            return LONG + value + LONG;
        }
        if (value.indexOf('#') >= 0 || value.indexOf(';') >= 0 || value.startsWith("\"") || value.startsWith("'")) {
            return "`" + value + "`";
        }
        return value.equals(value.strip()) ? value : "\"" + value + "\"";
    }
}

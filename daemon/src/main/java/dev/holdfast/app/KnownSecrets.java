package dev.holdfast.app;

import dev.holdfast.yaml.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The secrets that a repository has, by their values: programs repeat them in their logs, in words that no pattern
/// would know. [Secrets#text] masks what looks like a secret; this masks what is one.
public final class KnownSecrets {

    private static final String MASK = "***";

    /// What is shorter is a word or a number that means anything.
    private static final int SHORTEST = 4;

    /// From here on a value is masked within a word too.
    private static final int LONG = 8;

    /// Many lines of a certificate or of a long list need not be looked for one by one.
    private static final int MOST_LINES = 200;

    private static final Pattern NAMED =
            Pattern.compile("\\s*(?:export\\s+)?[\"']?([\\w.-]+)[\"']?\\s*[:=]\\s*(.*?)[,;]?\\s*");
    private static final Pattern QUOTED = Pattern.compile("(?s)([\"'])(.*)\\1");

    /// The longest first, so that none hides a part of another.
    private final TreeSet<String> values =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private KnownSecrets() {}

    public static KnownSecrets of(Desired desired) {
        var known = new KnownSecrets();
        for (var declared : desired.apps()) {
            var app = declared.app();
            app.environment().forEach(known::addNamed);
            app.labels().forEach(known::addNamed);
            for (var when : Hook.When.values()) {
                var hook = when.of(app);
                if (hook != null) {
                    hook.environment().forEach(known::addNamed);
                }
            }
        }
        for (var secret : desired.repository().secrets().values()) {
            var content = secret.content() == null ? null : desired.contents().get(secret.content());
            if (content != null) {
                known.addContent(new String(content, StandardCharsets.UTF_8));
            }
        }
        return known;
    }

    /// A text of others, such as what a task said, without them.
    public String masked(String text) {
        var masked = text;
        for (var value : values) {
            if (masked.contains(value)) {
                masked = masked.replaceAll(
                        value.length() >= LONG
                                ? Pattern.quote(value)
                                : "(?<![\\p{L}\\p{N}_])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}_])",
                        MASK);
            }
        }
        return masked;
    }

    private void addNamed(String name, String value) {
        if (Secrets.isName(name)) {
            add(value);
        }
    }

    /// A file with one value, with one in each line, or with names before them.
    private void addContent(String content) {
        add(content);
        content.lines().limit(MOST_LINES).forEach(line -> {
            var named = NAMED.matcher(line);
            if (named.matches()) {
                addNamed(named.group(1), named.group(2));
            } else if (line.strip().length() >= LONG) {
                add(line);
            }
        });
    }

    private void add(String value) {
        var bare = QUOTED.matcher(value.strip()).replaceFirst("$2").strip();
        if (bare.length() >= SHORTEST && !bare.contains("\n")) {
            values.add(bare);
        }
    }
}

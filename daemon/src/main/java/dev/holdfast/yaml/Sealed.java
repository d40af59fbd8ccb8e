package dev.holdfast.yaml;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/// The values that came out of encrypted files, for as long as the process lives: whatever is printed has `***` in
/// their place, wherever they have been filled in. The one thing that the program remembers for all: a value may reach
/// any message, and must be in none.
public final class Sealed {

    private static final String MASK = "***";

    /// What is shorter is a word or a number that means anything: it is hidden only where it is all there is.
    private static final int SHORTEST = 4;

    /// From here on a value is hidden within a word too.
    private static final int LONG = 8;

    private static final Set<String> WHOLE = ConcurrentHashMap.newKeySet();

    /// The longest first, so that none hides a part of another.
    private static final Set<String> WITHIN = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /// People encrypt whole files: a port or a switch is in many texts.
    private static final Pattern ORDINARY = Pattern.compile("(?i)true|false|null|none|[0-9]{1,5}|-----.*-----");

    /// The name of a user or of a database may be that of an app.
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

    private static final Set<String> UNKNOWN = ConcurrentHashMap.newKeySet();
    private static final Pattern QUOTED = Pattern.compile("(?s)([\"'])(.*)\\1");

    private Sealed() {}

    public static void add(String value) {
        add(value, "");
    }

    /// @param name what it is called in its file
    public static void add(String value, String name) {
        var bare = value.strip();
        var quoted = QUOTED.matcher(bare);
        if (quoted.matches()) {
            add(quoted.group(2), name);
        }
        if (bare.isEmpty() || ORDINARY.matcher(bare).matches()) {
            return;
        }
        WHOLE.add(bare);
        bare.lines()
                .map(String::strip)
                .filter(line -> isKnown(line, Secrets.isName(name)))
                .forEach(WITHIN::add);
    }

    private static boolean isKnown(String line, boolean named) {
        var odd = line.length() >= LONG || !WORD.matcher(line).matches();
        return line.length() >= SHORTEST
                && (named || odd)
                && !ORDINARY.matcher(line).matches();
    }

    /// Something that stands for a value that nobody knows here.
    public static void addUnknown(String standIn) {
        UNKNOWN.add(standIn);
        add(standIn);
    }

    public static boolean isUnknown(String value) {
        return UNKNOWN.contains(value);
    }

    /// Whether this is such a value.
    public static boolean is(String value) {
        return WHOLE.contains(value.strip());
    }

    /// Whether there is one in the text.
    public static boolean isIn(String text) {
        return is(text) || !masked(text).equals(text);
    }

    /// Without them.
    public static String masked(String text) {
        var masked = text;
        for (var value : WITHIN) {
            if (masked.contains(value)) {
                masked = value.length() >= LONG
                        ? masked.replace(value, MASK)
                        : masked.replaceAll(
                                "(?<![\\p{L}\\p{N}_])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}_])", MASK);
            }
        }
        return masked;
    }
}

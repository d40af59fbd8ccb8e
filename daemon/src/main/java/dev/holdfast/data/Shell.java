package dev.holdfast.data;

import java.util.regex.Pattern;

/// Words for a POSIX shell.
public final class Shell {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*");

    private Shell() {}

    /// The word as a shell reads it back unchanged; quoted only where it must be.
    public static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

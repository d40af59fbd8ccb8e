package dev.holdfast.data;

/// Words for a POSIX shell.
public final class Shell {

    private Shell() {}

    /// The word as a shell reads it back unchanged; quoted only where it must be.
    public static String quote(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

package dev.holdfast.plan;

/// Words for a POSIX shell.
final class Shell {

    private Shell() {}

    /// The word as a shell reads it back unchanged; quoted only where it must be.
    static String quote(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

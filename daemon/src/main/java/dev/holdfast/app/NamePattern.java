package dev.holdfast.app;

/// A pattern for names of volumes and for host paths, as shells and `.gitignore` have them: `*` stands for anything but
/// a slash, `**` for anything at all, `?` for one letter but a slash. Pure text: no file is looked for.
final class NamePattern {

    /// What a pattern may look like: a path that starts at the root, or the name of a volume.
    static final String RULE =
            "(?=.{1,500}$)(?:/[^\\x00-\\x1f\\x7f\\[\\]\\{\\}]+|[a-zA-Z0-9*?][a-zA-Z0-9_.*?-]*|\\*\\*/[^\\x00-\\x1f\\x7f]+)";

    private NamePattern() {}

    /// Follows all ways at once, and so takes no longer for a pattern that means harm.
    static boolean matches(String pattern, String name) {
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (var at = 0; at < pattern.length(); at++) {
            var letter = pattern.charAt(at);
            if (letter == '*') {
                var deep = at + 1 < pattern.length() && pattern.charAt(at + 1) == '*';
                stretch(reached, name, deep);
                at += deep ? 1 : 0;
            } else {
                step(reached, name, letter);
            }
        }
        return reached[name.length()];
    }

    /// Over as many letters as there are, up to the next slash unless `deep`.
    private static void stretch(boolean[] reached, String name, boolean deep) {
        for (var i = 0; i < name.length(); i++) {
            reached[i + 1] |= reached[i] && (deep || name.charAt(i) != '/');
        }
    }

    private static void step(boolean[] reached, String name, char letter) {
        for (var i = name.length() - 1; i >= 0; i--) {
            var fits = letter == '?' ? name.charAt(i) != '/' : name.charAt(i) == letter;
            reached[i + 1] = reached[i] && fits;
        }
        reached[0] = false;
    }
}

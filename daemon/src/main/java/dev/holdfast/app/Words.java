package dev.holdfast.app;

import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Helps with the wording of problems.
public final class Words {

    private static final Pattern SECRET = Pattern.compile(
            "PASSWORD|PASSWD|PASSPHRASE|PWD|TOKEN|KEY|SECRET|CREDENTIAL|PRIVATE|AUTH", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED_BY_PEOPLE =
            Pattern.compile("(^|\\.)(environment|labels|vars|options|driver_opts)\\b");
    private static final int LONGEST = 60;

    private Words() {}

    /// ` (got "…")`, or nothing where the value may be a secret.
    static String got(String path, String value) {
        return looksSecret(path) ? "" : " (got \"%s\")".formatted(shortened(value));
    }

    /// Whether the value at this path is one whose name says that nobody should see it.
    static boolean looksSecret(String path) {
        var match = NAMED_BY_PEOPLE.matcher(path);
        return match.find() && SECRET.matcher(path.substring(match.end())).find();
    }

    private static String shortened(String value) {
        var line = value.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /// The candidate that a person most likely meant, or null.
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        String best = null;
        var bestDistance = Math.min(3, Math.max(1, word.length() / 3)) + 1;
        if (word.length() > LONGEST) {
            return null;
        }
        for (var candidate : candidates) {
            var distance =
                    distance(word.toLowerCase(java.util.Locale.ROOT), candidate.toLowerCase(java.util.Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /// `; did you mean "…"?`, or nothing.
    public static String didYouMean(String word, Collection<String> candidates) {
        var near = nearest(word, candidates);
        return near == null ? "" : "; did you mean \"%s\"?".formatted(near);
    }

    /// How many letters must be put in, left out, changed or swapped with the next.
    private static int distance(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

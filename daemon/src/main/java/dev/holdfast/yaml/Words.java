package dev.holdfast.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Helps with the wording of problems.
public final class Words {

    private static final Pattern PATH_OF_A_FILE = Pattern.compile("/[\\w./-]{1,100}");
    private static final int LONGEST = 60;

    /// Secrets are looked for by patterns that take longer than a long text is worth.
    private static final int LOOKED_AT = 4_000;

    private Words() {}

    /// ` (got "…")`, or nothing where the value may be a secret.
    static String got(String path, String value) {
        var named = path.endsWith("_file") && PATH_OF_A_FILE.matcher(value).matches();
        return Secrets.mayStandAt(path) && !named ? "" : " (got \"%s\")".formatted(shortened(value));
    }

    /// What follows in other lines, or behind a secret, may belong to something else that slipped in.
    private static String firstOf(String value) {
        var start = value.substring(0, Math.min(value.length(), LOOKED_AT));
        var masked = Secrets.text(start);
        var end = masked.indexOf('\n');
        var first = end < 0 ? masked : masked.substring(0, end) + "…";
        var mask = masked.equals(start) ? -1 : first.indexOf("*** ");
        return mask < 0 ? first : first.substring(0, mask + 3) + "…";
    }

    /// A constant's name as it is written for people: `ONE_OWNER` is `one-owner`.
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static String quoted(String word) {
        return "\"" + shortened(word) + "\"";
    }

    private static String shortened(String value) {
        var line = firstOf(value).replace("\r", "\\r").replace("\t", "\\t");
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
            var distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
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

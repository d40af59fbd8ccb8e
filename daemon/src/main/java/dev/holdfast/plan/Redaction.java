package dev.holdfast.plan;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps passwords out of what people and logs get to see: by the name of what holds them, and by how they look within
/// a longer text.
public final class Redaction {

    public static final String SENSITIVE = "(sensitive)";
    public static final String CHANGED = "(sensitive, changed)";

    private static final Pattern SECRET_WORD =
            Pattern.compile("PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|API_?KEY|BASIC_?AUTH|PRIVATE_?KEY");
    private static final Set<String> SECRET_PARTS = Set.of("KEY", "PASS", "PWD", "PW");
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Z0-9]+");

    /// `password=x`, `--db-token x`, `"--db-token","x"`.
    private static final Pattern ASSIGNED =
            Pattern.compile("(?i)([\\w.-]*(?:password|passwd|passphrase|secret|token|credential|api[_-]?key)[\\w.-]*"
                    + "(?:=|(?<=-[\\w.-]{0,99})(?:\",\"| )))([^\\s,;&\"']+)");

    /// `scheme://user:x@host`.
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s/:@]*:)([^\\s/@]+)(?=@)");

    private static final String MASK = "***";

    private Redaction() {}

    /// Whether a variable, label or option of this name holds something that nobody should see. What ends in
    /// `_FILE` only tells where it is.
    public static boolean isSensitive(String name) {
        var upper = name.toUpperCase(java.util.Locale.ROOT);
        if (upper.endsWith("_FILE")) {
            return false;
        }
        return SECRET_WORD.matcher(upper).find()
                || SEPARATORS.splitAsStream(upper).anyMatch(SECRET_PARTS::contains);
    }

    /// A value as it may be shown.
    public static String value(String name, String value) {
        return isSensitive(name) ? SENSITIVE : text(value);
    }

    /// Any text, without the passwords in it.
    public static String text(String text) {
        var assigned = ASSIGNED.matcher(text).replaceAll("$1" + MASK);
        return USER_INFO.matcher(assigned).replaceAll("$1" + MASK);
    }

    /// A change as it may be shown; that there is one can still be seen.
    public static FieldChange of(FieldChange change) {
        var name = holder(change.path());
        var before = shown(name, change.before());
        var after = shown(name, change.after());
        if (after != null && Objects.equals(before, after) && !Objects.equals(change.before(), change.after())) {
            after = after.equals(SENSITIVE) ? CHANGED : after + " " + CHANGED;
        }
        return new FieldChange(change.path(), before, after, change.restarts());
    }

    private static @Nullable String shown(String name, @Nullable String value) {
        return value == null ? null : value(name, value);
    }

    /// What the app's author named: only names of variables, labels and options, not words of the file's own such
    /// as `secrets[db-password]`.
    private static String holder(String path) {
        for (var prefix : new String[] {"environment.", "labels.", "deploy.labels.", "logging.options."}) {
            if (path.startsWith(prefix)) {
                return path.substring(prefix.length());
            }
        }
        return path.contains(".driver_opts.") ? path.substring(path.lastIndexOf('.') + 1) : "";
    }
}

package dev.holdfast.spec;

import dev.holdfast.yaml.Sealed;
import dev.holdfast.yaml.Secrets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps passwords out of what people and logs get to see of a change; what a secret is, [Secrets] knows.
public final class Redaction {

    public static final String SENSITIVE = "(sensitive)";
    public static final String CHANGED = "(sensitive, changed)";

    private Redaction() {}

    /// A value as it may be shown.
    public static String value(String name, String value) {
        return Secrets.isName(name) || !name.isEmpty() && Sealed.is(value) ? SENSITIVE : text(value);
    }

    /// Any text, without the passwords in it.
    public static String text(String text) {
        return Secrets.text(text);
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

package dev.holdfast.report;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The last look before a value is shown. The planner has hidden secrets already; this hides again what a name gives
/// away as one.
final class Redaction {

    static final String HIDDEN = "(hidden)";

    private static final Pattern ENVIRONMENT = Pattern.compile("(?i)(.*\\.)?(environment|env|labels)[.\\[].*");
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(password|passwd|passphrase|secret|token|credential|api_?key|private_?key|access_?key|_key|_pwd|_pass)s?");

    private Redaction() {}

    /// A value as it may be shown at this path. The path of a file that holds a secret is none itself.
    static @Nullable String shown(String path, @Nullable String value) {
        return value != null && !value.isEmpty() && isSecret(path) ? HIDDEN : value;
    }

    private static boolean isSecret(String path) {
        if (!ENVIRONMENT.matcher(path).matches()) {
            return false;
        }
        var name = path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf('[')) + 1)
                .replaceAll("[]\"']", "");
        return SECRET.matcher(name).matches();
    }
}

package dev.holdfast.migrate;

import dev.holdfast.yaml.Secrets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which values of variables are not for a file in Git, and the variable of `holdfast.yaml` that stands for one.
final class SecretValues {

    /// What is no secret, whatever its name says: `ALLOW_EMPTY_PASSWORD: yes`.
    private static final Pattern HARMLESS = Pattern.compile("(?i)|yes|no|true|false|on|off|none|[0-9]{1,5}");

    private SecretValues() {}

    static boolean is(String name, String value) {
        return Secrets.isName(name) && !HARMLESS.matcher(value).matches();
    }

    /// Of the app's own name, since variables are those of the whole repository: `SHOP_DB_PASSWORD`.
    static String variable(String app, String name) {
        var own = upper(name);
        var prefix = upper(app);
        return own.startsWith(prefix) ? own : prefix + "_" + own;
    }

    private static String upper(String text) {
        var name = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]+", "_");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}

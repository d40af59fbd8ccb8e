package dev.holdfast.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether something is a secret: by the name of what holds it, and by where in a file it stands. Problems quote
/// nothing from where a secret may stand, and reports show nothing whose name says secret; what secrets look like
/// within a longer text, [SecretShapes] knows.
public final class Secrets {

    private static final Pattern WORD = Pattern.compile("PASSWO?R[DT]|PASSWD|PASSPHRASE|PASSCODE|KENNWORT|SECRET|TOKEN"
            + "|CREDENTIAL|API_?KEY|(BASIC|DIGEST)_?AUTH|PRIVATE_?KEY|CONN(ECTION)?_?STR|WEBHOOK_?URL|AUTHORIZATION");

    private static final Set<String> PARTS = Set.of(
            "KEY", "KEYS", "PASS", "PASSW", "PWD", "PW", "AUTH", "CRED", "CREDS", "DSN", "JWT", "PSK", "PIN", "OTP",
            "TOTP", "SALT", "PEPPER", "PRIVATE", "HMAC");

    /// `DBPASS`, `ROOTPW`, `MASTERKEY`.
    private static final Pattern RUN_TOGETHER =
            Pattern.compile(".*(?:(?<!COM|BY|TRES|SUR)PASS|PWD?|(?<!MON|TUR|HOT|DON|HOC|WHIS|PUB|PUBLIC)KEY)");

    private static final Pattern ABOUT_LOGIN = Pattern.compile(
            "(.*_)?AUTH_(ENABLED?|DISABLED?|METHODS?|MODE|TYPE|URL|URI|HOST|PORT|PROVIDERS?|BACKEND|SERVER|DOMAIN"
                    + "|TIMEOUT|REQUIRED|REALM)");

    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Z0-9]+");

    /// The shell's own, not a password.
    private static final Set<String> WORKING_DIRECTORY = Set.of("PWD", "OLDPWD");

    /// Below these, people put what they like.
    private static final Set<String> PLACES = Set.of(
            "environment",
            "labels",
            "vars",
            "options",
            "driver_opts",
            "command",
            "entrypoint",
            "args",
            "test",
            "env",
            "env_file",
            "build",
            "secrets",
            "configs",
            "sops",
            "content");

    /// Below `secrets` and `configs`, what says how a file is mounted.
    private static final Set<String> HARMLESS =
            Set.of("mode", "uid", "gid", "target", "source", "external", "template_driver", "plain", "name");

    private static final Pattern PLAUSIBLE_NAME = Pattern.compile("[\\p{L}\\p{N}_./*-]+");
    private static final Pattern PLAUSIBLE_PATH = Pattern.compile("[\\p{L}\\p{N}_./*\\[\\]-]*");
    private static final int LONGEST_NAME = 100;

    private Secrets() {}

    /// Whether a variable, label, option or key of this name holds something that nobody should see. What ends in
    /// `_FILE` only tells where it is.
    public static boolean isName(String name) {
        var upper = CAMEL.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
        if (upper.endsWith("_FILE") || upper.endsWith("-FILE") || WORKING_DIRECTORY.contains(upper)) {
            return false;
        }
        if (WORD.matcher(upper).find()
                || WORD.matcher(name.toUpperCase(Locale.ROOT)).find()) {
            return true;
        }
        return !ABOUT_LOGIN.matcher(upper).matches()
                && SEPARATORS
                        .splitAsStream(upper)
                        .anyMatch(part -> PARTS.contains(part)
                                || RUN_TOGETHER.matcher(part).matches());
    }

    /// Whether the value at this path of a file may be a secret, whatever it looks like.
    static boolean mayStandAt(String path) {
        var keys = List.of(path.split("[.\\[\\]]+"));
        for (var i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            if (PLACES.contains(key)) {
                var mounted = key.equals("secrets") || key.equals("configs");
                if (!mounted || i + 1 == keys.size() || !HARMLESS.contains(keys.getLast())) {
                    return true;
                }
            } else if (key.startsWith("x-") || isName(key.replaceFirst("_file$", ""))) {
                return true;
            }
        }
        return false;
    }

    /// Whether what stands below a key of this name may be a secret.
    static boolean mayStandBelow(String key) {
        return PLACES.contains(key) || key.startsWith("x-") || isName(key.replaceFirst("_file$", ""));
    }

    /// A name that a person chose, as it may be shown: a value that slipped into it is cut off.
    public static String name(String key) {
        if (key.length() <= LONGEST_NAME && PLAUSIBLE_NAME.matcher(key).matches()) {
            return key;
        }
        var start = PLAUSIBLE_NAME.matcher(key);
        return start.lookingAt() && start.end() <= LONGEST_NAME ? start.group() + "…" : "…";
    }

    /// The same of a path, which is made of such names.
    static String path(String path) {
        var start = PLAUSIBLE_PATH.matcher(path);
        return start.lookingAt() && start.end() == path.length() ? path : path.substring(0, start.end()) + "…";
    }

    /// Any text, without the secrets that can be told by how they look.
    public static String text(String text) {
        return SecretShapes.masked(Sealed.masked(text));
    }
}

package dev.holdfast.yaml;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What secrets look like within a longer text, such as a command line or what a task said when it failed. Only values
/// are masked, never words of a sentence: a name alone, as in "secret smtp-password is external", gives nothing away.
/// What repeats is bounded, so that a text of megabytes, made to do harm, is looked through once and not once for each
/// of its letters.
final class SecretShapes {

    private static final String MASK = "***";

    /// `--token x`, `--token=x`, `"--token", "x"`, `-token x`.
    private static final Pattern OPTION = Pattern.compile(
            "(?<![\\w-])(--?)([A-Za-z][\\w.-]*)(=|[\"']?, *[\"']?| +[\"']?)([^\\s,;&\"'-][^\\s,;&\"']*)");

    /// `PASSWORD=x`, `password = "x"`, `;Password=x;`.
    private static final Pattern ASSIGNED =
            Pattern.compile("()(?<![\\w.-])([A-Za-z_][\\w.-]*)(\\s?(?<![!=])=(?!=)\\s?[\"']?)([^\\s,;&\"']+)");

    /// `"password": "x"`; and `DB_PASSWORD:x`, which is a slip.
    private static final Pattern JSON = Pattern.compile("([\"'])([\\w.-]+)([\"']\\s*:\\s*[\"'])([^\"']+)");

    private static final Pattern SLIP = Pattern.compile("()\\b([A-Z][A-Z0-9_]+)(:)([^\\s,;&\"'/:]+)");

    private static final List<Pattern> NAMED = List.of(OPTION, ASSIGNED, JSON, SLIP);

    /// Options of Docker's own commands, whose values are names.
    private static final Set<String> NAMES_OF_SECRETS =
            Set.of("secret", "secret-add", "secret-rm", "with-registry-auth");

    /// What stands for a value in advice.
    private static final Pattern PLACEHOLDER = Pattern.compile("VALUE|\\*{3}|\\$\\{.*|\\(sensitive.*|…");

    /// `scheme://user:x@host`, and `https://x@host`, where a token needs no user. `ssh://git@host` has none.
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s/:@\"']{0,200}:)([^\\s\"'<>]{1,2000})(?=@)");

    private static final Pattern TOKEN_FOR_USER = Pattern.compile("(?i)(https?://)([^\\s/:@\"']{1,2000})(?=@)");

    /// `user:x@tcp(host)`, as Go's drivers have it.
    private static final Pattern DRIVER_LOGIN =
            Pattern.compile("((?<![\\w.-])[\\w.-]{1,200}:)([^\\s@]{1,300}+)(?=@(?:tcp|unix)\\()");

    private static final Pattern HEADER =
            Pattern.compile("(?i)(\\bauthorization\\s*[:=]\\s*(?:\\w+\\s+)?|\\bbearer\\s+(?=\\S{16}))([^\\s\"',]+)");

    private static final Pattern OTHER_HEADER =
            Pattern.compile("(?i)(\\bx-[\\w-]{0,50}(?:key|token|auth)[\\w-]{0,50}:\\s*)(\\S+)");

    private static final Pattern LOGIN_OPTION = Pattern.compile(
            "((?<![\\w-])(?:-u|--user|--proxy-user)[\\s,\"'=]+[^\\s:,\"']+:)([^\\s,\"']*[^\\s,\"'\\d][^\\s,\"']*)");

    private static final Pattern DATABASE_OPTION =
            Pattern.compile("(\\b(?:mysql|mariadb)[\\w-]{0,20}\\b[^;|&]{0,500}?[\\s\"',]-p)([^\\s,\"']+)");
    private static final Pattern REDIS_OPTION =
            Pattern.compile("(\\bredis-cli\\b[^;|&]{0,500}?[\\s\"',]-a[\\s,\"']+)([^\\s,\"']+)");

    private static final List<Pattern> AFTER = List.of(
            USER_INFO, TOKEN_FOR_USER, DRIVER_LOGIN, HEADER, OTHER_HEADER, LOGIN_OPTION, DATABASE_OPTION, REDIS_OPTION);

    /// Tokens that say what they are, hashed passwords, and private keys.
    private static final Pattern BY_ITSELF = Pattern.compile("\\b(?:gh[pousr]_\\w{20,}|github_pat_\\w{20,}"
            + "|gl[a-z]{2,4}-[\\w-]{16,}|xox[abeprs]-[\\w-]{10,}|AKIA[0-9A-Z]{16}|AGE-SECRET-KEY-1\\w+"
            + "|[sr]k_(?:live|test)_\\w{10,}|hv[sbr]\\.[\\w-]{20,}|npm_\\w{30,}"
            + "|eyJ[\\w-]{8,4000}\\.[\\w-]+\\.[\\w-]*)"
            + "|\\{S?SHA(?:256|512)?}[\\w+/=]+"
            + "|\\$\\$?(?:apr1|2[abxy]|[156y]|argon2\\w*|scrypt|pbkdf2[\\w-]*)\\$[^\\s,\"']+"
            + "|(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|\\z)");

    private SecretShapes() {}

    static String masked(String text) {
        var masked = BY_ITSELF.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
        for (var shape : AFTER) {
            masked = shape.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        for (var shape : NAMED) {
            masked = shape.matcher(masked).replaceAll(SecretShapes::named);
        }
        return masked;
    }

    private static String named(MatchResult found) {
        var name = found.group(2);
        var option = found.group(1).startsWith("-");
        var secret = Secrets.isName(name)
                && !(option && NAMES_OF_SECRETS.contains(name))
                && !PLACEHOLDER.matcher(found.group(4)).matches();
        return Matcher.quoteReplacement(secret ? found.group(1) + name + found.group(3) + MASK : found.group());
    }
}

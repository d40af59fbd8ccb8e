package dev.holdfast.git;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// How well the URL in `http.<url>.*` fits a server, as git-config(1) ranks it: the host first, then the path, then the
/// user.
record UrlPattern(int host, int path, int user) implements Comparable<UrlPattern> {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z]+)://(?:([^@/]*)@)?(\\[[^\\]]+\\]|[^/:]*)(?::([0-9]{1,5}))?(/.*)?");

    /// @return null where it does not fit
    static @Nullable UrlPattern of(String pattern, URIish uri) {
        var form = FORM.matcher(pattern);
        var scheme = uri.getScheme();
        var host = uri.getHost();
        if (!form.matches() || scheme == null || host == null || !form.group(1).equalsIgnoreCase(scheme)) {
            return null;
        }
        var given = form.group(4) == null ? port(scheme, -1) : Integer.parseInt(form.group(4));
        var user = form.group(2);
        var path = form.group(5) == null ? "" : form.group(5).replaceFirst("/+$", "");
        var asked = uri.getRawPath() == null ? "" : uri.getRawPath();
        var fits = given == port(scheme, uri.getPort())
                && isHost(form.group(3).toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT))
                && (path.isEmpty() || asked.equals(path) || asked.startsWith(path + "/"))
                && (user == null || Objects.equals(user, uri.getUser()));
        return fits
                ? new UrlPattern(form.group(3).replace("*", "").length(), path.length(), user == null ? 0 : 1)
                : null;
    }

    /// `*` stands for one label.
    private static boolean isHost(String pattern, String host) {
        var expected = pattern.split("\\.");
        var labels = host.split("\\.");
        if (expected.length != labels.length) {
            return false;
        }
        for (int i = 0; i < labels.length; i++) {
            if (!expected[i].equals("*") && !expected[i].equals(labels[i])) {
                return false;
            }
        }
        return true;
    }

    static int port(String scheme, int port) {
        return port > 0 ? port : scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    @Override
    public int compareTo(UrlPattern other) {
        return Comparator.comparingInt(UrlPattern::host)
                .thenComparingInt(UrlPattern::path)
                .thenComparingInt(UrlPattern::user)
                .compare(this, other);
    }
}

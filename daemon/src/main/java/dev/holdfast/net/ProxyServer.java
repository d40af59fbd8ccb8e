package dev.holdfast.net;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy, and who we are to it.
///
/// @param source which setting names it, such as `HTTPS_PROXY`
public record ProxyServer(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        String source) {

    /// As curl, and so Git, takes it where none is given.
    private static final int DEFAULT_PORT = 1080;

    private static final Pattern FORM = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:(.*)@)?(\\[[^\\]]+\\]|[^:/@\\[\\]]+)(?::([0-9]{1,5}))?/?");

    /// @param text `http://user:password@host:port`, as in `HTTPS_PROXY`
    /// @throws ProxyUnusable where it cannot be understood; without repeating it, for it may hold a password
    static ProxyServer parse(String text, String source) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new ProxyUnusable(source + " is not a proxy's URL: it must be http://HOST:PORT");
        }
        var scheme = form.group(1) == null ? "http" : form.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http")) {
            throw new ProxyUnusable(source + " names a proxy of the kind " + scheme
                    + ", which cannot be used: it must be http://HOST:PORT");
        }
        var port = form.group(4) == null ? DEFAULT_PORT : Integer.parseInt(form.group(4));
        if (port < 1 || port > 65_535) {
            throw new ProxyUnusable(source + " names a proxy with the port " + port + ", which does not exist");
        }
        var login = form.group(2);
        var colon = login == null ? -1 : login.indexOf(':');
        var user = login == null ? null : decoded(colon < 0 ? login : login.substring(0, colon));
        var password = login == null || colon < 0 ? null : decoded(login.substring(colon + 1));
        return new ProxyServer(form.group(3).replaceAll("[\\[\\]]", ""), port, user, password, source);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /// For people: without user and password.
    public String told() {
        return "the proxy http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + " of " + source;
    }

    /// Its name is looked up when it is used.
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /// Answers this proxy's question for a password, and nobody else's; null where there is none to give.
    public @Nullable Authenticator authenticator() {
        if (user == null) {
            return null;
        }
        var answer = new PasswordAuthentication(user, (password == null ? "" : password).toCharArray());
        return new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY ? answer : null;
            }
        };
    }

    /// The value of `Proxy-Authorization`; null where there is no user.
    public @Nullable String authorization() {
        if (user == null) {
            return null;
        }
        var login = user + ":" + (password == null ? "" : password);
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /// Without what nobody may read.
    @Override
    public String toString() {
        return told();
    }
}

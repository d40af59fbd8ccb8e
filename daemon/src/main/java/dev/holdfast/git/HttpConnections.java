package dev.holdfast.git;

import dev.holdfast.net.Route;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory2;
import org.jspecify.annotations.Nullable;

/// Opens the connections of one contact with a repository, redirects included: each by its own route, with our trust,
/// and with the login for none but the server that it is for.
final class HttpConnections implements HttpConnectionFactory2 {

    private final HttpAccess access;
    private final URIish repository;
    private final Map<String, SSLContext> contexts = new HashMap<>();

    /// The same for all connections: Java remembers by it what a proxy has asked for.
    private final Map<Route, Authenticator> authenticators = new HashMap<>();

    HttpConnections(HttpAccess access, URIish repository) {
        this.access = access;
        this.repository = repository;
    }

    /// Whether the login for the repository may be sent there: to the same server, perhaps over https in place of
    /// http.
    static boolean isFor(URIish repository, @Nullable String scheme, @Nullable String host, int port) {
        var expected = String.valueOf(repository.getScheme()).toLowerCase(Locale.ROOT);
        var asked = String.valueOf(scheme).toLowerCase(Locale.ROOT);
        if (!String.valueOf(host).equalsIgnoreCase(repository.getHost())) {
            return false;
        }
        return asked.equals(expected)
                ? UrlPattern.port(asked, port) == UrlPattern.port(expected, repository.getPort())
                : expected.equals("http") && asked.equals("https");
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, null);
    }

    @Override
    public synchronized HttpConnection create(URL url, @Nullable Proxy ofJava) throws IOException {
        var route = access.route(url.toString());
        var connection = open(url, route, ofJava);
        if (route instanceof Route.Through(var proxy) && proxy.user() != null) {
            connection.setAuthenticator(authenticators.computeIfAbsent(
                    route, _ -> java.util.Objects.requireNonNull(proxy.authenticator())));
        }
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(
                    contexts.computeIfAbsent(url.getHost() + ":" + url.getPort(), _ -> access.tls(url.toString()))
                            .getSocketFactory());
        }
        return new GitHttpConnection(connection, isFor(repository, url.getProtocol(), url.getHost(), url.getPort()));
    }

    private static HttpURLConnection open(URL url, Route route, @Nullable Proxy ofJava) throws IOException {
        URLConnection opened = switch (route) {
            case Route.Through(var proxy) -> url.openConnection(new Proxy(Proxy.Type.HTTP, proxy.address()));
            case Route.Direct ignored -> ofJava == null ? url.openConnection() : url.openConnection(ofJava);
        };
        return (HttpURLConnection) opened;
    }

    @Override
    public GitSession newSession() {
        return new GitSession() {
            /// Whatever JGit was told about checking certificates, they are checked.
            @Override
            public HttpConnection configure(HttpConnection connection, boolean sslVerify) {
                return connection;
            }

            @Override
            public void close() {}
        };
    }
}

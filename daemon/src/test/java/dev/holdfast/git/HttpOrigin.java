package dev.holdfast.git;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A forge's smart HTTP: the JDK's server in front of `git http-backend`, asking for ada's password.
final class HttpOrigin implements AutoCloseable {

    static final String PASSWORD = "correct horse/battery";

    private final HttpServer server;
    private final Path projects;
    private final AtomicInteger fetches = new AtomicInteger();

    private final String scheme;

    HttpOrigin(Path projects, int port) throws IOException {
        this(projects, port, null);
    }

    /// @param tls null for plain HTTP
    HttpOrigin(Path projects, int port, @Nullable SSLContext tls) throws IOException {
        this.projects = projects;
        this.scheme = tls == null ? "http" : "https";
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            var secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve).setAuthenticator(new BasicAuthenticator("forge") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals("ada") && password.equals(PASSWORD);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return scheme + "://127.0.0.1:" + port() + "/apps.git";
    }

    /// How often objects were asked for.
    int fetches() {
        return fetches.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend");
        Origin.isolate(builder);
        var environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", projects.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REMOTE_USER", "ada");
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("QUERY_STRING", nullToEmpty(exchange.getRequestURI().getQuery()));
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("CONTENT_TYPE", nullToEmpty(exchange.getRequestHeaders().getFirst("Content-Type")));
        environment.put("GIT_PROTOCOL", nullToEmpty(exchange.getRequestHeaders().getFirst("Git-Protocol")));
        var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        var body = (zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()).readAllBytes();
        environment.put("CONTENT_LENGTH", "" + body.length);
        if (new String(body, StandardCharsets.ISO_8859_1).contains("command=fetch")) {
            fetches.incrementAndGet();
        }
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(body);
        }
        answer(exchange, process.getInputStream());
    }

    private static void answer(HttpExchange exchange, InputStream output) throws IOException {
        var status = 200;
        for (var line = line(output); !line.isEmpty(); line = line(output)) {
            var colon = line.indexOf(':');
            var value = line.substring(colon + 1).strip();
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        try (var out = exchange.getResponseBody()) {
            output.transferTo(out);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private static String nullToEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

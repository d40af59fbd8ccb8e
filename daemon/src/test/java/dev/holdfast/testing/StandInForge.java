package dev.holdfast.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Stands in for a forge: keeps the comments of one pull request, by the paths and answers of GitHub, Gitea and GitLab.
public final class StandInForge implements AutoCloseable {

    /// @param type as GitHub has it
    public record User(int id, String login, String type) {}

    private record Comment(User author, String body) {}

    private static final User PERSON = new User(41, "alice", "User");
    private static final User OURS = new User(7, "holdfast", "User");
    private static final User APP = new User(9, "github-actions[bot]", "Bot");

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TOKEN = "secret-token";

    private final HttpServer server;
    private final String api;
    private final String list;
    private final String one;
    private final String author;
    private final User own;
    private final Map<Integer, Comment> comments = new TreeMap<>();
    private boolean tellsUser = true;
    private int last;

    /// @param list path of the comments of a pull request, below that of the API
    /// @param one path under which a comment has its number
    /// @param author how it calls who wrote a comment
    /// @param own whose the token is
    private StandInForge(String api, String list, String one, String author, User own) throws IOException {
        this(api, list, one, author, own, null);
    }

    private StandInForge(String api, String list, String one, String author, User own, @Nullable SSLContext tls)
            throws IOException {
        this.api = api;
        this.list = api + list;
        this.one = api + one;
        this.author = author;
        this.own = own;
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            var secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public static StandInForge gitlab() throws IOException {
        var notes = "/projects/7/merge_requests/12/notes";
        return new StandInForge("/api/v4", notes, notes + "/", "author", OURS);
    }

    public static StandInForge gitea() throws IOException {
        return new StandInForge(
                "/api/v1", "/repos/infra/apps/issues/12/comments", "/repos/infra/apps/issues/comments/", "user", OURS);
    }

    public static StandInForge gitea(SSLContext tls) throws IOException {
        return new StandInForge(
                "/api/v1",
                "/repos/infra/apps/issues/12/comments",
                "/repos/infra/apps/issues/comments/",
                "user",
                OURS,
                tls);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public static StandInForge github() throws IOException {
        return github(OURS);
    }

    /// As its Actions and other apps see it: their tokens may not ask who they are.
    public static StandInForge githubForAnApp() throws IOException {
        return github(APP).withoutUser();
    }

    private static StandInForge github(User own) throws IOException {
        return new StandInForge(
                "", "/repos/infra/apps/issues/12/comments", "/repos/infra/apps/issues/comments/", "user", own);
    }

    /// The token may not ask whose it is.
    public StandInForge withoutUser() {
        tellsUser = false;
        return this;
    }

    /// Where its API begins.
    public String api() {
        return address() + api;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String token() {
        return TOKEN;
    }

    public synchronized List<String> comments() {
        return comments.values().stream().map(Comment::body).toList();
    }

    /// A comment by a person.
    public void write(String comment) {
        write(PERSON, comment);
    }

    /// A comment by the token's own user.
    public void writeOwn(String comment) {
        write(own, comment);
    }

    private synchronized void write(User author, String comment) {
        comments.put(++last, new Comment(author, comment));
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var method = exchange.getRequestMethod();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        if (!TOKEN.equals(headers.getFirst("PRIVATE-TOKEN"))
                && !("token " + TOKEN).equals(headers.getFirst("Authorization"))) {
            send(exchange, 401, "{}");
        } else if (path.equals(api + "/user") && method.equals("GET")) {
            send(exchange, tellsUser ? 200 : 403, tellsUser ? MAPPER.writeValueAsString(own) : "{}");
        } else if (path.equals(list) && method.equals("GET")) {
            send(exchange, 200, page(String.valueOf(exchange.getRequestURI().getQuery())));
        } else if (path.equals(list) && method.equals("POST")) {
            writeOwn(text(body));
            send(exchange, 201, "{}");
        } else if (path.startsWith(one) && method.matches("PATCH|PUT")) {
            comments.computeIfPresent(number(path), (number, old) -> new Comment(old.author(), text(body)));
            send(exchange, 200, "{}");
        } else if (path.startsWith(one) && method.equals("DELETE")) {
            comments.remove(number(path));
            send(exchange, 204, "");
        } else {
            send(exchange, 404, "{}");
        }
    }

    private int number(String path) {
        return Integer.parseInt(path.substring(one.length()));
    }

    private static String text(String body) {
        try {
            return MAPPER.readTree(body).path("body").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Two to a page, whatever was asked for.
    private String page(String query) {
        var page = Integer.parseInt(query.replaceFirst(".*\\bpage=(\\d+).*", "$1"));
        var json = JsonNodeFactory.instance.arrayNode();
        comments.entrySet().stream()
                .skip(2L * (page - 1))
                .limit(2)
                .forEach(each -> json.addObject()
                        .put("id", each.getKey())
                        .put("body", each.getValue().body())
                        .set(author, MAPPER.valueToTree(each.getValue().author())));
        return json.toString();
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

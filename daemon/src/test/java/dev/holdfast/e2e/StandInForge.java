package dev.holdfast.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stands in for a forge: keeps the comments of one pull request, by the paths and answers of GitHub, Gitea and GitLab.
final class StandInForge implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TOKEN = "secret-token";

    private final HttpServer server;
    private final String list;
    private final String one;
    private final Map<Integer, String> comments = new TreeMap<>();
    private int last;

    /// @param list path of the comments of a pull request
    /// @param one path under which a comment has its number
    private StandInForge(String list, String one) throws IOException {
        this.list = list;
        this.one = one;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    static StandInForge gitlab() throws IOException {
        return new StandInForge(
                "/api/v4/projects/7/merge_requests/12/notes", "/api/v4/projects/7/merge_requests/12/notes/");
    }

    /// @param api where the API begins: `` for GitHub, `/api/v1` for Gitea
    static StandInForge github(String api) throws IOException {
        return new StandInForge(
                api + "/repos/infra/apps/issues/12/comments", api + "/repos/infra/apps/issues/comments/");
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String token() {
        return TOKEN;
    }

    synchronized List<String> comments() {
        return List.copyOf(comments.values());
    }

    synchronized void write(String comment) {
        comments.put(++last, comment);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        if (!TOKEN.equals(headers.getFirst("PRIVATE-TOKEN"))
                && !("token " + TOKEN).equals(headers.getFirst("Authorization"))) {
            send(exchange, 401, "{}");
        } else if (path.equals(list) && exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, page(String.valueOf(exchange.getRequestURI().getQuery())));
        } else if (path.equals(list) && exchange.getRequestMethod().equals("POST")) {
            write(MAPPER.readTree(body).path("body").asText());
            send(exchange, 201, "{}");
        } else if (path.startsWith(one) && exchange.getRequestMethod().matches("PATCH|PUT")) {
            comments.put(
                    Integer.valueOf(path.substring(one.length())),
                    MAPPER.readTree(body).path("body").asText());
            send(exchange, 200, "{}");
        } else if (path.startsWith(one) && exchange.getRequestMethod().equals("DELETE")) {
            comments.remove(Integer.valueOf(path.substring(one.length())));
            send(exchange, 204, "");
        } else {
            send(exchange, 404, "{}");
        }
    }

    /// Two to a page, whatever was asked for.
    private String page(String query) {
        var page = Integer.parseInt(query.replaceFirst(".*\\bpage=(\\d+).*", "$1"));
        var json = JsonNodeFactory.instance.arrayNode();
        comments.entrySet().stream()
                .skip(2L * (page - 1))
                .limit(2)
                .forEach(each -> json.addObject().put("id", each.getKey()).put("body", each.getValue()));
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

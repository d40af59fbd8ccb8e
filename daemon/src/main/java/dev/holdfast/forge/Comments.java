package dev.holdfast.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.forge.PullRequest.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The comments of one pull request, through its forge's API.
public final class Comments implements AutoCloseable {

    /// @param id as the forge has it
    public record Comment(String id, String body) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int A_PAGE = 100;
    private static final int MOST_PAGES = 100;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final PullRequest pullRequest;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public Comments(PullRequest pullRequest, String token) {
        this.pullRequest = pullRequest;
        this.token = token;
    }

    /// All of them, the oldest first.
    ///
    /// @throws ForgeRefused where the forge does not answer, or with an error
    public List<Comment> list() throws InterruptedException {
        var all = new ArrayList<Comment>();
        for (var page = 1; page <= MOST_PAGES; page++) {
            var pages = "?sort=asc&per_page=" + A_PAGE + "&limit=" + A_PAGE + "&page=" + page;
            var json = send("GET", comments() + pages, "");
            var before = all.size();
            for (var comment : json) {
                var one = new Comment(
                        comment.path("id").asText(), comment.path("body").asText());
                if (!all.contains(one)) {
                    all.add(one);
                }
            }
            // A page that brings nothing new is the last one, also of a forge that knows no pages.
            if (all.size() == before) {
                break;
            }
        }
        return List.copyOf(all);
    }

    public void add(String body) throws InterruptedException {
        send("POST", comments(), body(body));
    }

    public void replace(String id, String body) throws InterruptedException {
        send(pullRequest.kind() == Kind.GITLAB ? "PUT" : "PATCH", comment(id), body(body));
    }

    public void remove(String id) throws InterruptedException {
        send("DELETE", comment(id), "");
    }

    private String comments() {
        return pullRequest.kind() == Kind.GITLAB
                ? project() + "/merge_requests/" + pullRequest.number() + "/notes"
                : project() + "/issues/" + pullRequest.number() + "/comments";
    }

    private String comment(String id) {
        return pullRequest.kind() == Kind.GITLAB ? comments() + "/" + id : project() + "/issues/comments/" + id;
    }

    private String project() {
        return pullRequest.kind() == Kind.GITLAB
                ? "/projects/" + URLEncoder.encode(pullRequest.project(), StandardCharsets.UTF_8)
                : "/repos/" + pullRequest.project();
    }

    private static String body(String text) {
        return JsonNodeFactory.instance.objectNode().put("body", text).toString();
    }

    private JsonNode send(String method, String path, String body) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(pullRequest.api() + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (pullRequest.kind() == Kind.GITLAB) {
            request.header("PRIVATE-TOKEN", token);
        } else {
            request.header("Authorization", "token " + token);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new ForgeRefused(method + " " + path.replaceFirst("\\?.*", "") + " at " + pullRequest.api()
                        + " was answered with " + answer.statusCode() + advice(answer.statusCode()));
            }
            return answer.body().isBlank() ? JsonNodeFactory.instance.nullNode() : MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new ForgeRefused(pullRequest.api() + " could not be asked: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> ": the token is not valid";
            case 403 -> ": the token may not write comments";
            case 404 -> ": no such pull request, or the token may not see it";
            default -> "";
        };
    }

    @Override
    public void close() {
        client.close();
    }
}

package dev.holdfast.forge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.forge.PullRequest.Kind;
import dev.holdfast.net.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javax.net.ssl.SSLContext;

/// The comments of one pull request, through its forge's API.
public final class Comments implements AutoCloseable {

    /// @param id as the forge has it
    public record Comment(String id, String body) {}

    private static final int A_PAGE = 100;
    private static final int MOST_PAGES = 100;

    private final PullRequest pullRequest;
    private final ForgeApi api;

    /// @param route over which the forge is reached
    /// @param tls says which certificates are trusted
    public Comments(PullRequest pullRequest, String token, Route route, SSLContext tls) {
        this.pullRequest = pullRequest;
        this.api = new ForgeApi(pullRequest.kind(), pullRequest.api(), token, route, tls);
    }

    /// Those that the token's own user has written, the oldest first. For the token of a GitHub App: those of all
    /// bots.
    ///
    /// @throws ForgeRefused where the forge does not answer, or with an error
    public List<Comment> own() throws InterruptedException {
        var author = Author.of(api, pullRequest.kind());
        var own = new ArrayList<Comment>();
        var seen = new HashSet<String>();
        for (var page = 1; page <= MOST_PAGES; page++) {
            var pages = "?sort=asc&per_page=" + A_PAGE + "&limit=" + A_PAGE + "&page=" + page;
            var isNew = false;
            for (var comment : api.send("GET", comments() + pages, "")) {
                var id = comment.path("id").asText();
                if (seen.add(id)) {
                    isNew = true;
                    if (author.wrote(comment)) {
                        own.add(new Comment(id, comment.path("body").asText()));
                    }
                }
            }
            // A page that brings nothing new is the last one, also of a forge that knows no pages.
            if (!isNew) {
                break;
            }
        }
        return List.copyOf(own);
    }

    public void add(String body) throws InterruptedException {
        api.send("POST", comments(), body(body));
    }

    public void replace(String id, String body) throws InterruptedException {
        api.send(pullRequest.kind() == Kind.GITLAB ? "PUT" : "PATCH", comment(id), body(body));
    }

    public void remove(String id) throws InterruptedException {
        api.send("DELETE", comment(id), "");
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

    @Override
    public void close() {
        api.close();
    }
}

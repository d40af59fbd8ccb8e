package dev.holdfast.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.forge.PullRequest.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A forge's API, asked with one token.
final class ForgeApi implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Kind kind;
    private final String address;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /// @param address without a slash at its end
    ForgeApi(Kind kind, String address, String token) {
        this.kind = kind;
        this.address = address;
        this.token = token;
    }

    /// @param body empty for none
    /// @throws ForgeRefused where the forge does not answer, or with an error
    JsonNode send(String method, String path, String body) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (kind == Kind.GITLAB) {
            request.header("PRIVATE-TOKEN", token);
        } else {
            request.header("Authorization", "token " + token);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new ForgeRefused(
                        method + " " + path.replaceFirst("\\?.*", "") + " at " + address + " was answered with "
                                + answer.statusCode() + advice(answer.statusCode()),
                        answer.statusCode());
            }
            return answer.body().isBlank() ? JsonNodeFactory.instance.nullNode() : MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new ForgeRefused(address + " could not be asked: "
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

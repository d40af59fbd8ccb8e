package dev.holdfast.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.forge.PullRequest.Kind;
import dev.holdfast.net.CertificateRefused;
import dev.holdfast.net.Route;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/// A forge's API, asked with one token.
final class ForgeApi implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Kind kind;
    private final String address;
    private final String token;
    private final Route route;
    private final HttpClient client;

    /// @param address without a slash at its end
    ForgeApi(Kind kind, String address, String token, Route route, SSLContext tls) {
        this.kind = kind;
        this.address = address;
        this.token = token;
        this.route = route;
        var builder = HttpClient.newBuilder().connectTimeout(PATIENCE).sslContext(tls);
        if (route instanceof Route.Through(var proxy)) {
            builder.proxy(ProxySelector.of(proxy.address()));
        }
        this.client = builder.build();
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
        if (route instanceof Route.Through(var proxy) && proxy.authorization() != null) {
            request.header("Proxy-Authorization", proxy.authorization());
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == 407) {
                throw new ForgeRefused(address + " could not be asked: " + refusedLogin());
            }
            if (answer.statusCode() >= 300) {
                throw new ForgeRefused(
                        method + " " + path.replaceFirst("\\?.*", "") + " at " + address + " was answered with "
                                + answer.statusCode() + advice(answer.statusCode()),
                        answer.statusCode());
            }
            return answer.body().isBlank() ? JsonNodeFactory.instance.nullNode() : MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new ForgeRefused(address + " could not be asked: " + reason(e));
        }
    }

    private String refusedLogin() {
        return (route instanceof Route.Through(var proxy) ? proxy.told() : "a proxy")
                + " refuses the login: check user and password there";
    }

    private String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateRefused refused) {
                return refused.getMessage()
                        + (refused.unknownAuthority()
                                ? ": put the authority's certificate (PEM) into a file that GIT_SSL_CAINFO or Git's"
                                        + " http.sslCAInfo names, or into the system's store"
                                : "");
            }
            if (String.valueOf(cause.getMessage()).contains("407")) {
                return refusedLogin();
            }
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "unknown host " + URI.create(address).getHost() + " (" + route.told() + ")";
            }
        }
        var said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return said + (route instanceof Route.Through ? " (" + route.told() + ")" : "");
    }

    private static String advice(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> ": it is somewhere else now: say --api with its new address";
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

package dev.holdfast.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// What gives out tokens for a registry (`auth: token`), to one user: a program of its own, since it must be where the
/// registry is. Arguments: port, service, certificate, key, user, password.
public final class TokenServer {

    private final String service;
    private final String certificate;
    private final PrivateKey key;
    private final String allowed;

    private TokenServer(String service, Path certificate, Path key, String allowed)
            throws IOException, GeneralSecurityException {
        this.service = service;
        this.certificate = body(certificate);
        this.key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body(key))));
        this.allowed = "Basic " + Base64.getEncoder().encodeToString(allowed.getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        var tokens = new TokenServer(args[1], Path.of(args[2]), Path.of(args[3]), args[4] + ":" + args[5]);
        var server = HttpServer.create(new InetSocketAddress("0.0.0.0", Integer.parseInt(args[0])), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/token", tokens::answer);
        server.start();
    }

    private static String body(Path pem) throws IOException {
        return Files.readString(pem)
                .lines()
                .filter(line -> !line.startsWith("-"))
                .collect(Collectors.joining());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var known = allowed.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var answer = known
                    ? "{\"token\":\""
                            + token(String.valueOf(exchange.getRequestURI().getRawQuery())) + "\",\"expires_in\":60}"
                    : "{\"details\":\"who are you?\"}";
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String token(String query) throws GeneralSecurityException {
        var access = Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith("scope="))
                .map(parameter -> URLDecoder.decode(parameter.substring("scope=".length()), StandardCharsets.UTF_8))
                .map(TokenServer::access)
                .collect(Collectors.joining(","));
        var now = Instant.now().getEpochSecond();
        var head = "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5c\":[\"" + certificate + "\"]}";
        var claims = ("{\"iss\":\"holdfast-test\",\"sub\":\"puller\",\"aud\":\"%s\",\"exp\":%d,\"nbf\":%d,\"iat\":%d,"
                        + "\"jti\":\"%s\",\"access\":[%s]}")
                .formatted(service, now + 60, now - 10, now, UUID.randomUUID(), access);
        var signed =
                encode(head.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encode(signature.sign());
    }

    /// `repository:team/app:pull,push` as the claim of a token.
    private static String access(String scope) {
        var parts = scope.split(":");
        var actions = Arrays.stream(parts[2].split(",")).collect(Collectors.joining("\",\"", "\"", "\""));
        return "{\"type\":\"%s\",\"name\":\"%s\",\"actions\":[%s]}".formatted(parts[0], parts[1], actions);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

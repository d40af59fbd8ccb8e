package dev.holdfast.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Plain calls of an engine's HTTP API, for tests: a few milliseconds each, where the docker client takes fifty.
public final class EngineHttp implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final DockerHttpClient http;

    /// @param dockerHost as in `DOCKER_HOST`
    public EngineHttp(String dockerHost) {
        http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(URI.create(dockerHost))
                .connectionTimeout(Duration.ofSeconds(10))
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    /// An answer of the engine, whatever its status.
    public record Answer(int status, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// @throws IllegalStateException if the engine answers with an error
    public JsonNode get(String path) {
        var answer = send(Request.Method.GET, path, null);
        if (answer.status() >= 300) {
            throw new IllegalStateException("GET %s: %d %s".formatted(path, answer.status(), answer.body()));
        }
        return answer.json();
    }

    public Answer post(String path, String json) {
        return send(Request.Method.POST, path, json);
    }

    public Answer delete(String path) {
        return send(Request.Method.DELETE, path, null);
    }

    private Answer send(Request.Method method, String path, @Nullable String json) {
        var request = Request.builder().method(method.name()).path(path);
        if (json != null) {
            request.putHeader("Content-Type", "application/json")
                    .body(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        }
        try (var response = http.execute(request.build())) {
            var body = response.getBody();
            var text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(response.getStatusCode(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

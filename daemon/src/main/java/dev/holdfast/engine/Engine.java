package dev.holdfast.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One Docker Engine that is a Swarm manager, over its socket. Paths carry no version, so the engine answers with its
/// newest API. Safe for use by many threads.
///
/// Every method throws [EngineUnreachable] where no Swarm can be spoken to, and [EngineException] with the engine's own
/// words where it refuses.
public final class Engine implements AutoCloseable {

    private static final Pattern BETWEEN_PARTS = Pattern.compile("^rpc error: code = \\w+ desc = ");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /// A registry that does not answer must not keep anybody waiting.
    private static final Duration REGISTRY = Duration.ofSeconds(10);

    private final EngineAddress address;
    private final DockerHttpClient http;
    private final DockerHttpClient registries;

    private Engine(EngineAddress address, DockerHttpClient http, DockerHttpClient registries) {
        this.address = address;
        this.http = http;
        this.registries = registries;
    }

    /// Nothing is sent yet.
    public static Engine at(EngineAddress address) {
        return new Engine(
                address,
                client(address).maxConnections(40).responseTimeout(ANSWER).build(),
                client(address).maxConnections(16).responseTimeout(REGISTRY).build());
    }

    private static ZerodepDockerHttpClient.Builder client(EngineAddress address) {
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(URI.create(address.host()))
                .sslConfig(address.tls())
                .connectionTimeout(CONNECT);
    }

    public String host() {
        return address.host();
    }

    public EngineVersion version() {
        var version = get("/version");
        return new EngineVersion(
                version.path("Version").asText(), version.path("ApiVersion").asText());
    }

    public JsonNode info() {
        return get("/info");
    }

    public List<JsonNode> nodes() {
        return list("/nodes");
    }

    public JsonNode node(String id) {
        return get("/nodes/" + encode(id));
    }

    /// All services, each with its `ServiceStatus`.
    public List<JsonNode> services() {
        return list("/services?status=true");
    }

    public JsonNode service(String id) {
        return get("/services/" + encode(id));
    }

    /// All tasks of the Swarm, unfiltered: only this list still shows the tasks of services that are gone.
    public List<JsonNode> tasks() {
        return list("/tasks");
    }

    /// The tasks of one service that is still there.
    public List<JsonNode> tasksOf(String serviceId) {
        return list("/tasks?filters=" + filter("service", serviceId));
    }

    public List<JsonNode> networks() {
        return list("/networks");
    }

    /// Also one that no list has: the Swarm's own `host` and `bridge`.
    public JsonNode network(String id) {
        return get("/networks/" + encode(id));
    }

    public List<JsonNode> secrets() {
        return list("/secrets");
    }

    /// All configs, with their data in Base64.
    public List<JsonNode> configs() {
        return list("/configs");
    }

    /// The configs whose names start with this.
    public List<JsonNode> configsNamed(String prefix) {
        return list("/configs?filters=" + filter("name", prefix));
    }

    public JsonNode config(String id) {
        return get("/configs/" + encode(id));
    }

    /// @param spec sent as [WholeSpec]
    /// @param auth what the nodes show the image's registry, as `X-Registry-Auth`; null for nothing
    /// @return the new service's ID
    public String createService(JsonNode spec, @Nullable String auth) {
        return send(http, Method.POST, "/services/create", WholeSpec.of(spec), auth)
                .path("ID")
                .asText();
    }

    /// Replaces the whole spec.
    ///
    /// @param spec sent as [WholeSpec]
    /// @param version the index that the caller has read; a stale one is refused
    ///     ([EngineException#isOutOfSequence])
    /// @param auth as for [#createService]; null for what the service has already
    public void updateService(String id, long version, JsonNode spec, @Nullable String auth) {
        var path = "/services/" + encode(id) + "/update?version=" + version;
        send(http, Method.POST, path, WholeSpec.of(spec), auth);
    }

    public void removeService(String id) {
        send(Method.DELETE, "/services/" + encode(id), null);
    }

    public String createNetwork(JsonNode network) {
        return post("/networks/create", network).path("Id").asText();
    }

    public void removeNetwork(String id) {
        send(Method.DELETE, "/networks/" + encode(id), null);
    }

    public String createSecret(String name, ObjectNode labels, byte[] data, @Nullable String templateDriver) {
        return post("/secrets/create", content(name, labels, data, templateDriver))
                .path("ID")
                .asText();
    }

    public void removeSecret(String id) {
        send(Method.DELETE, "/secrets/" + encode(id), null);
    }

    /// @throws EngineException with [EngineException#isConflict] where the name is taken: configs are what
    ///     compare-and-swap is made of
    public String createConfig(String name, ObjectNode labels, byte[] data, @Nullable String templateDriver) {
        return post("/configs/create", content(name, labels, data, templateDriver))
                .path("ID")
                .asText();
    }

    /// Replaces a config's labels; its name and data never change.
    ///
    /// @param version the index that the caller has read; a stale one is refused
    ///     ([EngineException#isOutOfSequence])
    public void updateConfigLabels(String id, long version, String name, ObjectNode labels) {
        var spec = JSON.createObjectNode();
        spec.put("Name", name);
        spec.set("Labels", labels);
        post("/configs/" + encode(id) + "/update?version=" + version, spec);
    }

    public void removeConfig(String id) {
        send(Method.DELETE, "/configs/" + encode(id), null);
    }

    /// An image as this engine has it; [EngineException#isNotFound] where it does not.
    public JsonNode image(String name) {
        return get("/images/" + name + "/json");
    }

    /// What the registry says about an image, asked by the engine: `Descriptor.digest` among it. Whatever the
    /// registry answers says nothing about the engine.
    ///
    /// @param auth what the registry is shown, as `X-Registry-Auth`; null for nothing
    /// @throws EngineException with the status that the engine makes of the registry's; 504 where there was no
    ///     answer
    public JsonNode distribution(String image, @Nullable String auth) {
        try {
            return send(registries, Method.GET, "/distribution/" + image + "/json", null, auth);
        } catch (EngineUnreachable e) {
            if (e.status() == 503) {
                throw new EngineException(503, String.valueOf(e.getMessage()).replaceFirst(".*? Swarm manager: ", ""));
            }
            if (root(e) instanceof SocketTimeoutException) {
                throw new EngineException(504, "no answer within " + REGISTRY.toSeconds() + " s", e);
            }
            throw e;
        }
    }

    /// The last lines that a service's or task's containers wrote.
    ///
    /// @param path `/services/ID` or `/tasks/ID`
    public List<LogLine> logs(String path, String tail) {
        var request = DockerHttpClient.Request.builder()
                .method(Method.GET)
                .path(path + "/logs?stdout=1&stderr=1&details=1&tail=" + tail)
                .build();
        try (var response = http.execute(request)) {
            check(response);
            return LogLine.readAll(response.getBody());
        } catch (IOException | RuntimeException e) {
            throw translated(e);
        }
    }

    /// Follows the engine's events of these types (`service`, `node`, …) from now on. The stream ends when it is
    /// closed or the engine goes; each event is one JSON document of it. It holds a connection of its own.
    public InputStream events(List<String> types) {
        var filters = JSON.createObjectNode();
        types.forEach(filters.putArray("type")::add);
        var client = client(address).maxConnections(1).build();
        try {
            var response = client.execute(DockerHttpClient.Request.builder()
                    .method(Method.GET)
                    .path("/events?filters=" + encode(filters.toString()))
                    .build());
            check(response);
            return new EventStream(response, client);
        } catch (IOException | RuntimeException e) {
            throw translated(e);
        }
    }

    @Override
    public void close() {
        try {
            http.close();
            registries.close();
        } catch (IOException ignored) {
            // Nothing is lost: all answers have been read.
        }
    }

    private JsonNode get(String path) {
        return send(Method.GET, path, null);
    }

    private List<JsonNode> list(String path) {
        var items = new ArrayList<JsonNode>();
        get(path).forEach(items::add);
        return items;
    }

    private JsonNode post(String path, JsonNode body) {
        return send(Method.POST, path, body);
    }

    private JsonNode send(Method method, String path, @Nullable JsonNode body) {
        return send(http, method, path, body, null);
    }

    private JsonNode send(
            DockerHttpClient client, Method method, String path, @Nullable JsonNode body, @Nullable String auth) {
        var request = DockerHttpClient.Request.builder().method(method).path(path);
        if (body != null) {
            request.putHeader("Content-Type", "application/json")
                    .bodyBytes(body.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (auth != null) {
            request.putHeader("X-Registry-Auth", auth);
        }
        try (var response = client.execute(request.build())) {
            check(response);
            var bytes = response.getBody().readAllBytes();
            return bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes);
        } catch (IOException | RuntimeException e) {
            throw translated(e);
        }
    }

    private void check(DockerHttpClient.Response response) throws IOException {
        var status = response.getStatusCode();
        if (status < 300) {
            return;
        }
        var message = message(response.getBody().readAllBytes());
        var noSwarm = status == 503
                || message.contains("not a swarm manager")
                || message.contains("Swarm is encrypted")
                || message.contains("The swarm does not have a leader");
        throw noSwarm
                ? new EngineUnreachable(status, "the engine at " + address + " is no working Swarm manager: " + message)
                : new EngineException(status, message);
    }

    /// As the engine says it, without what its parts say to each other.
    static String message(byte[] body) {
        return BETWEEN_PARTS.matcher(sentence(body)).replaceFirst("");
    }

    private static String sentence(byte[] body) {
        try {
            return JSON.readTree(body)
                    .path("message")
                    .asText(new String(body, StandardCharsets.UTF_8))
                    .strip();
        } catch (IOException e) {
            return new String(body, StandardCharsets.UTF_8).strip();
        }
    }

    private EngineException translated(Exception e) {
        if (e instanceof EngineException known) {
            return known;
        }
        if (e instanceof JsonProcessingException) {
            return new EngineException(0, "the engine at " + address + " answered something that is not JSON", e);
        }
        return new EngineUnreachable("no engine at " + address + ": " + root(e).getMessage(), e);
    }

    private static Throwable root(Throwable e) {
        var root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static ObjectNode content(String name, ObjectNode labels, byte[] data, @Nullable String templateDriver) {
        var body = JSON.createObjectNode();
        body.put("Name", name);
        body.set("Labels", labels);
        body.put("Data", Base64.getEncoder().encodeToString(data));
        if (templateDriver != null) {
            body.putObject("Templating").put("Name", templateDriver);
        }
        return body;
    }

    private static String filter(String kind, String value) {
        var filters = JSON.createObjectNode();
        filters.putArray(kind).add(value);
        return encode(filters.toString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

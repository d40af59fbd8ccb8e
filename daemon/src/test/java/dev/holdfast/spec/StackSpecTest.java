package dev.holdfast.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.FilesInMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The spec of a service of a stack file is the one that `docker stack deploy` has an engine store, field by field, but
/// for the labels of Holdfast on the service. Recorded with a real client and a real engine.
class StackSpecTest {

    private static final Path CASES = Path.of("src/test/resources/stack-deploy");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Binds of the folder that the files are in: no node has it.
    private static final Set<String> RELATIVE = Set.of("volumes-short-bind");

    @TestFactory
    Stream<DynamicTest> as_the_client_has_it() throws IOException {
        var cases = JSON.readTree(Files.readString(root().resolve("cases.json")));
        return cases.properties().stream()
                .filter(entry -> entry.getValue().path("exit").asInt() == 0 && !RELATIVE.contains(entry.getKey()))
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compare(entry.getKey(), entry.getValue())));
    }

    private static Path root() {
        return Files.isDirectory(CASES) ? CASES : Path.of("daemon").resolve(CASES);
    }

    private static void compare(String name, JsonNode about) throws IOException {
        var desired = read(about);
        assertThat(desired.problems()).filteredOn(problem -> problem.isError()).isEmpty();
        var expected = (ArrayNode) JSON.readTree(Files.readString(root().resolve(name + ".spec.json")));
        assertThat(desired.apps()).hasSameSizeAs(expected);
        for (var spec : expected) {
            var app = desired.apps().stream()
                    .map(declared -> declared.app())
                    .filter(each -> each.name().equals(spec.path("Name").asText()))
                    .findFirst()
                    .orElseThrow();
            var ours = SpecBuilder.build(app, context(app, desired)).spec();
            assertThat(SpecDiff.compare(EngineStore.live(spec), ours, new Names(Map.of(), constraint -> false), false)
                            .fields())
                    .allMatch(field -> field.path().startsWith("deploy.labels.dev.holdfast."));
            assertThat(text(asStored(ours))).isEqualTo(text(withoutIds(spec)));
        }
    }

    private static Desired read(JsonNode about) throws IOException {
        var files = FilesInMemory.of();
        var names = new StringBuilder();
        for (var file : about.path("files")) {
            files.with("fx/" + file.asText(), Files.readAllBytes(root().resolve(file.asText())));
            names.append(names.isEmpty() ? "" : ", ").append("fx/").append(file.asText());
        }
        var vars = new TreeMap<String, String>(Map.of("HOME", "/home/fx"));
        about.path("env")
                .properties()
                .forEach(each -> vars.put(each.getKey(), each.getValue().asText()));
        var settings = new StringBuilder("stacks: { fx: { files: [" + names + "] } }\nvars:\n");
        vars.forEach((key, value) ->
                settings.append("  ").append(key).append(": '").append(value).append("'\n"));
        files.with("holdfast.yaml", settings.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (var beside = Files.walk(root())) {
            for (var file : beside.filter(Files::isRegularFile).toList()) {
                var path = root().relativize(file).toString();
                if (path.indexOf('/') > 0) {
                    files.with("fx/" + path, Files.readAllBytes(file));
                }
            }
        }
        return DesiredReader.read(files);
    }

    /// Without what Holdfast adds to a service with data: its lock, which this is not about.
    private static SpecContext context(App app, Desired desired) {
        var networks = new HashMap<String, String>();
        var repository = desired.repository();
        repository.networks().forEach((key, network) -> networks.put(key, String.valueOf(network.name())));
        var secrets = new HashMap<String, String>();
        repository.secrets().forEach((key, secret) -> secrets.put(key, String.valueOf(secret.name())));
        var configs = new HashMap<String, String>();
        repository.configs().forEach((key, config) -> configs.put(key, String.valueOf(config.name())));
        return new SpecContext(
                "production",
                null,
                app.image(),
                Contexts.NEW,
                new SpecContext.Data(null, false, ""),
                new SpecContext.ObjectNames(networks, secrets, configs),
                repository.volumes(),
                SpecDefaults.of(app));
    }

    private static ObjectNode asStored(ObjectNode ours) {
        var stored = EngineStore.stored(ours);
        stored.withObject("/Labels")
                .properties()
                .removeIf(label -> label.getKey().startsWith("dev.holdfast."));
        return withoutIds(stored);
    }

    /// What an engine makes up, and what it writes out though it means nothing.
    private static ObjectNode withoutIds(JsonNode spec) {
        ObjectNode copy = spec.deepCopy();
        var container = (ObjectNode) copy.at("/TaskTemplate/ContainerSpec");
        for (var kind : List.of("Secret", "Config")) {
            container.path(kind + "s").forEach(reference -> ((ObjectNode) reference).remove(kind + "ID"));
        }
        if (container.get("Privileges") instanceof ObjectNode privileges) {
            privileges.remove("NoNewPrivileges");
            if (privileges.get("CredentialSpec") instanceof ObjectNode credentials) {
                credentials.remove("Config");
                credentials
                        .properties()
                        .removeIf(entry -> entry.getValue().asText().isEmpty());
            }
            privileges.properties().removeIf(entry -> entry.getValue().isNull());
        }
        return copy;
    }

    private static String text(JsonNode spec) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.treeToValue(sorted(spec), Object.class));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var keys = new TreeMap<String, JsonNode>();
            object.properties().forEach(entry -> keys.put(entry.getKey(), sorted(entry.getValue())));
            var sorted = JSON.createObjectNode();
            keys.forEach(sorted::set);
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            var sorted = JSON.createArrayNode();
            array.forEach(each -> sorted.add(sorted(each)));
            return sorted;
        }
        return node.isNumber() && !node.isIntegralNumber() && node.asDouble() == node.asLong()
                ? JSON.getNodeFactory().numberNode(node.asLong())
                : node;
    }
}

package dev.holdfast.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.FilesInMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a real client made of small Compose files, and what it said: see `stack-deploy/cases.json`.
public final class StackDeployCases {

    private static final Path FOLDER = Path.of("src/test/resources/stack-deploy");

    /// @param errors the client's standard error, where it refused the files
    /// @param specs what the engine stored, where it did not
    /// @param warnings what the client said beside it
    public record Case(String name, StackInput input, String errors, JsonNode specs, String warnings) {
        public boolean isRefused() {
            return !errors.isEmpty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private StackDeployCases() {}

    public static Stream<Case> all() throws IOException {
        var mapper = new ObjectMapper();
        var all = mapper.readTree(FOLDER.resolve("cases.json").toFile());
        var cases = new ArrayList<Case>();
        for (var entry : (Iterable<Map.Entry<String, JsonNode>>) all.properties()::iterator) {
            cases.add(read(mapper, entry.getKey(), entry.getValue()));
        }
        return cases.stream();
    }

    private static Case read(ObjectMapper mapper, String name, JsonNode node) throws IOException {
        var files = new ArrayList<String>();
        node.path("files").forEach(file -> files.add(file.asText()));
        Map<String, String> variables = new HashMap<>(Map.of("HOME", "/home/fx"));
        node.path("env")
                .properties()
                .forEach(e -> variables.put(e.getKey(), e.getValue().asText()));
        var errors = FOLDER.resolve(name + ".error.txt");
        var specs = FOLDER.resolve(name + ".spec.json");
        return new Case(
                name,
                new StackInput("fx", List.copyOf(files), variables),
                Files.exists(errors) ? Files.readString(errors).strip() : "",
                Files.exists(specs) ? mapper.readTree(specs.toFile()) : mapper.createArrayNode(),
                node.path("stderr").asText(""));
    }

    /// The folder with all cases, as the top of a repository.
    public static FilesInMemory source() {
        var files = new TreeMap<String, byte[]>();
        try (var paths = Files.walk(FOLDER)) {
            for (var path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(FOLDER.relativize(path).toString(), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FilesInMemory(files);
    }
}

package dev.holdfast;

import static dev.holdfast.CorpusLines.Verdict.INVALID;
import static dev.holdfast.CorpusLines.Verdict.ONLY_THE_PROGRAM;
import static dev.holdfast.CorpusLines.Verdict.VALID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.FileSchemas;
import dev.holdfast.daemon.DaemonSettings;
import dev.holdfast.daemon.SettingsReader;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Schemas;
import dev.holdfast.yaml.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// An editor with the JSON Schema and the program say the same of a file.
class SchemaCorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Schema APP = schema(FileSchemas.app());
    private static final Schema REPOSITORY = schema(FileSchemas.repository());
    private static final Schema X_HOLDFAST = schema(FileSchemas.extension());
    private static final Path STACKS = ROOT.resolve("examples/stacks/stacks");
    private static final Schema DAEMON = schema(Schemas.of(DaemonSettings.class, "daemon"));

    @TempDir
    Path directory;

    @Test
    void theyAgreeOnApps() throws IOException {
        var lines = CorpusLines.read("app.txt", Map.of("name", "name: web\n", "image", "image: nginx\n"));
        var repository = Files.readString(CORPUS.resolve("lines/holdfast.yaml"));
        assertAgree(lines, APP, app -> problems(repository, app));
    }

    @Test
    void theyAgreeOnHoldfastYaml() throws IOException {
        assertAgree(
                CorpusLines.read("repository.txt", Map.of()),
                REPOSITORY,
                repository -> problems(repository, "{ name: web, image: nginx }"));
    }

    @Test
    void theyAgreeOnTheDaemonsSettings() throws IOException {
        Files.writeString(directory.resolve("key"), "key");
        var environment = Map.of("CREDENTIALS_DIRECTORY", directory.toString());
        var file = directory.resolve("daemon.yaml");
        assertAgree(
                CorpusLines.read("daemon.txt", Map.of("repository", "repository: { url: /srv/apps.git }\n")),
                DAEMON,
                settings -> {
                    write(file, settings);
                    return SettingsReader.read(file, environment).problems();
                });
    }

    @Test
    void everyExampleFitsItsSchema() throws IOException {
        try (var files = Files.walk(ROOT.resolve("examples"))) {
            var read = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(ROOT.resolve("examples/pull-requests")))
                    .filter(file -> !file.startsWith(STACKS) && !file.endsWith("compose.yaml"))
                    .toList();
            assertThat(read)
                    .isNotEmpty()
                    .allSatisfy(file -> assertFits(file.endsWith("holdfast.yaml") ? REPOSITORY : APP, file));
        }
        assertFits(APP, CORPUS.resolve("valid/everything.yaml"));
        assertFits(REPOSITORY, CORPUS.resolve("valid/holdfast.yaml"));
        assertFits(DAEMON, ROOT.resolve("systemd/daemon.yaml"));
    }

    /// The rest of a stack file is the Compose specification's, whose schema is not ours to check.
    @Test
    void whatStackFilesSayToHoldfastFitsItsSchema() throws IOException {
        try (var files = Files.walk(STACKS)) {
            var said = files.filter(file -> file.toString().endsWith(".yaml"))
                    .flatMap(file -> documents(text(file)).stream())
                    .flatMap(document ->
                            StreamSupport.stream(document.path("services").spliterator(), false))
                    .filter(service -> service.has("x-holdfast"))
                    .map(service -> service.path("x-holdfast").toString())
                    .toList();
            assertThat(said)
                    .isNotEmpty()
                    .allSatisfy(text -> assertThat(complaints(X_HOLDFAST, text)).isEmpty());
        }
    }

    private static void assertFits(Schema schema, Path file) {
        assertThat(complaints(schema, text(file))).as(file.toString()).isEmpty();
    }

    private static void assertAgree(CorpusLines lines, Schema schema, Function<String, List<Problem>> program) {
        var softly = new SoftAssertions();
        for (var document : lines.of(VALID)) {
            softly.assertThat(program.apply(document))
                    .as("program: " + document)
                    .isEmpty();
            softly.assertThat(complaints(schema, document))
                    .as("schema: " + document)
                    .isEmpty();
        }
        for (var document : lines.of(INVALID)) {
            softly.assertThat(program.apply(document))
                    .as("program: " + document)
                    .isNotEmpty();
            softly.assertThat(complaints(schema, document))
                    .as("schema: " + document)
                    .isNotEmpty();
        }
        for (var document : lines.of(ONLY_THE_PROGRAM)) {
            softly.assertThat(program.apply(document))
                    .as("program: " + document)
                    .isNotEmpty();
            softly.assertThat(complaints(schema, document))
                    .as("schema: " + document)
                    .isEmpty();
        }
        softly.assertAll();
    }

    private static List<Problem> problems(String repository, String app) {
        var files = Map.of("holdfast.yaml", repository, "apps/web.yaml", app, "files/key", "x", "files/conf", "x");
        return DesiredReader.read(new InMemory(files)).problems();
    }

    private record InMemory(Map<String, String> files) implements Source {
        @Override
        public SortedSet<String> paths() {
            return new TreeSet<>(files.keySet());
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Without its `$id`: that it is relative suits editors, but not this validator.
    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text.replaceFirst("\"\\$id\" *: *\"[^\"]*\",", ""));
    }

    /// Of all documents of a file, read by YAML 1.2's core schema, as editors read them.
    private static List<String> complaints(Schema schema, String yaml) {
        var complaints = new ArrayList<String>();
        for (var document : documents(yaml)) {
            schema.validate(document.toString(), InputFormat.JSON)
                    .forEach(problem -> complaints.add(problem.toString()));
        }
        return complaints;
    }

    private static List<JsonNode> documents(String yaml) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        var documents = new ArrayList<JsonNode>();
        for (var document : new Load(settings).loadAllFromString(yaml)) {
            documents.add(new ObjectMapper().valueToTree(document));
        }
        return documents;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

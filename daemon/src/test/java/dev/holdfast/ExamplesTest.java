package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.Credentials;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.sops.Decryption;
import dev.holdfast.sops.KeyPlaces;
import dev.holdfast.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What people copy from must be right.
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
    private static final Pattern SCHEMA = Pattern.compile("# yaml-language-server: \\$schema=(\\S+)");

    @TestFactory
    Stream<DynamicTest> everyExampleIsAConfigRepositoryWithoutProblems() throws IOException {
        return examples()
                .map(example -> DynamicTest.dynamicTest(
                        example.getFileName().toString(),
                        () -> assertThat(problems(example)).isEmpty()));
    }

    @Test
    void thereIsAShopAndTheQuickstartsRepository() throws IOException {
        assertThat(examples()).contains(EXAMPLES.resolve("shop"), EXAMPLES.resolve("quickstart-repo"));
    }

    @TestFactory
    Stream<DynamicTest> everyFileNamesItsSchemaInTheFirstLine() throws IOException {
        return examples()
                .flatMap(ExamplesTest::readFiles)
                .map(file -> DynamicTest.dynamicTest(
                        EXAMPLES.relativize(file).toString(), () -> assertNamesItsSchema(file)));
    }

    private static void assertNamesItsSchema(Path file) throws IOException {
        var schema = SCHEMA.matcher(Files.readAllLines(file).getFirst());
        assertThat(schema.matches()).isTrue();
        var kind = file.endsWith("holdfast.yaml")
                ? "repository"
                : isIn("clusters", file)
                        ? "cluster"
                        : file.endsWith("compose.yaml") || isIn("stacks", file) ? "stack" : "app";
        assertThat(file.resolveSibling(schema.group(1)).normalize())
                .isRegularFile()
                .isEqualTo(EXAMPLES.resolveSibling("schema").resolve(kind + ".schema.json"));
    }

    private static boolean isIn(String folder, Path file) {
        return file.getParent().endsWith(folder);
    }

    private static List<String> problems(Path example) {
        var location = RepositoryLocation.parse(example.toString(), null, null, Credentials.NONE, null);
        try (var repository = ConfigRepository.open(location)) {
            var source = repository.checkout().source();
            return ReadOptions.each(source, new ReadOptions(null, Decryption.with(keys(example)))).stream()
                    .flatMap(each -> DesiredReader.read(source, each).problems().stream())
                    .map(Problem::toString)
                    .toList();
        }
    }

    /// Only the example of encrypted files has a key.
    private static KeyPlaces keys(Path example) {
        var key = example.resolve("throw-away.age-key");
        return Files.exists(key) ? new KeyPlaces(key, null, null, null) : KeyPlaces.NONE;
    }

    private static boolean isOfSops(Path file) {
        return file.endsWith(".sops.yaml") || file.getParent().endsWith("secrets");
    }

    /// All but the pipelines, which have tests of their own.
    private static Stream<Path> examples() throws IOException {
        try (var folders = Files.list(EXAMPLES)) {
            return folders
                    .filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith("pull-requests"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Stream<Path> readFiles(Path example) {
        try (var files = Files.walk(example)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !isOfSops(file))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

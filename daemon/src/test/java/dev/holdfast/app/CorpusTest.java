package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that people may write, and what they are told. `-Dholdfast.rewrite=true` writes the expected texts anew.
public class CorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus");

    static Stream<Path> validFiles() throws IOException {
        return appFiles("valid");
    }

    static Stream<Path> invalidFiles() throws IOException {
        return appFiles("invalid");
    }

    static Stream<Path> appFiles(String kind) throws IOException {
        try (var files = Files.list(CORPUS.resolve(kind))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("holdfast.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Desired read(Path app) throws IOException {
        var files = FilesInMemory.of("files/gone", "x", "files/conf", "x", "files/key", "x");
        files.with("holdfast.yaml", Files.readAllBytes(app.resolveSibling("holdfast.yaml")));
        return DesiredReader.read(files.with("apps/" + app.getFileName(), Files.readAllBytes(app)));
    }

    @ParameterizedTest
    @MethodSource("validFiles")
    void a_valid_file_has_no_problem(Path file) throws IOException {
        var desired = read(file);
        assertThat(desired.problems()).isEmpty();
        assertThat(desired.apps()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalidFiles")
    void each_mistake_has_its_own_message(Path file) throws IOException {
        var told = read(file).problems().stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));
        assertGolden(file.resolveSibling(file.getFileName().toString().replace(".yaml", ".problems.txt")), told);
    }

    @Test
    void a_file_with_errors_is_held_and_the_rest_goes_on() throws IOException {
        var files = FilesInMemory.of("apps/good.yaml", "{name: good, image: nginx}");
        files.with("apps/bad.yaml", Files.readAllBytes(CORPUS.resolve("invalid/everything.yaml")));
        var desired = DesiredReader.read(files);
        assertThat(desired.apps()).extracting(declared -> declared.app().name()).containsExactly("good");
        assertThat(desired.broken()).containsExactly("web_");
        assertThat(desired.complete()).isFalse();
        assertThat(desired.usable()).isTrue();
    }

    public static void assertGolden(Path golden, String text) throws IOException {
        if (Boolean.getBoolean("holdfast.rewrite")) {
            Files.createDirectories(golden.toAbsolutePath().getParent());
            Files.writeString(golden, text);
        }
        assertThat(golden).hasContent(text);
    }
}

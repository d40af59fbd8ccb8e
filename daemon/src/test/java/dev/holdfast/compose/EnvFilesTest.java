package dev.holdfast.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.FilesInMemory;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two grammars: that of the client for `env_file` of a service, and that of a shell for the variables of a stack.
class EnvFilesTest {

    private final Problems problems = new Problems();

    private SortedMap<String, String> envFile(String text) {
        return EnvFile.parse("a.env", text.getBytes(StandardCharsets.UTF_8), Map.of("KNOWN", "k"), problems);
    }

    private SortedMap<String, String> dotEnv(String text) {
        return DotEnv.parse(".env", text.getBytes(StandardCharsets.UTF_8), Map.of("KNOWN", "k"), problems);
    }

    @Test
    void ofAServiceNothingIsTakenAwayNorFilledIn() {
        assertThat(envFile("\uFEFF# c\n\n  A=  b \r\nQ=\"q\" # x\nKNOWN\nUNKNOWN\nE=\nV=$A\nX=a=b\n"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("A", "  b ", "Q", "\"q\" # x", "KNOWN", "k", "E", "", "V", "$A", "X", "a=b"));
        assertThat(problems.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"export A=hunter2", "A B=hunter2", "=hunter2", "A =hunter2"})
    void ofAServiceABadNameIsAnErrorThatRepeatsNoValue(String line) {
        envFile("OK=1\n" + line + "\n");
        assertThat(problems.sorted()).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("a.env:2:1");
            assertThat(problem.message()).doesNotContain("hunter2");
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "A=b, b", "export A=b, b", "A = b , b", "A=b # c, b", "A=b#c, b#c", "A='b $KNOWN', b $KNOWN",
                "A=\"b $KNOWN\", b k", "A=${KNOWN}x, kx", "A=${NO:-d}, d", "A=\"b\" # c, b", "A=, ``", "A=\"\", ``",
                "A=\"a\\tb\", `a\tb`", "A: b, b", "A=# c, ``", "A=\"a\\$b\", a$b", "A=a\"b, a\"b"
            })
    void ofAStackQuotesAndCommentsAreTakenAwayAndVariablesFilledIn(String line, String value) {
        assertThat(dotEnv(line + "\n")).isEqualTo(Map.of("A", value));
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void ofAStackAQuotedValueMayHaveSeveralLines() {
        assertThat(dotEnv("A=\"x\ny\"\nB=2\nbad line\n")).isEqualTo(Map.of("A", "x\ny", "B", "2"));
        assertThat(problems.sorted()).extracting(Problem::toString).containsExactly(".env:4:1: is not NAME=value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=\"b", "A='b", "A=\"b\" c", "PASSWORD=a$1hunter2", "A B"})
    void ofAStackWhatCannotBeReadIsAnErrorThatRepeatsNoValue(String line) {
        assertThat(dotEnv(line)).isEmpty();
        assertThat(problems.sorted())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).doesNotContain("hunter2"));
    }

    @Test
    void aStackHasTheVariablesOfItsFileBeforeThoseOfTheRepository() {
        var files = FilesInMemory.of("s/.env", "A=file\nB=${VARS}\n", "other.env", "A=other\n");
        var vars = Map.of("A", "vars", "VARS", "v");
        assertThat(StackVariables.read(files, null, "s/compose.yaml", vars, problems))
                .isEqualTo(Map.of("A", "file", "B", "v", "VARS", "v"));
        assertThat(StackVariables.read(files, "other.env", "s/compose.yaml", vars, problems))
                .containsEntry("A", "other");
        assertThat(StackVariables.read(files, null, "t.yaml", vars, problems)).isEqualTo(vars);
        assertThat(problems.hasErrors()).isFalse();
        StackVariables.read(files, "gone.env", "t.yaml", vars, problems);
        assertThat(problems.sorted()).extracting(Problem::toString).containsExactly("gone.env: is not there");
    }
}

package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// No file makes the reader hang or fail: whatever is wrong is a problem of that file, and the next file is read.
class HostileFilesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    static Stream<Arguments> files() {
        var bomb = new StringBuilder("name: a\nimage: b\nx-a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
        IntStream.range(1, 12)
                .forEach(i -> bomb.append("x-a%d: &a%d [%s]\n"
                        .formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, "*a" + (i - 1))))));
        return Stream.of(
                Arguments.of("5,000 brackets", "a: " + "[".repeat(5_000), "is nested deeper than 64 levels"),
                Arguments.of("brackets at the limit of size", "[".repeat(1 << 20), "is nested deeper than 64 levels"),
                Arguments.of("dashes in one line", "- ".repeat(5_000), "is nested deeper than 64 levels"),
                Arguments.of("an alias bomb", bomb.toString(), "holds more than 100,000 values, aliases counted"),
                Arguments.of("a list in itself", "name: &a [*a]", "*a is used inside of itself"),
                Arguments.of("an unknown alias", "name: *a", "*a has no anchor &a before it"),
                Arguments.of(
                        "too large", "#".repeat((1 << 20) + 1), "is larger than 1 MiB (1,048,577 bytes); split it"),
                Arguments.of("NUL", "name: a\0", "the character U+0000 is not allowed in YAML"),
                Arguments.of("nothing", "", "holds no app; remove the file"),
                Arguments.of("only comments", "# name: a\n---\n---\n", "holds no app; remove the file"),
                Arguments.of("a list", "- name: a", "must be a mapping with name and image, not a list"),
                Arguments.of("text", "name", "must be a mapping with name and image, not text"),
                Arguments.of("a tag", "name: !!java.net.URL [x]", "unknown tag tag:yaml.org,2002:java.net.URL"),
                Arguments.of("a local tag", "name: !reset a", "unknown tag !reset"),
                Arguments.of("a number as key", "8080: a", "a key must be text; write it in quotes"),
                Arguments.of("a list as key", "? [a]\n: b", "a key must be text, not a list"),
                Arguments.of("tabs", "name: a\n\timage: b", "indent with spaces, not with tabs"),
                Arguments.of(
                        "keys twice",
                        "name: a\nimage: b\ndeploy:\n  mode: global\n  mode: global",
                        "key \"mode\" is there twice, first in line 4"),
                Arguments.of("a merge of text", "name: a\n<<: b", "<< takes a mapping or a list of mappings"),
                Arguments.of("an open quote", "name: \"a", "the file ends in the middle of a quoted text"),
                Arguments.of("deep variables", "name: a\nimage: " + "${A:-".repeat(100_000), "has a ${ that is not"),
                Arguments.of("a long name", "name: " + "a".repeat(900_000) + "!\nimage: b", "must be a service name"),
                Arguments.of("a long image", "name: a\nimage: " + "a.".repeat(400_000), "must be an image"),
                Arguments.of(
                        "a long duration", "name: a\nimage: b\ntimeout: " + "1h".repeat(300_000), "must be a duration"),
                Arguments.of(
                        "a long port",
                        "name: a\nimage: b\nports: [\"" + "1:".repeat(300_000) + "\"]",
                        "must be a port"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void is_a_problem_with_a_message(String what, String text, String message) {
        var desired = assertTimeoutPreemptively(SOON, () -> read(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(desired.problems()).as(what).extracting(Problem::message).anyMatch(m -> m.contains(message));
        assertThat(desired.problems())
                .allMatch(problem -> problem.toString().lines().count() == 1);
        assertThat(desired.complete()).isFalse();
        assertThat(desired.apps()).extracting(declared -> declared.app().name()).containsExactly("good");
    }

    @Test
    void bytes_that_are_no_utf_8_have_a_line() {
        var desired = read(new byte[] {'n', ':', ' ', 'a', '\n', (byte) 0xC3, '('});
        assertThat(desired.problems())
                .extracting(Problem::toString)
                .containsExactly("apps/bad.yaml:2:1: is not UTF-8 text; save the file as UTF-8");
    }

    @Test
    void byte_order_marks_and_windows_line_ends_are_no_problem() {
        assertThat(read("\uFEFFname: a\r\nimage: b\r\ncommand: |\r\n  x\r\n".getBytes(StandardCharsets.UTF_8))
                        .problems())
                .isEmpty();
    }

    @Test
    void a_file_that_is_no_yaml_holds_the_apps_that_it_seems_to_have() {
        var desired = read("name: a\nimage: b\n---\nname: \"c\" # x\nimage: [\n".getBytes(StandardCharsets.UTF_8));
        assertThat(desired.broken()).containsExactly("a", "c");
    }

    @Test
    void a_repository_of_somebody_else_costs_bounded_time_and_says_a_bounded_number_of_things() {
        var keys = IntStream.range(0, 10_000)
                .mapToObj(i -> "k" + i + ": 1\n")
                .collect(java.util.stream.Collectors.joining());
        var files = FilesInMemory.of();
        IntStream.range(0, 110)
                .forEach(i -> files.with(
                        "apps/a" + i + ".yaml", ("name: a" + i + "\n" + keys).getBytes(StandardCharsets.UTF_8)));
        var desired = assertTimeoutPreemptively(Duration.ofMinutes(2), () -> DesiredReader.read(files));
        assertThat(desired.usable()).isFalse();
        assertThat(desired.problems()).hasSizeLessThan(1_300);
        assertThat(desired.problems()).extracting(Problem::file).contains("apps/a0.yaml", "apps/a109.yaml");
        assertThat(desired.problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("more problems in this file"));
    }

    @Property(tries = 300)
    void any_bytes(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(read(bytes)).isNotNull();
    }

    @Property(tries = 600)
    void any_mixture_of_yaml(@ForAll("mixtures") String text) {
        var desired = read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(desired.apps()).isNotEmpty();
        var twice = read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(twice.problems()).isEqualTo(desired.problems());
    }

    @Provide
    static Arbitrary<String> mixtures() {
        var words = Arbitraries.of(List.of(
                "name: ",
                "image: ",
                "environment:",
                "ports:",
                "deploy:",
                "  ",
                "\n",
                "\n",
                "\n",
                "- ",
                "{",
                "}",
                "[",
                "]",
                ": ",
                ", ",
                "&a ",
                "*a",
                "<<: ",
                "!!str ",
                "!x ",
                "\"",
                "'",
                "|\n",
                ">\n",
                "${",
                "$$",
                "$A",
                "}",
                "? ",
                "---\n",
                "...\n",
                "%YAML",
                "#",
                "null",
                "true",
                "080",
                "1.10",
                "10s",
                "/a:/b",
                "persistent:",
                "directories:",
                "volume: ",
                "\t",
                "\u0000",
                "é",
                "\uD83D\uDE00",
                "healthcheck:",
                "test: ",
                "networks:",
                "secrets:",
                "x-a: ",
                "a"));
        return words.list().ofMaxSize(60).map(list -> String.join("", list));
    }

    private static Desired read(byte[] bytes) {
        return DesiredReader.read(
                FilesInMemory.of("apps/good.yaml", "{name: good, image: nginx}").with("apps/bad.yaml", bytes));
    }
}

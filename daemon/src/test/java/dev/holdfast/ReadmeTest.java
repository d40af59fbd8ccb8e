package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.FileCode;
import dev.holdfast.app.FileSchemas;
import dev.holdfast.app.Rule;
import dev.holdfast.compose.StackWarning;
import dev.holdfast.plan.HoldCode;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.YamlCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The README leaves nothing out that people must be able to look up.
class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final Pattern RULE_OF_THE_README = Pattern.compile("(?m)^- `([a-z-]+)`: \\*\\*");
    private static final Pattern RULES_OF_A_COMMENT = Pattern.compile("\\b[Rr]ules? `[a-z-]+`(?:, `[a-z-]+`)*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void itExplainsEveryCodeOfAHoldOnceAndNoOther() {
        assertThat(table("code")).containsExactlyInAnyOrderElementsOf(words(HoldCode.values(), HoldCode::word));
    }

    @Test
    void itExplainsEveryCodeOfAWarningOnceAndNoOther() {
        var codes = words(WarningCode.values(), WarningCode::word);
        codes.addAll(words(FileCode.values(), FileCode::word));
        codes.addAll(words(YamlCode.values(), YamlCode::word));
        codes.addAll(words(StackWarning.values(), StackWarning::word));
        assertThat(table("warning")).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void a_code_is_the_name_of_its_value_and_never_the_word_of_two() {
        var files = new ArrayList<Problem.Code>(List.of(FileCode.values()));
        files.addAll(List.of(YamlCode.values()));
        files.addAll(List.of(StackWarning.values()));
        assertThat(files).extracting(Problem.Code::word).doesNotHaveDuplicates();
        assertThat(HoldCode.values()).allSatisfy(code -> assertThat(code.word()).isEqualTo(named(code)));
        assertThat(WarningCode.values())
                .allSatisfy(code -> assertThat(code.word()).isEqualTo(named(code)));
        assertThat(FileCode.values()).allSatisfy(code -> assertThat(code.word()).isEqualTo(named(code)));
        assertThat(YamlCode.values()).allSatisfy(code -> assertThat(code.word()).isEqualTo(named(code)));
        assertThat(StackWarning.values())
                .allSatisfy(code -> assertThat(code.word()).isEqualTo(named(code)));
    }

    @Test
    void itsRulesHaveTheNamesThatTheCodeUses() throws IOException {
        var rules = Stream.of(Rule.values()).map(Rule::word).toList();
        assertThat(RULE_OF_THE_README.matcher(readme()).results().map(match -> match.group(1)))
                .containsExactlyElementsOf(rules);
        try (var files = Files.walk(Path.of("src"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .allSatisfy(file -> assertThat(rules).containsAll(rulesNamedIn(file)));
        }
    }

    private static List<String> rulesNamedIn(Path file) {
        return RULES_OF_A_COMMENT
                .matcher(text(file))
                .results()
                .flatMap(match -> WORD.matcher(match.group()).results())
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void itNamesEveryKeyOfTheFilesThatPeopleWrite() throws IOException {
        var readme = readme();
        assertThat(keys(FileSchemas.app()))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(readme).containsPattern("`" + key + "[`.]"));
        assertThat(keys(FileSchemas.repository()))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(readme).containsPattern("`" + key + "[`.]"));
    }

    @Test
    void itsLinksLeadSomewhere() {
        for (var page : List.of("README.md", "CONTRIBUTING.md")) {
            assertThat(LINK.matcher(text(ROOT.resolve(page))).results().map(match -> match.group(1)))
                    .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
        }
    }

    private static String named(Enum<?> code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <C> List<String> words(C[] codes, Function<C, String> word) {
        return Stream.of(codes).map(word).collect(Collectors.toCollection(ArrayList::new));
    }

    /// The words in the first column of the table whose first column has that head.
    private static List<String> table(String head) {
        return readme().lines()
                .dropWhile(line -> !line.startsWith("| " + head + " | "))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> WORD.matcher(line.split(" \\| ", 2)[0]).results())
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> keys(String schema) throws IOException {
        return new ObjectMapper()
                .readTree(schema).path("properties").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList();
    }

    private static String readme() {
        return text(ROOT.resolve("README.md"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.FileSchemas;
import dev.holdfast.app.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The README leaves nothing out that people must be able to look up.
class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PLAN = Path.of("src/main/java/dev/holdfast/plan");
    private static final Pattern CODE = Pattern.compile(
            "\\b(?:new Hold|new Warning|hold|undecided)\\(\\s*(?:[\\w.()]+|\"\"),\\s*\"([a-z]+(?:-[a-z]+)*)\"");
    private static final Pattern CODE_OF_A_FILE = Pattern.compile(
            "\\b(?:warning\\(\\s*|String (?:NO_SHARED|IN_NONE|NOT_DECLARED) = )\"([a-z]+(?:-[a-z]+)+)\"");
    private static final Pattern RULE_OF_THE_README = Pattern.compile("(?m)^- `([a-z-]+)`: \\*\\*");
    private static final Pattern RULES_OF_A_COMMENT = Pattern.compile("\\b[Rr]ules? `[a-z-]+`(?:, `[a-z-]+`)*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void itExplainsEveryCodeOfAHoldOrWarning() throws IOException {
        var codes = new TreeSet<String>();
        for (var room : List.of("plan", "run", "app", "yaml")) {
            codes.addAll(codes(PLAN.resolveSibling(room), CODE));
            codes.addAll(codes(PLAN.resolveSibling(room), CODE_OF_A_FILE));
        }
        assertThat(codes)
                .contains("moves-data", "paused", "adopt-done", "no-node")
                .contains("in-no-network", "given-twice", "no-longer-declared");
        var readme = readme();
        assertThat(codes).allSatisfy(code -> assertThat(readme).containsPattern("(?m)^\\| .*`" + code + "`.* \\| "));
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
                .flatMap(match ->
                        Pattern.compile("`([^`]+)`").matcher(match.group()).results())
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

    private static Set<String> codes(Path folder, Pattern code) throws IOException {
        var codes = new TreeSet<String>();
        try (var files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> code.matcher(text(file)).results().forEach(match -> codes.add(match.group(1))));
        }
        return codes;
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

package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of stack files that cannot be told apart, found or named.
class StackFilesTest {

    private static final String STACK = "services: { web: { image: \"nginx:1.27\" } }\n";

    private static List<String> messages(String... pathsAndTexts) {
        return DesiredReader.read(FilesInMemory.of(pathsAndTexts)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void twoUsualFilesOfOneStackAreNamedWithTheLineToWrite() {
        assertThat(messages("stacks/shop.yaml", STACK, "stacks/shop/compose.yaml", STACK))
                .anyMatch(each -> each.startsWith("stacks/shop/compose.yaml")
                        && each.contains("stacks: { shop: { files: [stacks/shop.yaml, stacks/shop/compose.yaml] } }"));
    }

    @Test
    void aListedFileThatIsMissingIsNamedWithTheNearest() {
        assertThat(messages(
                        "holdfast.yaml",
                        "stacks: { shop: { files: [deploy/shpo.yaml] } }\n",
                        "deploy/shop.yaml",
                        STACK))
                .anyMatch(each -> each.contains("there is no file deploy/shpo.yaml; did you mean deploy/shop.yaml?"));
    }

    @ParameterizedTest
    @CsvSource({"stacks/my shop.yaml,file", "stacks/my shop.yml,file", "stacks/my shop/compose.yaml,folder"})
    void aNameThatTheEngineRefusesSaysWhatToRename(String path, String what) {
        assertThat(messages(path, STACK))
                .anyMatch(each -> each.contains("would be called \"my shop\"") && each.contains("rename the " + what));
    }
}

package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.value.TidyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The pattern of the schema and the sentences of the program, over every short text of the letters that matter.
class CleanPathTest {

    private static final List<String> LETTERS = List.of("/", ".", "a", ":", "\n");
    private static final int LONGEST = 6;

    @ParameterizedTest
    @EnumSource
    void the_pattern_lets_through_what_has_no_fault(CleanPath.Use use) {
        var pattern = Pattern.compile(use.pattern());
        var paths = new ArrayList<>(texts());
        paths.addAll(
                List.of("/var/lib/docker", "/var/lib/docker/x", "/var/lib/dockers", "/var/lib", "/a/var/lib/docker"));
        assertThat(paths)
                .allSatisfy(path -> assertThat(pattern.matcher(path).matches())
                        .as(path)
                        .isEqualTo(CleanPath.Validator.fault(path, use) == null));
    }

    @Test
    void a_tidy_path_stays_as_it_is() {
        assertThat(texts())
                .filteredOn(path -> path.startsWith("/"))
                .allSatisfy(path -> assertThat(TidyPath.of(path)).isEqualTo(TidyPath.of(TidyPath.of(path))));
    }

    private static List<String> texts() {
        var texts = new ArrayList<>(List.of(""));
        for (var i = 0; i < texts.size() && texts.get(i).length() < LONGEST; i++) {
            for (var letter : LETTERS) {
                texts.add(texts.get(i) + letter);
            }
        }
        return texts;
    }
}

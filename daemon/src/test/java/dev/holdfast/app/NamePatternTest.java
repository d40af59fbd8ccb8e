package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "tmp-*, tmp-1, true",
        "tmp-*, tmp-, true",
        "tmp-*, my-tmp-1, false",
        "cache, cache, true",
        "cache, cache2, false",
        "ca?he, cache, true",
        "*-cache, a-b-cache, true",
        "*, /srv/x, false",
        "**, /srv/x, true",
        "/srv/scratch/*, /srv/scratch/a, true",
        "/srv/scratch/*, /srv/scratch/a/b, false",
        "/srv/scratch/**, /srv/scratch/a/b, true",
        "/srv/scratch/**, /srv/scratch, false",
        "/srv/scratch**, /srv/scratch, true",
        "/srv/**/tmp, /srv/a/b/tmp, true",
        "/srv/?, /srv//, false",
        "a.c, abc, false",
    })
    void stars_and_question_marks_stand_for_what_shells_say(String pattern, String name, boolean fits) {
        assertThat(NamePattern.matches(pattern, name)).isEqualTo(fits);
    }

    @Test
    void a_pattern_that_means_harm_takes_no_longer() {
        assertThat(NamePattern.matches("*a".repeat(200) + "b", "a".repeat(4000)))
                .isFalse();
    }

    @Test
    void a_pattern_that_can_match_nothing_is_a_mistake() {
        var desired = DesiredReader.read(FilesInMemory.of(
                "holdfast.yaml",
                "orphans: { ignore: [srv/scratch, '[ab]', 'tmp-*', /srv/a] }\n",
                "apps/a.yaml",
                "{name: a, image: b}"));
        assertThat(desired.problems())
                .extracting(Problem::path)
                .containsExactly("orphans.ignore[0]", "orphans.ignore[1]");
        assertThat(desired.problems().getFirst().message()).contains("/srv/scratch/**");
    }
}

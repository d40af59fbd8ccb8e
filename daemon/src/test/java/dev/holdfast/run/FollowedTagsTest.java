package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.registry.Answer;
import dev.holdfast.yaml.Source;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When tags are looked up that apps follow, and how often.
class FollowedTagsTest {

    private static final String FOLLOW = "image_policy: follow\n";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<String> asked = new ArrayList<>();

    private FollowedTags tags(@Nullable Duration interval) {
        return new FollowedTags(this::answer, new Watch(), interval);
    }

    private Map<String, Answer> answer(Collection<String> images) {
        asked.addAll(images);
        var answers = new TreeMap<String, Answer>();
        images.forEach(image -> answers.put(image, new Answer.Given("sha256:" + asked.size())));
        return answers;
    }

    private static Desired desired(String... files) {
        var texts = new TreeMap<String, String>();
        for (var file : files) {
            texts.put("apps/" + texts.size() + ".yaml", "name: app-" + texts.size() + "\n" + file);
        }
        return DesiredReader.read(new Texts(texts));
    }

    @Test
    void two_apps_of_one_image_are_one_look_up_and_pinned_ones_none() throws InterruptedException {
        var desired = desired(
                "image: web:1\n" + FOLLOW,
                "image: web:1\n" + FOLLOW,
                "image: other:1\n",
                "image: web@sha256:" + "0".repeat(64) + "\n" + FOLLOW);
        assertThat(desired.problems()).noneMatch(problem -> problem.isError());
        assertThat(tags(null).of(desired)).containsOnlyKeys("web:1");
        assertThat(asked).containsExactly("web:1");
    }

    @Test
    void the_daemon_asks_again_when_the_time_has_come_and_remembers_meanwhile() throws InterruptedException {
        var desired = desired("image: web:1\n" + FOLLOW);
        var tags = tags(Duration.ofMinutes(5));
        assertThat(tags.of(desired)).isEqualTo(tags.of(desired));
        now = now.plusSeconds(60);
        assertThat(tags.of(desired)).isEqualTo(Map.of("web:1", new Answer.Given("sha256:1")));
        assertThat(asked).hasSize(1);
        now = now.plusSeconds(230); // 5 % early, as the schedule may be
        assertThat(tags.of(desired)).isEqualTo(Map.of("web:1", new Answer.Given("sha256:2")));
        var more = desired("image: web:1\n" + FOLLOW, "image: new:1\n" + FOLLOW);
        assertThat(tags.of(more)).containsOnlyKeys("new:1", "web:1");
        assertThat(asked).containsExactly("web:1", "web:1", "new:1");
        assertThat(tags.of(desired("image: web:1\n"))).isEmpty();
    }

    @Test
    void one_run_of_its_own_always_asks() throws InterruptedException {
        var tags = tags(null);
        tags.of(desired("image: web:1\n" + FOLLOW));
        tags.of(desired("image: web:1\n" + FOLLOW));
        assertThat(asked).hasSize(2);
    }

    private record Texts(Map<String, String> texts) implements Source {
        @Override
        public SortedSet<String> paths() {
            return new TreeSet<>(texts.keySet());
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(texts.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final class Watch extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

package dev.holdfast.spec;

import static dev.holdfast.spec.AppMaker.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.App;
import dev.holdfast.app.Deploy;
import dev.holdfast.app.Healthcheck;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.yaml.NotInFiles;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComposeKeysTest {

    /// Keys that are about what Holdfast does, not about the service.
    private static final Set<String> OURS =
            Set.of("deploy", "depends_on", "before", "after", "timeout", "image_policy", "ignore_drift", "adopt");

    /// What no app file can say, and is compared all the same.
    private static final Set<String> BY_HAND_ONLY = Set.of("group_add");

    @Test
    void everyKeyOfAnAppFileHasARow() {
        var words = new TreeSet<String>();
        ComposeKeys.ALL.forEach(key -> words.addAll(key.words()));
        words.removeIf(word -> word.startsWith("TaskTemplate."));
        words.removeAll(BY_HAND_ONLY);

        var keys = new TreeSet<String>();
        names(App.class).filter(name -> !OURS.contains(name)).forEach(keys::add);
        names(Deploy.class).map(name -> "deploy." + name).forEach(keys::add);

        assertThat(words).isEqualTo(keys);
    }

    @Test
    void noPartAndNoKeyHasTwoRows() {
        assertThat(ComposeKeys.ALL.stream().map(ComposeKey::path)).doesNotHaveDuplicates();
        assertThat(ComposeKeys.ALL.stream().flatMap(key -> key.words().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void ofAnEngineThatKnowsOneFieldOfAPartTheRestIsKept() {
        var second = Duration.ofSeconds(1);
        var both = built(new Healthcheck(List.of("CMD", "true"), second, null, null, null, second, false));
        var alone = built(new Healthcheck(List.of(), null, null, null, null, second, false));
        var none = built(new Healthcheck(List.of(), second, null, null, null, Duration.ZERO, false));

        assertThat(both.spec().at("/TaskTemplate/ContainerSpec/Healthcheck")).hasToString("""
            {"Test":["CMD","true"],"Interval":1000000000}\
            """);
        assertThat(both.notSupported())
                .containsExactly("healthcheck.start_interval needs a newer engine (API 1.44; this one, 20.10.24,"
                        + " speaks 1.41) and is left out");
        assertThat(Specs.containerSpec(alone.spec()).has("Healthcheck")).isFalse();
        assertThat(alone.notSupported()).hasSize(1);
        assertThat(none.notSupported()).as("zero says nothing").isEmpty();
    }

    @Test
    void aKeyThatAnEngineDoesNotKnowIsLeftOutAndSaid() {
        var app = app(maker -> maker.oomScoreAdj = -500);

        var old = SpecBuilder.build(app, Contexts.of(app, new EngineVersion("26.1.5", "1.45"), app.image()));
        var first = SpecBuilder.build(app, Contexts.of(app, new EngineVersion("27.0.1", "1.46"), app.image()));

        assertThat(Specs.containerSpec(old.spec()).has("OomScoreAdj")).isFalse();
        assertThat(old.notSupported())
                .containsExactly("oom_score_adj needs a newer engine (API 1.46; this one, 26.1.5, speaks 1.45) and is"
                        + " left out");
        assertThat(Specs.containerSpec(first.spec()).path("OomScoreAdj").asInt())
                .isEqualTo(-500);
        assertThat(first.notSupported()).isEmpty();
    }

    private static SpecBuilder.Built built(Healthcheck check) {
        var app = app(maker -> maker.healthcheck = check);
        return SpecBuilder.build(app, Contexts.of(app, Contexts.OLD, app.image()));
    }

    private static Stream<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.isAnnotationPresent(NotInFiles.class))
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("[A-Z]", "_$0").toLowerCase(java.util.Locale.ROOT));
    }
}

package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Modes, numbers, order and ports.
class ModesIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void aChangeOfModeIsHeldUntilTheAppIsMadeAnew() {
        story.repo().app("web").app("other");
        story.applied("Add web");
        story.repo().app("web", "deploy: { mode: global }").push("Global");
        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("mode-changes");
        assertThat(story.running("web")).hasSize(1);

        story.repo().remove("apps/web.yaml");
        story.applied("Remove web");
        story.repo().app("web", "deploy: { mode: global }");
        story.applied("Add it again");
        assertThat(story.inspect("web", "{{json .Spec.Mode}}")).contains("Global");
    }

    @Test
    void anAppIsStoppedAndStartedByItsNumber() {
        story.repo().app("web", "deploy: { replicas: 2 }").app("db", Apps.volume("db-data"));
        story.applied("Add them");
        story.repo().app("web", "deploy: { replicas: 0 }").app("db", Apps.volume("db-data"), "deploy: { replicas: 0 }");
        story.applied("Stop them");
        assertThat(story.running("web")).isEmpty();
        assertThat(story.running("db")).isEmpty();
        assertThat(story.run("orphans").out()).doesNotContain("db-data");
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
        story.repo().app("web", "deploy: { replicas: 3 }").app("db", Apps.volume("db-data"));
        story.applied("Start them");
        assertThat(story.running("web")).hasSize(3);
        assertThat(story.running("db")).hasSize(1);
    }

    @Test
    void appsConvergeAfterThoseTheyDependOn() {
        story.repo().app("c", "depends_on: [b]").app("b", "depends_on: [a]").app("a");
        story.applied("Add them");
        var created = story.proxy().writes().stream()
                .filter(write -> write.path().equals("/services/create"))
                .map(write -> write.json().path("Name").asText())
                .filter(name -> !name.startsWith("holdfast-"))
                .toList();
        assertThat(created).containsExactly("a", "b", "c");
    }

    @Test
    void jobsRunToTheirEndAtEachChangeAndNotBetween() {
        var log = "host_paths: [{ source: /run, target: /host, writable: true }]";
        story.repo()
                .app(
                        "migrate",
                        log,
                        "deploy: { mode: replicated-job, replicas: 2 }",
                        "command: [sh, -c, \"echo migrate >> /host/jobs\"]")
                .app("each", log, "deploy: { mode: global-job }", "command: [sh, -c, \"echo each >> /host/jobs\"]")
                .app("web", "depends_on: [migrate]");
        story.applied("Two jobs");
        assertThat(jobs()).containsExactlyInAnyOrder("each", "migrate", "migrate");
        assertThat(story.run("status").out()).containsPattern("migrate +synced +completed");
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
        assertThat(jobs()).hasSize(3);

        story.repo()
                .app(
                        "migrate",
                        log,
                        "deploy: { mode: replicated-job }",
                        "command: [sh, -c, \"echo again >> /host/jobs; exit 2\"]",
                        "restart: \"no\"");
        story.repo().push("The first one changes, and fails");
        assertThat(Story.expect(1, story.apply()).out()).contains("non-zero exit (2)");
        assertThat(jobs()).hasSize(4).contains("again");
        swarm.node(1).exec("rm", "/run/jobs");
    }

    private static List<String> jobs() {
        return swarm.node(1).exec("cat", "/run/jobs").lines().toList();
    }

    @Test
    void aPortGoesFromARemovedAppToANewOneInOneCommit() {
        story.repo().app("old", "ports: [\"8080:80\"]").app("keep");
        story.applied("Add old");
        story.repo().remove("apps/old.yaml").app("new", "ports: [\"8080:80\"]");
        story.applied("Replace it");
        assertThat(story.services()).containsExactly("keep", "new");

        story.repo().remove("apps/new.yaml").app("third", "ports: [{ target: 80, published: 8080, mode: host }]");
        story.applied("Replace it by one with the host's port");
        assertThat(story.running("third")).hasSize(1);
    }

    @Test
    void twoAppsSwapTheirPorts() {
        story.repo().app("a", "ports: [\"8080:80\"]").app("b", "ports: [\"8081:80\"]");
        story.applied("Add them");
        story.repo().app("a", "ports: [\"8081:80\"]").app("b", "ports: [\"8080:80\"]");
        story.applied("Swap them");
        assertThat(story.inspect("a", "{{json .Spec.EndpointSpec.Ports}}")).contains("8081");
        assertThat(story.inspect("b", "{{json .Spec.EndpointSpec.Ports}}")).contains("8080");
    }

    @Test
    void aHundredAppsConvergeTogetherAndAreSilentAfterwards() {
        IntStream.range(0, 100).forEach(i -> story.repo().app("app-" + i, "command: [sleep, \"1000000\"]"));
        story.repo().push("Add a hundred");
        var begun = System.nanoTime();
        Story.expect(0, story.apply());
        var first = Duration.ofNanos(System.nanoTime() - begun);
        begun = System.nanoTime();
        Story.expect(0, story.apply());
        var second = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(story.writes()).isEmpty();
        assertThat(story.proxy().requests()).hasSizeLessThan(20);
        System.out.printf("a hundred apps: %d ms, again: %d ms%n", first.toMillis(), second.toMillis());
        assertThat(second).isLessThan(Duration.ofSeconds(10));
        assertThat(first).usingComparator(Comparator.naturalOrder()).isLessThan(Duration.ofMinutes(4));
    }
}

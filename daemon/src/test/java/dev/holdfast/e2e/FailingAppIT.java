package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A failing app is told of in its own words, harms nobody else, and is not tried for ever.
class FailingAppIT {

    private static final String QUICK = "deploy: { restart_policy: { delay: 0s }, update_config: { monitor: 2s } }";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void aFailingAppIsReportedOnceInItsOwnWordsWhileTheOthersConverge() {
        story.repo()
                .app("bad-image", "image: no-such-image:1", QUICK)
                .app(
                        "crashing",
                        "command: [sh, -c, \"echo cannot open the ledger with $$DB_PASSWORD; exit 3\"]",
                        "environment: { DB_PASSWORD: horse77 }",
                        QUICK)
                .app("unhealthy", "healthcheck: { test: \"false\", interval: 1s, retries: 1 }", QUICK)
                .app("imageless", "before: { image: no-such-hook:1 }")
                .app("endless", "before: { command: sleep 1000, timeout: 3s }")
                .app("dependent", "depends_on: [crashing]")
                .app("good");
        story.repo().push("Add them");

        var applied = Story.expect(1, story.apply());
        assertThat(applied.out())
                .contains("no-such-image", "cannot open the ledger", "non-zero exit (3)", "unhealthy")
                .contains("No such image: no-such-hook:1", "has not ended within 3s and was stopped")
                .containsPattern("dependent.*(?s:.{0,80})depends on crashing");
        assertThat(applied.all()).contains("ledger with ***").doesNotContain("horse77");
        assertThat(story.running("good")).hasSize(1);
        assertThat(story.services()).doesNotContain("dependent", "imageless", "endless", "endless-before");

        var second = Story.expect(1, story.apply());
        assertThat(story.writes()).as(second.all()).isEmpty();
        assertThat(second.out()).contains("--retry crashing", "cannot open the ledger");
        assertThat(story.run("status").out()).contains("cannot open the ledger");

        story.repo().app("crashing", QUICK);
        story.repo().push("Mend crashing");
        Story.expect(1, story.apply());
        // Swarm itself may forget to end a task where a restart and a rolling update meet.
        assertThat(story.running("crashing")).isNotEmpty();
        assertThat(story.running("dependent")).hasSize(1);
    }

    @Test
    void aRetryTriesTheSameFileAgain() {
        swarm.node(1).exec("mkdir", "-p", "/srv/gate");
        story.repo()
                .app(
                        "web",
                        "command: [sh, -c, \"test -e /gate/open && sleep 1000000\"]",
                        "host_paths: [/srv/gate:/gate]",
                        QUICK);
        story.repo().push("Add web");
        Story.expect(1, story.apply());
        swarm.node(1).exec("touch", "/srv/gate/open");

        Story.expect(1, story.apply());
        assertThat(story.writes()).isEmpty();
        Story.expect(0, story.apply("--retry", "web"));
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
    }

    @Test
    void aFailedUpdateIsRolledBackAndNotTriedAgain() {
        story.repo().app("web", QUICK);
        story.applied("Add web");
        story.repo().app("web", QUICK, "command: [sh, -c, \"echo no such option; exit 1\"]");
        story.repo().push("Break web");

        var failed = Story.expect(1, story.apply());
        assertThat(failed.out()).contains("rolled it back", "no such option");
        org.awaitility.Awaitility.await("the old version runs again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> story.running("web").size() == 1);
        var task = story.running("web");
        assertThat(story.inspect("web", "{{.Spec.TaskTemplate.ContainerSpec.Command}}"))
                .doesNotContain("no such");
        var again = Story.expect(1, story.apply());
        assertThat(story.writes()).as(again.all()).isEmpty();

        story.repo().app("web", QUICK);
        story.applied("Revert");
        assertThat(story.running("web")).isEqualTo(task);
    }

    @Test
    void aFailedUpdateOfAPersistentAppIsPausedAndItsDataIsNobodyElses() {
        story.repo().app("db", Apps.volume("db-data"));
        story.applied("Add db");
        story.repo()
                .app("db", Apps.volume("db-data"), "command: [sh, -c, \"echo wrong format; exit 1\"]", "timeout: 30s");
        story.repo().push("Break db");

        var failed = Story.expect(1, story.apply());
        assertThat(failed.out()).contains("wrong format");
        Story.expect(1, story.apply());
        assertThat(story.writes()).isEmpty();

        story.repo().app("db", Apps.volume("db-data"));
        story.applied("Mend db");
        assertThat(story.running("db")).hasSize(1);
    }

    /// The old version runs on, and nothing that says so hides that the new one does not.
    @Test
    void anUpdateThatNeverStartsStaysFailedWhileTheOldVersionRunsAndConvergesWhenItCan() {
        var repo = story.repo()
                .app("holder", "ports: [{ target: 80, published: 7070, mode: host }]")
                .app("memory")
                .app("labelled")
                .app("port");
        story.applied("Add them");
        repo.app("memory", "deploy: { resources: { reservations: { memory: 900g } } }", "timeout: 8s")
                .app("labelled", "deploy: { placement: { constraints: [node.labels.disk == ssd] } }", "timeout: 8s")
                .app(
                        "port",
                        "ports: [{ target: 80, published: 7070, mode: host }]",
                        "deploy: { update_config: { order: start-first } }",
                        "timeout: 8s")
                .push("Update them");
        var failed = Story.expect(1, story.apply());
        assertThat(failed.out()).contains("insufficient resources", "constraints not satisfied", "port already in use");

        org.awaitility.Awaitility.await("the old tasks have run for long")
                .pollDelay(Duration.ofSeconds(65))
                .atMost(Duration.ofSeconds(120))
                .until(() -> true);
        assertThat(story.running("memory")).as("the old version").hasSize(1);
        assertThat(Story.expect(1, story.run("plan")).out()).contains("1 unchanged, 3 failed before");
        Story.expect(1, story.apply());
        assertThat(story.writes()).isEmpty();
        assertThat(Story.expect(1, story.run("status")).out())
                .containsPattern("labelled +failed +progressing +0/1 \\+ 1 old")
                .containsPattern("memory +failed +progressing +0/1 \\+ 1 old")
                .containsPattern("port +failed +progressing +0/1 \\+ 1 old");

        swarm.docker("node", "update", "--label-add=disk=ssd", "node1");
        try {
            org.awaitility.Awaitility.await("Swarm ends the update after all")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> updateState("labelled"), "completed"::equals);
            assertThat(story.run("status").out()).containsPattern("labelled +synced +healthy +1/1 ");
            assertThat(story.apply().out()).contains("1 converged, 2 failed, 1 unchanged");
            assertThat(story.apply().out()).contains("2 failed, 2 unchanged");
        } finally {
            swarm.docker("node", "update", "--label-rm=disk", "node1");
        }
    }

    @Test
    void aRolloutThatARunDidNotSeeToItsEndIsWaitedForByTheNext() {
        story.repo().app("web", QUICK);
        story.applied("Add web");
        var slow = "healthcheck: { test: \"true\", interval: 15s }";
        story.repo().app("web", QUICK, slow).push("Slow");
        try (var apply =
                Child.start("apply", "--repo", story.repo().work().toString(), "--docker-host", swarm.dockerHost())) {
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(apply.output()).contains("updating 0/1"));
            apply.terminate();
            apply.await(Duration.ofSeconds(20));
        }
        assertThat(Story.expect(0, story.run("plan")).out()).contains("1 not converged yet");
        assertThat(Story.expect(0, story.apply()).out()).contains("1 converged");
        assertThat(updateState("web")).isEqualTo("completed");
    }

    @Test
    void aOneShotIsCompletedWhenItIsDone() {
        var once = "deploy: { restart_policy: { condition: none } }";
        story.repo().app("job", "command: [sh, -c, \"exit 0\"]", once);
        story.applied("Add a job");
        assertThat(story.run("status").out()).containsPattern("job +synced +completed ");
        story.repo().app("job", "command: [sh, -c, \"exit 0\"]", "environment: { AGAIN: \"1\" }", once);
        story.applied("Run it again");
        assertThat(story.run("status", "-o", "json").out()).contains("\"health\" : \"completed\"");

        story.repo()
                .app("job", "command: [sh, -c, \"echo out of paper; exit 3\"]", once)
                .push("Break it");
        assertThat(Story.expect(1, story.apply()).out()).contains("non-zero exit (3)", "out of paper");
        assertThat(Story.expect(1, story.run("status")).out()).containsPattern("job +failed +degraded ");
    }

    /// The example of migrations: a database tells what has reached it, in which order.
    @Test
    void aMigrationRunsOncePerChangeBeforeItAndOneThatFailsLeavesTheOldVersionRunning() throws IOException {
        for (var file : List.of("holdfast.yaml", "apps/db.yaml", "apps/web.yaml")) {
            story.repo()
                    .write(
                            file,
                            Files.readString(Path.of("../examples/migrations").resolve(file)));
        }
        story.repo().push("A database, and an app with migrations");
        assertThat(story.run("plan").out()).contains("runs before: sh -ec echo migrating", "runs after: sh -ec");
        Story.expect(0, story.apply());
        var first = List.of("migrated to 1", "web 1 starts", "cleaned up after a change");
        assertThat(log()).isEqualTo(first);
        assertThat(story.services()).containsExactly("db", "web");
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();

        swarm.docker("service", "update", "-d", "--env-add=VERSION=9", "--replicas=2", "web");
        Story.expect(0, story.apply());
        assertThat(log())
                .as("drift that is put back runs nothing")
                .doesNotContain("migrated to 9")
                .hasSizeLessThan(8);

        var web = story.repo().read("apps/web.yaml");
        var broken = web.replace("VERSION: \"1\"", "VERSION: \"2\", DB_PASSWORD: horse77")
                .replace("echo migrating", "echo no table $$DB_PASSWORD; exit 7; echo");
        story.repo().write("apps/web.yaml", broken).push("A migration that fails");
        var task = story.running("web");
        var failed = Story.expect(1, story.apply());
        assertThat(failed.out())
                .contains("before (", "non-zero exit (7)", "web was left as it is", "| no table ***", "web-before");
        assertThat(failed.all()).doesNotContain("horse77");
        assertThat(story.running("web")).isEqualTo(task);
        assertThat(story.inspect("web", "{{json .Spec}}")).doesNotContain("horse77");
        assertThat(swarm.docker("service", "logs", "--raw", "web-before")).contains("no table horse77");
        var again = Story.expect(1, story.apply());
        assertThat(story.writes()).as(again.all()).isEmpty();
        assertThat(again.all()).contains("--retry web");
        assertThat(story.run("status").out()).contains("before (").doesNotContain("horse77");

        story.repo().write("apps/web.yaml", web.replace("\"1\"", "\"2\"")).push("Mend it");
        assertThat(Story.expect(0, story.run("plan")).out()).contains("runs before: sh -ec echo migrating");
        Story.expect(0, story.apply());
        assertThat(log()).containsSubsequence("migrated to 2", "web 2 starts", "cleaned up after a change");
        assertThat(log().stream().filter("migrated to 2"::equals)).hasSize(1);
        assertThat(story.services()).containsExactly("db", "web");
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();

        task = story.running("web");
        story.repo()
                .write("apps/web.yaml", web.replace("\"1\"", "\"2\"").replace("echo cleaned", "exit 5; echo"))
                .push("A command of afterwards that fails");
        assertThat(Story.expect(1, story.apply()).out())
                .contains("after (", "non-zero exit (5)", "has been changed all the same");
        Story.expect(1, story.apply());
        assertThat(story.writes()).isEmpty();
        story.repo().write("apps/web.yaml", web.replace("\"1\"", "\"2\""));
        story.applied("Back");
        assertThat(story.running("web"))
                .as("what has run is a label, and restarts nothing")
                .isEqualTo(task);
        assertThat(story.services()).containsExactly("db", "web");

        story.repo().write("apps/web.yaml", broken).push("Break it again");
        Story.expect(1, story.apply());
        assertThat(story.services()).contains("web-before");
        story.repo().remove("apps/web.yaml");
        story.applied("Remove it");
        assertThat(story.services()).containsExactly("db");
    }

    private List<String> log() {
        return story.inVolume("db-data", "cat /data/log").lines().toList();
    }

    private String updateState(String app) {
        return story.inspect(app, "{{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}");
    }
}

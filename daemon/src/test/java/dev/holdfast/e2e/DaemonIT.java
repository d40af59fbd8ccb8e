package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The daemon as systemd runs it.
class DaemonIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void itFollowsTheRepositoryPutsDriftBackAndRecoversFromAnAbsentGitServerAndEngine() throws IOException {
        story.repo().app("web").push("Add web");
        try (var daemon = start("2s")) {
            awaitWord(daemon, "web: converged");
            story.repo().app("more", Apps.volume("more-data")).push("Add more");
            awaitWord(daemon, "more: converged");
            awaitWord(daemon, "data: more starts with a new, empty volume more-data");

            swarm.docker("service", "update", "-d", "--label-add=x=y", "web");
            await().atMost(SOON)
                    .until(() -> !story.inspect("web", "{{json .Spec.Labels}}").contains("\"x\""));

            var away = story.repo().bare().resolveSibling("away.git");
            Files.move(story.repo().bare(), away);
            awaitWord(daemon, "no new commits:");
            swarm.docker("service", "scale", "-d", "web=2");
            await().atMost(SOON).until(() -> story.inspect("web", "{{.Spec.Mode.Replicated.Replicas}}"), "1"::equals);
            Files.move(away, story.repo().bare());
            awaitWord(daemon, "recovered");

            story.proxy().when(request -> true, new Trouble.CutBefore());
            story.proxy().cutAll();
            await().atMost(SOON).until(() -> daemon.output().split("no run:", -1).length > 1);
            story.proxy().calm();
            await().atMost(SOON).until(() -> daemon.output().split("recovered", -1).length > 2);
            assertThat(story.services()).containsExactly("more", "web");

            daemon.terminate();
            assertThat(daemon.await(Duration.ofSeconds(10))).as(daemon.output()).isZero();
            assertThat(daemon.output()).doesNotContain("Exception").endsWith("stopped\n");
        }
    }

    /// The interval is so long that only the runs' own times wake the daemon.
    @Test
    void itBeginsWhatIsDueOnceWritesDownHowItEndedAndDataWaitsForARun() {
        story.repo().app("db", Apps.volume("db-data"));
        story.repo()
                .app(
                        "quick",
                        "schedule: \"0/4 * * * * ?\"",
                        "command: [sh, -c, \"echo run >> /own/log; exit 3\"]",
                        Apps.directories("{ volume: db-data, target: /data, of: db }", "quick:/own"));
        story.repo().push("A database and an app that reads it");
        try (var first = start("1h")) {
            awaitWord(first, "quick: its run of");
            first.kill(); // perhaps before it has written down how that ended
        }
        try (var daemon = start("1h")) {
            awaitWord(daemon, "warning quick (run-failed): its run of");
            await().atMost(SOON).until(() -> runs("quick").split("\"failed\"", -1).length > 2);
            var runs = runs("quick");
            var times = java.util.regex.Pattern.compile("\"scheduled\":\"([^\"]*)\"")
                    .matcher(runs)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(times).doesNotHaveDuplicates().allMatch(time -> time.matches(".*:[0-5][0-9]Z"));
            assertThat(runs).contains("\"exitCode\":3");
            var log = story.inVolume("quick", "wc -l < /data/log");
            assertThat(Integer.parseInt(log)).isBetween(2, runs("quick").split("started", -1).length - 1);

            // A long run; its owner is renamed while it goes on.
            story.repo()
                    .app(
                            "quick",
                            "schedule: { cron: \"0/30 * * * * ?\", deadline: 25s, concurrency: forbid }",
                            "command: [sleep, \"1000\"]",
                            "stop_grace_period: 1s",
                            Apps.directories("{ volume: db-data, target: /data, of: db }", "quick:/own"))
                    .push("It takes long");
            daemon.hangUp();
            await().atMost(SOON)
                    .until(
                            () -> story.inspect("quick", "{{index .Spec.Labels \"dev.holdfast.schedule\"}}"),
                            s -> s.contains("/30"));
            await().atMost(SOON).until(() -> story.running("quick").size() == 1);
            story.repo()
                    .remove("apps/db.yaml")
                    .app("data", Apps.volume("db-data"))
                    .app(
                            "quick",
                            "schedule: { cron: \"0/30 * * * * ?\", deadline: 25s, concurrency: forbid }",
                            "command: [sleep, \"1000\"]",
                            "stop_grace_period: 1s",
                            Apps.directories("{ volume: db-data, target: /data, of: data }", "quick:/own"))
                    .push("The database gets another name");
            daemon.hangUp();
            awaitWord(daemon, "held data (run-goes-on)");
            assertThat(story.running("db")).hasSize(1);
            awaitWord(daemon, "it took longer than its deadline of 25s");
            awaitWord(daemon, "data: converged");
            assertThat(story.services()).containsExactly("data", "quick");
        }
    }

    private String runs(String app) {
        return story.inspect(app, "{{index .Spec.Labels \"dev.holdfast.runs\"}}");
    }

    @Test
    void aSignalEndsItWithinSecondsEvenInALongWaitAndTheNextRunGoesOn() {
        var stubborn = "command: [sh, -c, \"trap '' TERM; while true; do sleep 0.2; done\"]";
        story.repo()
                .app("db", Apps.volume("data"), stubborn, "stop_grace_period: 30s")
                .push("Add db");
        Story.expect(0, story.runOn(story.repo().url(), "apply"));
        story.repo()
                .app("db", Apps.volume("data"), stubborn, "stop_grace_period: 30s", "image: demo:2")
                .push("New image");
        try (var daemon = start("1h")) {
            awaitWord(daemon, "db: waiting for");
            var begun = System.nanoTime();
            daemon.terminate();
            assertThat(daemon.await(Duration.ofSeconds(10))).as(daemon.output()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            assertThat(daemon.output()).doesNotContain("Exception");
        }
        Story.expect(0, story.runOn(story.repo().url(), "apply"));
        assertThat(story.image("db")).isEqualTo("demo:2");
        assertThat(story.running("db")).hasSize(1);
    }

    @Test
    void runsNeverOverlap() {
        story.repo().app("web").push("Add web");
        try (var one = start("1s");
                var two = start("1s")) {
            awaitWord(one, "commit ");
            awaitWord(two, "commit ");
            for (var i = 0; i < 3; i++) {
                story.repo()
                        .app(
                                "web",
                                "environment: { ROUND: \"" + i + "\" }",
                                "deploy: { update_config: { monitor: 1s } }")
                        .push("Round " + i);
                var round = "ROUND=" + i;
                one.hangUp();
                two.hangUp();
                await().atMost(SOON)
                        .until(() -> story.inspect("web", "{{.Spec.TaskTemplate.ContainerSpec.Env}}")
                                .contains(round));
            }
            // A round that Swarm itself was just working on is refused and written again; none is ever turned back.
            assertThat(story.proxy().writes())
                    .filteredOn(write -> write.path().matches("/services/[^/]+/update"))
                    .extracting(write ->
                            write.json().at("/TaskTemplate/ContainerSpec/Env/0").asText())
                    .isSorted()
                    .containsOnly("ROUND=0", "ROUND=1", "ROUND=2");
            one.terminate();
            two.terminate();
            assertThat(one.await(Duration.ofSeconds(20))).isZero();
            assertThat(two.await(Duration.ofSeconds(20))).isZero();
        }
    }

    @Test
    void aRunThatWaitedNeverTurnsBackWhatANewerOneHasApplied() {
        story.repo().app("web").push("Add web");
        Story.expect(0, story.runOn(story.repo().url(), "apply"));
        round(1);
        try (var first = apply()) {
            awaitWord(first, "web: ");
            first.standStill();
            story.repo().app("late").push("Add late");
            try (var second = apply()) {
                awaitWord(second, "waiting for another run");
                second.standStill();
                first.goOn();
                assertThat(first.await(SOON)).isZero();
                round(2);
                Story.expect(0, story.runOn(story.repo().url(), "apply"));
                second.goOn();
                assertThat(second.await(SOON)).as(second.output()).isZero();
            }
        }
        assertThat(story.inspect("web", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .isEqualTo("[ROUND=2]");
        assertThat(story.services()).containsExactly("late", "web");
    }

    /// Its lock is taken over after a minute of the other one's clock; then it has nothing to say any more.
    @Test
    void aRunThatStoodStillWhileAnotherTookOverWritesNothingMore() {
        story.repo().app("web").app("gone").push("Add them");
        Story.expect(0, story.runOn(story.repo().url(), "apply"));
        story.repo().remove("apps/gone.yaml");
        round(1);
        try (var late = apply()) {
            awaitWord(late, "web: updating");
            late.standStill();
            story.repo().app("gone");
            round(2);
            try (var second = apply()) {
                awaitWord(second, "waiting for another run");
                assertThat(second.await(Duration.ofMinutes(4)))
                        .as(second.output())
                        .isZero();
            }
            story.proxy().clear();
            late.goOn();
            assertThat(late.await(SOON)).as(late.output()).isEqualTo(1);
            assertThat(late.output()).contains("another run took over").doesNotContain("This is a bug");
        }
        assertThat(story.proxy().writes()).as("by the run that was late").isEmpty();
        assertThat(story.services()).containsExactly("gone", "web");
        assertThat(story.inspect("web", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .isEqualTo("[ROUND=2]");
        Story.expect(0, story.runOn(story.repo().url(), "apply"));
        assertThat(story.writes()).isEmpty();
    }

    private void round(int number) {
        story.repo()
                .app("web", "environment: { ROUND: \"" + number + "\" }", "deploy: { update_config: { monitor: 3s } }")
                .push("Round " + number);
    }

    private Child apply() {
        return Child.start(
                "apply",
                "--repo",
                story.repo().url(),
                "--docker-host",
                story.proxy().dockerHost());
    }

    private static void awaitWord(Child daemon, String word) {
        await().atMost(SOON).untilAsserted(() -> assertThat(daemon.output()).contains(word));
    }

    private Child start(String every) {
        return story.daemon(every);
    }
}

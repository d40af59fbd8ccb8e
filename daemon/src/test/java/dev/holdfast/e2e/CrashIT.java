package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.RecordedRequest;
import dev.holdfast.testing.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whenever the program is killed: the next run goes on from there, and no claim is lost.
class CrashIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    /// Killed at every other write of a run that renames an app with data and changes a secret, and the run after
    /// that.
    @Test
    void theNextRunGoesOnWhereverTheLastOneWasKilled() {
        round(0, 0);
        Story.expect(0, story.apply());
        var k = 1;
        var before = 0;
        for (var more = true; more; k += 4) {
            round(k, before);
            before = k;
            more = killedAt(k);
            var rerun = Story.expect(0, story.apply());
            assertThat(rerun.err())
                    .as("a dead process's lock is taken over at once")
                    .doesNotContain("waiting for another");
            assertThat(story.services()).as("killed at write " + k).containsExactly("db-" + k, "web");
            assertThat(story.running("db-" + k)).hasSize(1);
            Story.expect(0, story.apply());
            assertThat(story.writes())
                    .as("killed at write " + k + ": at most what was still in use, or a look left, is to be removed")
                    .noneMatch(write -> write.startsWith("POST /services") || write.contains("/secrets"));
            assertThat(story.services()).containsExactly("db-" + k, "web");
        }
        assertThat(k).as("writes of a run").isGreaterThan(6);
        assertThat(swarm.docker("volume", "ls", "-q", "--filter=label=dev.holdfast.cluster"))
                .isEqualTo("data");
        var log = story.inVolume("data", "cat /data/log").lines().toList();
        for (var i = 1; i < log.size(); i++) {
            assertThat(log.get(i)).as("never two at once: " + log).isNotEqualTo(log.get(i - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6})
    void aVolumeOfAKilledRunIsAlwaysInTheLedger(int k) {
        story.repo().app("keep").app("db", Apps.volume("data")).push("Add db");
        killedAt(k);
        var made = swarm.docker("volume", "ls", "-q");
        story.repo().remove("apps/db.yaml").push("Remove db");
        Story.expect(0, story.apply());
        assertThat(story.services()).containsExactly("keep");
        if (!made.isEmpty()) {
            assertThat(story.run("orphans").out()).contains("data");
        }
    }

    /// Whatever the write at which it dies, the next run ends in the same state, and nothing runs twice that has
    /// ended.
    @Test
    void aMigrationOfAKilledRunIsTakenOver() throws IOException {
        for (var file : List.of("holdfast.yaml", "apps/db.yaml", "apps/web.yaml")) {
            story.repo()
                    .write(
                            file,
                            Files.readString(Path.of("../examples/migrations").resolve(file)));
        }
        story.applied("A database, and an app with migrations");
        var web = story.repo().read("apps/web.yaml");
        List<Predicate<RecordedRequest>> kills = List.of(
                request -> creates(request, "web-before"),
                request -> request.path().endsWith("/update")
                        && request.json().path("Name").asText().equals("web"),
                request -> creates(request, "web-after"),
                request -> request.method().equals("DELETE"));
        for (var i = 0; i < kills.size(); i++) {
            var version = String.valueOf(i + 2);
            story.repo()
                    .write("apps/web.yaml", web.replace("\"1\"", "\"" + version + "\""))
                    .push("Version " + version);
            assertThat(killedAt(kills.get(i))).as("killed in round " + version).isTrue();
            if (i == 1) {
                assertThat(story.run("plan").out()).contains("runs after, which an earlier run has not come to");
            }
            Story.expect(0, story.apply());
            Story.expect(0, story.apply());
            assertThat(story.writes()).isEmpty();
            var log = story.inVolume("db-data", "cat /data/log").lines().toList();
            assertThat(log.stream().filter(("migrated to " + version)::equals))
                    .as(log.toString())
                    .hasSize(1);
            assertThat(log.stream().filter("cleaned up after a change"::equals))
                    .as(log.toString())
                    .hasSize(i + 2);
            assertThat(story.services()).containsExactly("db", "web");
        }
    }

    private static boolean creates(RecordedRequest request, String service) {
        return request.path().equals("/services/create")
                && request.json().path("Name").asText().equals(service);
    }

    /// A rename of the app that has the data, with a new secret and another network.
    private void round(int k, int before) {
        if (k > 0) {
            story.repo().remove("apps/db-" + before + ".yaml");
        }
        story.repo()
                .write("holdfast.yaml", "secrets: { password: { file: files/p } }\nnetworks: { net-" + k + ": {} }\n")
                .write("files/p", "password " + k)
                .app(
                        "db-" + k,
                        Apps.volume("data"),
                        "secrets: [password]",
                        "command: [sh, -c, \"trap 'echo end >> /data/log; exit 0' TERM; echo start >> /data/log;"
                                + " while true; do sleep 0.1; done\"]",
                        "stop_grace_period: 10s")
                .app("web", "networks: [net-" + k + "]", "deploy: { update_config: { monitor: 1s } }")
                .push("Round " + k);
    }

    /// @return whether there was such a write
    private boolean killedAt(int k) {
        var count = new AtomicInteger();
        return killedAt(request -> isOfTheRun(request) && count.incrementAndGet() == k);
    }

    private boolean killedAt(Predicate<RecordedRequest> which) {
        var child = new AtomicReference<Child>();
        story.proxy()
                .when(
                        request -> {
                            if (!which.test(request)) {
                                return false;
                            }
                            child.get().kill();
                            return true;
                        },
                        new Trouble.CutAfter());
        try (var started = Child.start(
                "apply",
                "--repo",
                story.repo().work().toString(),
                "--docker-host",
                story.proxy().dockerHost())) {
            child.set(started);
            return started.await(Duration.ofMinutes(3)) != 0;
        } finally {
            story.proxy().calm();
        }
    }

    private static boolean isOfTheRun(RecordedRequest request) {
        return request.isWrite();
    }
}

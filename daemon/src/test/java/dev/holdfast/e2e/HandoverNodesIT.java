package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Data that changes hands on a worker: renamed, split, merged and swapped apps, slow givers, failing takers, and a
/// node that is lost half-way. Each container writes its name over and over into the directories that it has: where two
/// write at once, the names alternate.
class HandoverNodesIT {

    /// Ignores SIGTERM, so that it writes until the engine kills it.
    private static final String DEAF = beats("trap '' TERM");

    private static final String POLITE = beats("trap 'exit 0' TERM");
    private static final String GRACE = "stop_grace_period: 8s";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void dataChangesHandsInOneCommitAndGoesBackWhereATakerFails() {
        story.repo().app("old", on("renamed:/data"), DEAF, GRACE);
        story.repo().app("all", on("kept:/data", "split:/more"), POLITE);
        story.repo().app("merged", on("first:/data"), POLITE).app("rest", on("second:/data"), DEAF, GRACE);
        story.repo().app("a", on("one:/data"), POLITE).app("b", on("two:/data"), POLITE);
        story.applied("Add them");
        var before = story.services();

        var fails = "command: [\"false\"]";
        story.repo().remove("apps/old.yaml").app("new", on("renamed:/data"), fails, "timeout: 20s");
        story.repo().app("all", on("kept:/data")).app("part", on("split:/data"), fails, "timeout: 20s");
        story.repo().app("merged", on("first:/data", "second:/more"), fails, "timeout: 20s");
        story.repo().remove("apps/rest.yaml");
        story.repo().app("a", on("two:/data"), POLITE).app("b", on("one:/data"), fails, "timeout: 20s");
        story.repo().push("Rename, split, merge and swap, badly");
        var failed = Story.expect(1, story.apply());
        assertThat(failed.out())
                .contains("new could not take its data over, so it was put back")
                .contains("part could not take its data over, so it was put back")
                .contains("merged could not take its data over, so it was put back")
                .contains("b could not take its data over, so it was put back");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> before.stream().allMatch(app -> story.running(app).size() == 1));
        assertThat(story.inspect("a", "{{range .Spec.TaskTemplate.ContainerSpec.Mounts}}{{.Source}}{{end}}"))
                .isEqualTo("one");
        Story.expect(1, story.apply());
        assertThat(story.writes()).as("not tried again").isEmpty();

        story.repo().app("new", on("renamed:/data"), DEAF, GRACE).app("part", on("split:/data"), POLITE);
        story.repo().app("merged", on("first:/data", "second:/more"), POLITE).app("b", on("one:/data"), POLITE);
        story.repo().app("all", on("kept:/data"), POLITE);
        story.applied("Mend them");
        assertThat(story.services()).containsExactly("a", "all", "b", "merged", "new", "part");
        for (var volume : List.of("renamed", "kept", "split", "first", "second", "one", "two")) {
            assertNeverTwoAtOnce(volume);
        }
        assertThat(story.run("orphans").out()).doesNotContain("docker volume rm");
    }

    @Test
    void nothingStartsWhileTheGiverMayStillRunOnANodeThatWasLost() throws Exception {
        story.repo().app("old", on("renamed:/data"), DEAF, GRACE);
        story.repo().app("a", on("one:/data"), DEAF, GRACE).app("b", on("two:/data"), DEAF, GRACE);
        story.applied("Add them");
        story.repo().remove("apps/old.yaml").app("new", on("renamed:/data"), POLITE);
        story.repo().app("a", on("two:/data"), POLITE).app("b", on("one:/data"), POLITE);
        story.repo().push("Rename and swap");
        var run = CompletableFuture.supplyAsync(story::apply);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> List.of("old", "a", "b").stream()
                        .allMatch(app -> story.inspect(app, "{{.Spec.Mode.Replicated.Replicas}}")
                                .equals("0")));
        swarm.node(2).cutOff();
        var held = Story.expect(3, run.get());
        assertThat(held.out()).contains("may still run on node2");
        assertThat(story.services()).doesNotContain("new");
        var again = Story.expect(3, story.apply());
        assertThat(story.writes()).as(again.all()).noneMatch(write -> write.contains("/services"));

        swarm.node(2).heal();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> swarm.docker("node", "inspect", "node2", "--format={{.Status.State}}")
                        .equals("ready"));
        Story.expect(0, story.apply());
        assertThat(story.services()).containsExactly("a", "b", "new");
        assertThat(story.running("new")).hasSize(1);
        List.of("renamed", "one", "two").forEach(this::assertNeverTwoAtOnce);
    }

    private static String on(String... directories) {
        return "persistent: { node: node2, directories: [" + String.join(", ", directories) + "] }";
    }

    private static String beats(String trap) {
        return "command: [sh, -c, \"" + trap + "; while true; do for d in /data /more; do"
                + " [ ! -d $$d ] || echo $$HOSTNAME >> $$d/log; done; sleep 0.2; done\"]";
    }

    /// The lines of each container are in one piece, and there were at least two containers.
    private void assertNeverTwoAtOnce(String volume) {
        var log = swarm.node(2).docker("run", "--rm", "-v", volume + ":/data", "demo:1", "cat", "/data/log");
        var turns = new ArrayList<String>();
        log.lines()
                .filter(line -> turns.isEmpty() || !turns.getLast().equals(line))
                .forEach(turns::add);
        assertThat(turns).as(volume).hasSizeGreaterThan(1).hasSameSizeAs(new HashSet<>(turns));
    }
}

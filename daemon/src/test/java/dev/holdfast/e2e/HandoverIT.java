package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// No two tasks ever write to the same data, whoever it goes to.
class HandoverIT {

    /// Writes its task's start and beats into the volume; ignores SIGTERM for a while.
    private static final String STUBBORN =
            "command: [sh, -c, \"trap 'sleep %d; echo end $$HOSTNAME >> /data/log; exit 0' TERM;"
                    + " echo start $$HOSTNAME >> /data/log; while true; do sleep 0.1; done\"]";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void theOldTaskIsSeenGoneBeforeTheNewOneStartsAndNobodyElseWaits() {
        var slow = STUBBORN.formatted(15);
        story.repo()
                .app("db", Apps.volume("db-data"), slow, "stop_grace_period: 60s")
                .app("web");
        story.applied("Add db");
        story.repo()
                .app("db", Apps.volume("db-data"), slow, "stop_grace_period: 60s", "image: demo:2")
                .app("web", "image: demo:2");
        story.applied("New images", "-o", "text");

        assertNoOverlap("db-data", 2);
        var lines = story.run("apply").out();
        assertThat(story.writes()).as(lines).isEmpty();
    }

    @Test
    void aRenamedAppTakesItsDataAlong() {
        story.repo().app("old", Apps.volume("db-data"), STUBBORN.formatted(1), "stop_grace_period: 20s");
        story.applied("Add old");
        story.repo()
                .remove("apps/old.yaml")
                .app("new", Apps.volume("db-data"), STUBBORN.formatted(1), "stop_grace_period: 20s");
        story.applied("Rename it");

        assertThat(story.services()).containsExactly("new");
        assertNoOverlap("db-data", 2);
        assertThat(story.run("orphans").out()).doesNotContain("db-data");
    }

    @Test
    void twoAppsSwapTheirVolumesInOneCommit() {
        story.repo()
                .app("a", Apps.volume("one"), STUBBORN.formatted(1), "stop_grace_period: 20s")
                .app("b", Apps.volume("two"), STUBBORN.formatted(1), "stop_grace_period: 20s");
        story.applied("Add them");
        story.repo()
                .app("a", Apps.volume("two"), STUBBORN.formatted(1), "stop_grace_period: 20s")
                .app("b", Apps.volume("one"), STUBBORN.formatted(1), "stop_grace_period: 20s");
        story.applied("Swap them");

        assertNoOverlap("one", 2);
        assertNoOverlap("two", 2);
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
    }

    @Test
    void theGiverIsPutBackAndRunsAgainWhereTheTakerFails() {
        story.repo().app("old", Apps.volume("db-data"), STUBBORN.formatted(1), "stop_grace_period: 20s");
        story.applied("Add old");
        story.repo().remove("apps/old.yaml").app("new", Apps.volume("db-data"), "command: [\"false\"]", "timeout: 20s");
        story.repo().push("Rename it, badly");
        var failed = Story.expect(1, story.apply());

        assertThat(failed.out()).contains("put back");
        org.awaitility.Awaitility.await().until(() -> story.running("old").size() == 1);
        assertThat(story.running("new")).isEmpty();
        var again = Story.expect(1, story.apply());
        assertThat(story.writes()).as(again.all()).isEmpty();
        assertThat(story.running("old")).hasSize(1);

        story.repo().app("new", Apps.volume("db-data"), STUBBORN.formatted(1), "stop_grace_period: 20s");
        story.applied("Mend it");
        assertThat(story.services()).containsExactly("new");
    }

    private java.util.List<String> log(String volume) {
        return story.inVolume(volume, "cat /data/log")
                .lines()
                .map(line -> line.split(" ")[0])
                .toList();
    }

    /// Each task that started had ended before the next one started.
    private void assertNoOverlap(String volume, int tasks) {
        var expected = new ArrayList<String>();
        for (var i = 1; i < tasks; i++) {
            expected.add("start");
            expected.add("end");
        }
        expected.add("start");
        assertThat(log(volume)).isEqualTo(expected);
    }
}

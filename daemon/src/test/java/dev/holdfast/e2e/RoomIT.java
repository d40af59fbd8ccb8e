package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What finds a node and what does not; and that nothing with data is stopped for a task that cannot start.
class RoomIT {

    private static final String DATA = Apps.volume("db-data").replace("{ d", "{ node: node2, d");
    private static final String NOWHERE = "127.0.0.1:9/nowhere:2";
    private static final String ONLY_THERE = "127.0.0.1:9/only-there:2";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void thePlanAndTheSchedulerSayTheSame() throws Exception {
        swarm.docker("node", "update", "--availability=pause", "node3");
        new PlacementTable(swarm, story, 2).both();

        assertThat(story.run("status").out())
                .contains(
                        "an instance waits for a node",
                        "node3: ",
                        "900 GiB asked",
                        "node.labels.disk is ssd, == hdd asked");
    }

    @Test
    void nothingIsStoppedForATaskThatCannotStart() {
        story.repo().app("db", DATA).app("web", "ports: [{ target: 80, published: 8081, mode: host }]");
        story.applied("Add them");
        var task = story.running("db");

        story.repo()
                .app("db", DATA, "deploy: { resources: { reservations: { memory: 900g } } }")
                .push("Too much");
        assertThat(Story.expect(3, story.apply()).out())
                .contains("db (cannot-be-placed)", "node2: ", "of memory in all, 900 GiB asked")
                .contains("Plan: no changes, 1 unchanged, 1 held.");
        assertThat(story.writes()).noneMatch(write -> write.contains("/services"));

        story.repo().app("db", DATA, "image: " + NOWHERE).push("An image that nobody has");
        var planned = Story.expect(0, story.run("plan"));
        assertThat(planned.out())
                .contains("apply will first look whether node2 has it", "(image-unresolved)")
                .contains("held if node2 does not have image " + NOWHERE, "apply may exit with 3: db may be held.");
        assertThat(Story.expect(3, story.apply()).out())
                .contains(
                        "db (image-missing)", "docker pull " + NOWHERE + "   # on node2", "image: demo:1 → " + NOWHERE);
        assertThat(story.writes()).noneMatch(write -> write.contains("/services"));
        assertThat(Story.expect(3, story.run("status")).out())
                .contains("held", "image-missing: image " + NOWHERE)
                .doesNotContain("drifted");
        assertThat(story.running("db")).isEqualTo(task).hasSize(1);

        swarm.node(2).docker("tag", "demo:1", ONLY_THERE);
        story.repo().app("db", DATA, "image: " + ONLY_THERE);
        story.applied("An image that only its node has");
        assertThat(story.image("db")).isEqualTo(ONLY_THERE);
        assertThat(story.running("db")).isNotEqualTo(task).hasSize(1);

        story.repo()
                .remove("apps/db.yaml")
                .app("database", DATA, "image: " + NOWHERE)
                .push("Rename it");
        assertThat(Story.expect(3, story.apply()).out()).contains("database (image-missing)", "db (taker-held)");
        assertThat(story.running("db")).hasSize(1);

        story.repo()
                .app(
                        "database",
                        DATA,
                        "image: " + ONLY_THERE,
                        "deploy: { resources: { reservations: { cpus: '640' } } }")
                .push("Rename it to what no node can run");
        assertThat(Story.expect(3, story.apply()).out()).contains("database (cannot-be-placed)", "db (taker-held)");
        assertThat(story.running("db")).hasSize(1);
    }
}

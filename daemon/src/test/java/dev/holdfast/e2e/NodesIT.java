package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Where apps with data live, and how they wait for their node.
class NodesIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void aLockIsTheNodeThatTheFileNamesOrTheOneThatSuitsAndNothingIsCreatedWhereThatCannotBeTold() {
        swarm.docker("node", "update", "--label-add", "disk=ssd", "node3");
        story.repo()
                .app("by-name", Apps.volume("a-data").replace("{ d", "{ node: node2, d"))
                .app("by-id", Apps.volume("b-data").replace("{ d", "{ node: " + id("node3") + ", d"))
                .app("chosen", Apps.volume("c-data"))
                .app("fast", Apps.volume("d-data"), "deploy: { placement: { constraints: [node.labels.disk == ssd] } }")
                .app("typo", Apps.volume("e-data").replace("{ d", "{ node: nod2, d"))
                .app(
                        "unfit",
                        Apps.volume("f-data").replace("{ d", "{ node: node1, d"),
                        "deploy: { placement: { constraints: [node.labels.disk == ssd] } }")
                .push("Add them");
        var held = Story.expect(3, story.apply());
        assertThat(held.out())
                .contains("node-unknown", "did you mean \"node2\"?", "one of: node1, node2, node3")
                .contains("node-unfit", "node.labels.disk == ssd");
        assertThat(story.services()).containsExactly("by-id", "by-name", "chosen", "fast");
        assertThat(volumes(1)).isEqualTo("c-data");
        assertThat(volumes(2)).isEqualTo("a-data");
        assertThat(volumes(3)).isEqualTo("b-data\nd-data");

        var three = swarm.node(3);
        three.exec("hostname", "node2");
        try {
            three.stopEngine();
            three.startEngine();
            await().atMost(SOON)
                    .until(
                            () -> swarm.docker("node", "ls", "--filter=name=node2", "--format={{.Status}}"),
                            "Ready\nReady"::equals);
            story.repo()
                    .remove("apps/typo.yaml")
                    .remove("apps/unfit.yaml")
                    .app("new", Apps.volume("g-data").replace("{ d", "{ node: node2, d"))
                    .push("Add an app for the node whose name two have now");
            var before = story.running("by-name");
            var ambiguous = Story.expect(3, story.apply());
            assertThat(ambiguous.out()).contains("new", "by-name", "node-ambiguous", "one of the IDs");
            assertThat(story.services()).doesNotContain("new");
            assertThat(story.running("by-name")).isEqualTo(before).hasSize(1);
        } finally {
            three.exec("hostname", "node3");
            three.stopEngine();
            three.startEngine();
        }
    }

    @Test
    void anAppWaitsForItsNodeAndKnowsItAgainUnderAnotherId() {
        var two = swarm.node(2);
        two.exec("mkdir", "-p", "/srv/blog");
        story.repo()
                .app(
                        "db",
                        Apps.volume("db-data").replace("{ d", "{ node: node2, d"),
                        Apps.first("echo $$HOSTNAME >> /data/log"))
                .app("blog", Apps.directories("/srv/blog:/data"), Apps.first("echo $$HOSTNAME >> /data/log"));
        story.applied("Add them");
        assertThat(lock("blog")).as("the only node that has the directory").isEqualTo(id("node2"));

        drained();
        rejoined();
        removedByAPerson();
        rejoinedWithOtherData();
    }

    private void drained() {
        swarm.docker("node", "update", "--availability=drain", "node2");
        await().atMost(SOON)
                .until(() ->
                        swarm.docker("service", "ls", "--format={{.Replicas}}").matches("0/1.*\n0/1.*"));
        story.repo()
                .app(
                        "db",
                        Apps.volume("db-data").replace("{ d", "{ node: node2, d"),
                        Apps.first("echo $$HOSTNAME >> /data/log"),
                        "environment: { A: b }")
                .push("Change db");
        var waits = Story.expect(3, story.apply());
        assertThat(waits.out()).contains("stranded", "node node2 is set to drain");
        assertThat(story.writes()).noneMatch(write -> write.contains("/services"));
        assertThat(Story.expect(3, story.run("status")).out())
                .containsPattern("blog +synced +stranded +0/1 +node2")
                .containsPattern("db +held +stranded +0/1 +node2")
                .contains("its node node2 is set to drain");
        swarm.docker("node", "update", "--availability=active", "node2");
        await().atMost(SOON).until(() -> story.running("db").size() == 1);
        Story.expect(0, story.apply());
        assertThat(story.inspect("db", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .isEqualTo("[A=b]");
    }

    private void rejoined() {
        var old = id("node2");
        swarm.node(2).leave();
        await().atMost(SOON).until(() -> state(old), "down"::equals);
        Story.expect(3, story.apply());
        assertThat(story.inspect("db", "{{.Spec.Mode.Replicated.Replicas}}")).isEqualTo("0");
        var lines = log().size();
        swarm.node(2).join();
        await().atMost(SOON).until(() -> swarm.docker("node", "ls").contains("Ready") && !ready().equals(old));
        var found = Story.expect(0, story.apply());
        assertThat(lock("db")).as(found.all()).isEqualTo(ready());
        assertThat(lock("blog")).isEqualTo(ready());
        assertThat(log()).as("its data is there, and it runs on").hasSize(lines + 1);
        assertThat(story.run("orphans").out()).doesNotContain("db-data");
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
        story.repo()
                .app(
                        "db",
                        Apps.volume("db-data").replace("{ d", "{ node: node2, d"),
                        Apps.first("echo $$HOSTNAME >> /data/log"));
        story.applied("Change db while the list of nodes still has the old ID");
        swarm.docker("node", "rm", old);
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
    }

    private void removedByAPerson() {
        var old = ready();
        swarm.docker("node", "rm", "--force", old);
        var gone = Story.expect(3, story.apply());
        assertThat(gone.out()).contains("node-gone", "node2", old);
        assertThat(Story.expect(3, story.run("status")).out())
                .containsPattern("db +held +stranded +\\d/1 +node2")
                .contains("no longer part of the Swarm");
        swarm.node(2).leave();
        swarm.node(2).join();
        await().atMost(SOON).until(() -> !ready().isEmpty());
        Story.expect(0, story.apply());
        assertThat(lock("db")).isEqualTo(ready());
        assertThat(story.running("db")).hasSize(1);
    }

    private void rejoinedWithOtherData() {
        var old = ready();
        var two = swarm.node(2);
        two.leave();
        await().atMost(SOON).until(() -> state(old), "down"::equals);
        two.docker("volume", "rm", "-f", "db-data");
        two.docker("volume", "create", "db-data");
        two.join();
        await().atMost(SOON).until(() -> !ready().equals(old) && !ready().isEmpty());
        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("db", "node-returned", "leave_data_on: " + old, "node: " + ready());
        assertThat(lock("db")).isEqualTo(old);
        assertThat(lock("blog")).as("its directory is the very same").isEqualTo(ready());
        assertThat(two.docker("run", "--rm", "-v", "db-data:/data", "demo:1", "ls", "/data"))
                .isEmpty();

        story.repo()
                .app(
                        "db",
                        Apps.volume("db-data").replace("{ d", "{ node: " + ready() + ", leave_data_on: " + old + ", d"))
                .push("Take what is there");
        Story.expect(0, story.apply());
        assertThat(lock("db")).isEqualTo(ready());
        assertThat(story.running("db")).hasSize(1);
    }

    private java.util.List<String> log() {
        return swarm.node(2)
                .docker("run", "--rm", "-v", "db-data:/data", "demo:1", "cat", "/data/log")
                .lines()
                .toList();
    }

    private static String volumes(int node) {
        return swarm.node(node).docker("volume", "ls", "-q");
    }

    private static String id(String hostname) {
        return swarm.docker("node", "inspect", hostname, "--format={{.ID}}");
    }

    /// The ID of the node that is called node2 and is there.
    private static String ready() {
        return swarm.docker("node", "ls", "--filter=name=node2", "--format={{.ID}} {{.Status}}")
                .lines()
                .filter(line -> line.endsWith(" Ready"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse("");
    }

    private static String state(String id) {
        return swarm.docker("node", "inspect", id, "--format={{.Status.State}}");
    }

    private String lock(String app) {
        return story.inspect(app, "{{index .Spec.TaskTemplate.Placement.Constraints 0}}")
                .replace("node.id==", "");
    }
}

package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.SwarmNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Never do two tasks write to the same data, whatever becomes of their node and whatever people do meanwhile. Each row
/// is one where Swarm alone starts the new task beside the old one.
class OverlapIT {

    private static final Duration SOON = Duration.ofSeconds(180);

    /// Told to stop, it goes on until it may; a run that updates it waits as long, far longer than Swarm would (60
    /// s).
    private static final String UNTIL_IT_MAY = "command: [sh, -c, \"trap 'told=1' TERM; while true; do echo $$HOSTNAME"
            + " >> /data/beats; [ -n \\\"$$told\\\" ] && [ -e /data/may ] && exit 0; sleep 0.2; done\"]";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    /// One outage of node 2, during which the repository goes on changing, while a run of the daemon waits for
    /// minutes for an app on another node.
    @Test
    void noOutageEverLetsTwoTasksWriteToTheSameData() {
        var two = swarm.node(2);
        two.exec("mkdir", "-p", "/srv/files");
        story.repo()
                .app("db", on(2, "db-data:/data"))
                .app("files", on(2, "/srv/files:/data"))
                .app("old", on(2, "renamed-data:/data"))
                .app("gone", on(2, "gone-data:/data"))
                .app("mover", on(2, "mover-data:/data"))
                .app("slow", slow("demo:1"))
                .app("other", on(1, "other-data:/data"))
                .app("web");
        story.repo().push("Add them");
        try (var daemon = story.daemon("20s")) {
            await().atMost(SOON).until(() -> daemon.output().contains("8 converged"));

            story.repo()
                    .app("slow", slow("demo:2"))
                    .app(
                            "starting",
                            "persistent: { node: node2, directories: [\"starting-data:/data\"] }",
                            "healthcheck: { test: \"test -e /data/ok\", interval: 1s, start_period: 300s }")
                    .push("Update slow, and add an app that takes long to start");
            daemon.hangUp();
            await().atMost(SOON).until(() -> daemon.output().contains("slow: waiting for 1 old task"));
            await().atMost(SOON).until(() -> two.docker("ps", "--filter=name=starting", "-q"), id -> !id.isEmpty());
            two.cutOff();
            assertFencedAtOnce("db", "files", "old", "gone", "mover");
            swarm.node(3).docker("run", "--rm", "-v", "slow-data:/data", "demo:1", "touch", "/data/may");
            await().atMost(SOON).until(() -> daemon.output().contains("slow: converged"));
            change(daemon);
            assertEveryReasonIsTold();

            two.docker("run", "--rm", "-v", "starting-data:/data", "demo:1", "touch", "/data/ok");
            two.heal();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(runningOn2())
                            .as(daemon.output())
                            .containsExactlyInAnyOrder("db", "files", "heir", "mover", "new", "starting"));
            assertThat(story.image("files")).isEqualTo("demo:2");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(story.services())
                            .containsExactly(
                                    "db", "files", "heir", "mover", "new", "other", "slow", "starting", "web"));
            daemon.terminate();
            assertThat(daemon.await(Duration.ofSeconds(30))).isZero();
            assertThat(daemon.output()).doesNotContain("Exception");
        }
        var all = Story.expect(3, story.runOn(story.repo().url(), "status"));
        assertThat(all.out()).contains("mover").doesNotContain("fenced");
        Beats.assertOneAfterTheOther("db-data", volume(two, "db-data"), 2);
        Beats.assertOneAfterTheOther("/srv/files", two.exec("cat", "/srv/files/beats"), 2);
        Beats.assertOneAfterTheOther("renamed-data", volume(two, "renamed-data"), 2);
        Beats.assertOneAfterTheOther("gone-data", volume(two, "gone-data"), 2);
        Beats.assertOneAfterTheOther("mover-data", volume(two, "mover-data"), 2);
        Beats.assertOneAfterTheOther("slow-data", volume(swarm.node(3), "slow-data"), 2);
        Beats.assertOneAfterTheOther("other-data", volume(swarm.node(1), "other-data"), 2);
    }

    /// The run waits for `slow` all the while: only the events of nodes can have done that.
    private void assertFencedAtOnce(String... apps) {
        await().atMost(SOON).until(() -> state(2), "down"::equals);
        var down = Instant.parse(json("node", "node2", "{{json .UpdatedAt}}"));
        for (var app : apps) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> story.inspect(app, "{{.Spec.Mode.Replicated.Replicas}}"), "0"::equals);
            var took = Duration.between(down, Instant.parse(json("service", app, "{{json .UpdatedAt}}")));
            System.out.printf("%s fenced %d ms after its node was down%n", app, took.toMillis());
            assertThat(took).as(app).isLessThan(Duration.ofSeconds(10));
        }
    }

    /// A new image, a rename, a move without a word about the data, and a removal whose data another app takes in
    /// the next commit, all on the node that is away; and a change of an app elsewhere, which goes on.
    private void change(Child daemon) {
        story.repo()
                .app("files", on(2, "/srv/files:/data", "image: demo:2"))
                .remove("apps/old.yaml")
                .app("new", on(2, "renamed-data:/data"))
                .remove("apps/gone.yaml")
                .app("mover", on(3, "mover-data:/data"))
                .app("other", on(1, "other-data:/data", "image: demo:2"))
                .push("Change much");
        daemon.hangUp();
        await().atMost(SOON).until(() -> story.image("other"), "demo:2"::equals);
        await().atMost(SOON).until(() -> !story.services().contains("gone"));
        story.repo().app("heir", on(2, "gone-data:/data")).push("Take what gone left");
        daemon.hangUp();
        await().atMost(SOON).until(() -> daemon.output().contains("held heir"));
        await().atMost(SOON).until(() -> story.running("other").size() == 1);
        assertThat(story.image("slow")).isEqualTo("demo:2");
        assertThat(story.services()).doesNotContain("new", "heir").contains("old");
        assertThat(state(2)).isEqualTo("down");
    }

    private void assertEveryReasonIsTold() {
        var text = Story.expect(3, story.runOn(story.repo().url(), "status")).out();
        assertThat(text)
                .containsPattern("db +held +stranded +\\d/0 +node2")
                .containsPattern("other +synced +healthy +1/1 +node1")
                .contains("stranded: its node node2 is down", "fenced: ", "moves-data: ")
                .doesNotContainPattern("(?m)^\\w+ +failed");
        var json = story.runOn(story.repo().url(), "status", "-o", "json").out();
        assertThat(json).contains("\"fenced\" : true", "\"stranded\"", "\"hostname\" : \"node2\"");
        var markdown =
                story.runOn(story.repo().url(), "status", "-o", "markdown").out();
        assertThat(markdown).contains("| stranded |", "`node2`", "its node node2 is down");
    }

    /// What people and commits do while every node is well, with containers that live on for seconds.
    @Test
    void neitherCommitsNorHandsEverLetTwoTasksWriteToTheSameData() {
        var three = swarm.node(3);
        three.exec("mkdir", "-p", "/srv/site");
        story.repo()
                .app("again", on(3, "again-data:/data"))
                .app("first", on(3, "first-data:/data"))
                .app("site", on(3, "/srv/site:/data"))
                .app("db", on(3, "db-data:/data"));
        story.applied("Add them");

        swarm.docker("service", "scale", "-d", "db=3");
        swarm.docker("service", "update", "-d", "--update-order=start-first", "--force", "db");
        story.repo()
                .remove("apps/again.yaml")
                .remove("apps/first.yaml")
                .remove("apps/site.yaml")
                .app("page", on(3, "/srv/site:/data"));
        story.applied("Remove two, and give the data of the third to another");
        story.repo().app("again", on(3, "again-data:/data")).app("second", on(3, "first-data:/data"));
        story.applied("Bring one back, and give the other's data to a new one");

        assertThat(story.services()).containsExactly("again", "db", "page", "second");
        for (var app : story.services()) {
            assertThat(story.running(app)).as(app).hasSize(1);
        }
        assertThat(story.inspect("db", "{{.Spec.Mode.Replicated.Replicas}} {{.Spec.UpdateConfig.Order}}"))
                .isEqualTo("1 stop-first");
        Beats.assertOneAfterTheOther("again-data", volume(three, "again-data"), 2);
        Beats.assertOneAfterTheOther("first-data", volume(three, "first-data"), 2);
        Beats.assertOneAfterTheOther("/srv/site", three.exec("cat", "/srv/site/beats"), 2);
        Beats.assertOneAfterTheOther("db-data", volume(three, "db-data"), 1);
    }

    private static String[] on(int node, String directory, String... more) {
        return Beats.stubborn(6, persistent(node, directory), more);
    }

    private static String persistent(int node, String directory) {
        return "persistent: { node: node" + node + ", directories: [\"" + directory + "\"] }";
    }

    private static String[] slow(String image) {
        return new String[] {
            UNTIL_IT_MAY, "stop_grace_period: 600s", persistent(3, "slow-data:/data"), "image: " + image
        };
    }

    private static String volume(SwarmNode node, String name) {
        return node.docker("run", "--rm", "-v", name + ":/data", "demo:1", "cat", "/data/beats");
    }

    private static String state(int node) {
        return swarm.docker("node", "inspect", "node" + node, "--format={{.Status.State}}");
    }

    private static String json(String kind, String name, String template) {
        return swarm.docker(kind, "inspect", name, "--format=" + template).replace("\"", "");
    }

    private List<String> runningOn2() {
        return swarm.docker(
                        "node", "ps", "node2", "--filter=desired-state=running", "--format={{.Name}} {{.CurrentState}}")
                .lines()
                .filter(line -> line.contains(" Running"))
                .map(line -> line.substring(0, line.indexOf('.')))
                .toList();
    }
}

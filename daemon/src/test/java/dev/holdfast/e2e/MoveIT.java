package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Data stays where it is on a Swarm of several nodes, whatever people write into files or change by hand.
class MoveIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void anAppIsMovedByMistakeThenOnPurposeAndBackAndAnotherComesBackToItsData() {
        story.repo().app("db", volume("db-data", "node: node2"), Apps.first("echo on $$HOSTNAME >> /data/log"));
        story.repo().app("blog", volume("blog-data", "node: node3"), Apps.first("echo March >> /data/log"));
        story.repo().app("keep").app("also");
        story.applied("Add them");
        var task = story.running("db");

        story.repo().app("db", volume("db-data", "node: node1")).remove("apps/blog.yaml");
        story.repo().push("Move db by mistake, and remove the blog");
        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("moves-data", "from node2 to node1", "leave_data_on: node2");
        assertThat(held.out()).contains("blog-data stays on node3 as an orphan");
        assertThat(story.running("db")).as("left as it runs").isEqualTo(task);

        story.repo().app("db", volume("db-data", "node: node1", "leave_data_on: node2"));
        story.repo().app("blog", volume("blog-data"), Apps.first("echo May >> /data/log"));
        var moved = story.applied("Move db on purpose, and bring the blog back");
        assertThat(moved.out())
                .contains("db starts with a new, empty volume db-data on node1")
                .contains("db-data stays on node2")
                .containsPattern("blog takes back volume blog-data on node3 \\(made 20");
        assertThat(in(3, "blog-data", "cat /data/log").lines()).containsExactly("March", "May");
        assertThat(in(2, "db-data", "cat /data/log").lines()).hasSize(1);
        assertThat(story.run("orphans").out())
                .contains("db-data", "node2", "docker volume rm db-data", "Move db on purpose")
                .as("the commit before, which it waited in, already had it elsewhere")
                .doesNotContain("blog-data", "git revert");

        story.repo().app("db", volume("db-data", "node: node2", "leave_data_on: node2"));
        story.repo().push("Back, with the leftover line");
        assertThat(Story.expect(1, story.apply()).all()).contains("apps/db.yaml", "leave_data_on", "node2");
        var back = Apps.first("echo back >> /data/log");
        story.repo().app("db", volume("db-data", "node: node2", "leave_data_on: node1"), back);
        var found = story.applied("Back to the old data");
        assertThat(found.out()).containsPattern("db takes back volume db-data on node2 \\(made 20");
        assertThat(in(2, "db-data", "cat /data/log").lines()).hasSize(2).last().isEqualTo("back");
        assertThat(story.run("orphans").out()).contains("db-data", "on node1").doesNotContain("on node2");
    }

    @Test
    void whatIsChangedByHandIsHeldWhereItTouchesDataAndPutBackElsewhere() {
        var names = List.of("lock", "source", "target", "rollback", "paused", "plain");
        names.forEach(name -> story.repo().app(name, volume(name + "-data", "node: node2")));
        story.repo().app("rollback", volume("former-data", "node: node2"));
        story.applied("Add them");
        story.repo().app("rollback", volume("rollback-data", "node: node2", "leave: [former-data]"));
        story.applied("Another volume");

        byHand("lock", "--constraint-rm=node.id==" + id("node2"), "--constraint-add=node.id==" + id("node3"));
        byHand("source", "--mount-rm=/data");
        byHand("source", "--mount-add=type=volume,src=restored,dst=/data");
        byHand("target", "--mount-rm=/data", "--mount-add=type=volume,src=target-data,dst=/elsewhere");
        swarm.docker("service", "rollback", "-d", "rollback");
        byHand("paused", "--label-add=dev.holdfast.pause=fsck", "--replicas=0");
        byHand("plain", "--env-add=A=b");
        var run = List.of("lock", "source", "target", "plain");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> run.stream().allMatch(name -> story.running(name).size() == 1));
        var tasks = run.subList(0, 3).stream().map(story::running).toList();

        var held = Story.expect(3, story.apply());
        assertThat(held.out())
                .contains(
                        "lock (drift-moves-data)", "node: node3, leave_data_on: node2, directories: [lock-data:/data]")
                .contains("source (drift-moves-data)", "leave: [source-data], directories: [restored:/data]")
                .contains("target (drift-moves-data)", "node: node2, directories: [target-data:/elsewhere]")
                .contains(
                        "rollback (drift-moves-data)",
                        "rolled back to a version with other data, former-data:/data on node2")
                .contains("paused (paused)", "fsck", "docker service update --label-rm dev.holdfast.pause paused");
        assertThat(run.subList(0, 3).stream().map(story::running).toList())
                .as("left as they run")
                .isEqualTo(tasks);
        assertThat(story.inspect("plain", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .as("put back")
                .isEqualTo("[]");
        Story.expect(3, story.apply());
        assertThat(story.writes()).isEmpty();

        story.repo().app("lock", "persistent: { node: node3, leave_data_on: node2, directories: [lock-data:/data] }");
        story.repo().app("source", "persistent: { node: node2, leave: [source-data], directories: [restored:/data] }");
        story.repo().app("target", "persistent: { node: node2, directories: [target-data:/elsewhere] }");
        story.repo().app("rollback", volume("former-data", "node: node2", "leave: [rollback-data]"));
        byHand("paused", "--label-rm=dev.holdfast.pause");
        story.applied("As it is now");
        assertThat(run.subList(0, 3).stream().map(story::running).toList())
                .as("nothing had to restart")
                .isEqualTo(tasks);
        assertThat(story.running("paused")).hasSize(1);
        assertThat(story.running("rollback"))
                .as("it was rolled back to where it was stopped for the update")
                .hasSize(1);
        assertThat(story.run("orphans").out())
                .contains("lock-data", "source-data", "rollback-data")
                .doesNotContain("restored", "former-data", "target-data");
    }

    private static String id(String hostname) {
        return swarm.docker("node", "inspect", hostname, "--format={{.ID}}");
    }

    private static void byHand(String service, String... change) {
        var update = Stream.of("service", "update", "-d", "--no-resolve-image");
        swarm.docker(Stream.concat(Stream.concat(update, Stream.of(change)), Stream.of(service))
                .toArray(String[]::new));
    }

    private static String volume(String name, String... more) {
        var lines = Stream.concat(Stream.of(more), Stream.of("directories: [" + name + ":/data]"));
        return "persistent: { " + String.join(", ", lines.toList()) + " }";
    }

    private static String in(int node, String volume, String script) {
        return swarm.node(node).docker("run", "--rm", "-v", volume + ":/data", "demo:1", "sh", "-c", script);
    }
}

package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What widens the rules of data, each by a word of its file: scratch, data on each node, data of another app, storage
/// that every node sees, and paths of the host that an app changes.
class WiderIT {

    private static final String SHARED =
            "persistent: { directories: [{ host: /mnt/nas, target: /nas, shared: true }] }";
    private static final String ADMIN = "persistent: { directories: [{ volume: db-data, target: /theirs, with: db }] }";
    private static final String STATE = "persistent: { each_node: true, directories: [state:/state] }";
    private static final String ON_EACH = "deploy: { mode: global, update_config: { monitor: 2s } }";
    private static final String NOT_ON_3 =
            "deploy: { mode: global, update_config: { monitor: 2s }, placement: { constraints: [node.hostname !="
                    + " node3] } }";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void eachWordAllowsWhatItSaysAndNoMore() {
        swarm.nodes().forEach(node -> node.exec("mkdir", "-p", "/mnt/nas", "/var/cache/web", "/run/janitor"));
        List.of(1, 2).forEach(node -> swarm.node(node).exec("mount", "-t", "tmpfs", "tmpfs", "/mnt/nas"));
        swarm.node(3).docker("volume", "create", "precious");

        story.repo()
                .app(
                        "web",
                        "scratch: [cache:/cache, /var/cache/web:/more]",
                        "deploy: { replicas: 3, placement: { max_replicas_per_node: 1 } }");
        story.repo().app("taker", "scratch: [precious:/x]").app("files", SHARED, "deploy: { replicas: 3 }");
        story.repo().app("agent", STATE, ON_EACH, Apps.first("echo agent >> /state/log"));
        story.repo()
                .app("db", "persistent: { node: node2, directories: [db-data:/data] }")
                .app("admin", ADMIN);
        story.repo()
                .app(
                        "janitor",
                        "host_paths: [{ source: /run/janitor, writable: true }]",
                        Apps.first("touch /run/janitor/was-here"));
        story.repo().push("Each word once");
        var first = Story.expect(3, story.apply());
        assertThat(first.out())
                .contains("taker (becomes-scratch)", "volume precious is there on node3", "leave: [precious]")
                .contains("files (not-mounted)", "nothing is mounted there on node3")
                .contains("agent starts with a new, empty volume state on node1, node2, node3")
                .contains("(writes-host)")
                .contains("scratch cache at /cache");
        assertThat(story.services()).containsExactly("admin", "agent", "db", "janitor", "web");
        assertThat(nodes("web")).containsExactlyInAnyOrder("node1", "node2", "node3");
        assertThat(nodes("agent")).containsExactlyInAnyOrder("node1", "node2", "node3");
        assertThat(nodes("admin")).isEqualTo(nodes("db")).containsExactly("node2");
        assertThat(swarm.node(3).docker("volume", "inspect", "cache", "--format={{json .Labels}}"))
                .contains("\"dev.holdfast.scratch\":\"true\"");
        Story.expect(3, story.apply());
        assertThat(story.writes()).isEmpty();

        swarm.node(3).exec("mount", "-t", "tmpfs", "tmpfs", "/mnt/nas");
        story.repo().app("taker", "scratch: [precious:/x]", "persistent: { leave: [precious] }");
        story.repo().app("agent", STATE, NOT_ON_3, Apps.first("echo again >> /state/log"));
        story.repo().app("db", "persistent: { node: node3, leave_data_on: node2, directories: [db-data:/data] }");
        var second = story.applied("Say so, move the database, and take the agent off a node");
        assertThat(second.out()).contains("volume state stays on node3", "db-data stays on node2");
        assertThat(nodes("admin")).isEqualTo(nodes("db")).containsExactly("node3");
        assertThat(nodes("agent")).containsExactlyInAnyOrder("node1", "node2");
        assertThat(story.running("files")).hasSize(3);

        story.repo().remove("apps/agent.yaml").remove("apps/web.yaml");
        story.repo().app("collector", STATE, ON_EACH, Apps.first("echo collector >> /state/log"));
        var renamed = story.applied("The agent gets another name, and its third node back");
        assertThat(renamed.out()).contains("volume state on node1 goes from agent to collector");
        assertThat(in(1, "cat /state/log").lines()).containsExactly("agent", "again", "collector");
        assertThat(in(3, "cat /state/log").lines()).containsExactly("agent", "collector");
        assertThat(story.run("orphans --all").out())
                .contains("volume db-data on node node2", "1 orphan.")
                .doesNotContain("cache", "precious", "state");
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
    }

    private static List<String> nodes(String service) {
        return swarm.docker("service", "ps", service, "--filter=desired-state=running", "--format={{.Node}}")
                .lines()
                .toList();
    }

    private static String in(int node, String script) {
        return swarm.node(node).docker("run", "--rm", "-v", "state:/state", "demo:1", "sh", "-c", script);
    }
}

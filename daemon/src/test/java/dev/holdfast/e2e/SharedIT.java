package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Data of several apps: shared storage, readers beside their writer, and the many names that one directory may have.
class SharedIT {

    /// A bind that calls itself a network file system, since there is none to mount here.
    private static final String REPOSITORY = """
        volumes:
          shared: { driver_opts: { type: none, o: "bind,addr=127.0.0.1", device: /srv/shared }, shared: true }
          disk: { driver_opts: { type: none, o: bind, device: /srv/disk } }
          lost: { driver_opts: { type: none, o: bind, device: /srv/lost } }
        """;

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void dataIsSharedOnlyWhereItMayBeWhateverItIsCalled() {
        swarm.nodes().forEach(node -> node.exec("mkdir", "-p", "/srv/shared", "/srv/db", "/srv/disk/sub"));
        swarm.node(2).exec("sh", "-c", "mkdir /srv/a /srv/hand /srv/foreign; ln -s a /srv/link");
        swarm.node(2).exec("ln", "-s", "/srv/foreign", "/srv/other");
        swarm.node(2).docker("volume", "create", "--opt=type=none", "--opt=o=bind", "--opt=device=/srv/hand", "hand");
        swarm.node(2).docker("run", "-d", "--name=stranger", "-v", "/srv/other:/x", "demo:1", "sleep", "100000");
        var root = swarm.node(2).docker("info", "--format={{.DockerRootDir}}");

        story.repo().write("holdfast.yaml", REPOSITORY);
        story.repo()
                .app("many", Apps.volume("shared"), "deploy: { replicas: 3, placement: { max_replicas_per_node: 1 } }");
        story.repo().app("one", Apps.volume("shared"));
        story.repo().app("writer", on("w-data:/data"));
        story.repo().app("reader", Apps.directories("w-data:/data:ro"), "deploy: { replicas: 2 }");
        story.repo().app("disguised", on("disk:/data"));
        story.repo().app("direct", on("/srv/a:/data")).app("linked", on("/srv/link:/data"));
        story.repo().app("hand-bind", on("/srv/hand:/data")).app("hand-volume", on("hand:/data"), "adopt: true");
        story.repo().app("contested", on("/srv/foreign:/data"));
        story.repo().app("inside", on(root + "/volumes/w-data/_data:/data"));
        story.repo().app("missing", on("lost:/data"));
        story.repo().push("Add them");
        var held = Story.expect(3, story.apply());
        assertThat(held.out())
                .contains("direct (in-use)", "which linked claims as /srv/link", "linked (in-use)")
                .contains("hand-bind (in-use)", "hand-volume (in-use)")
                .contains("contested (in-use)", "container stranger mounts it")
                .contains("missing (bind-missing)", "/srv/lost");
        assertThat(held.out()).contains("inside (bind-");
        assertThat(story.services()).containsExactly("disguised", "many", "one", "reader", "writer");
        assertThat(nodes("many")).containsExactlyInAnyOrder("node1", "node2", "node3");
        assertThat(nodes("reader")).containsExactly("node2", "node2");
        assertThat(story.run("survey").out())
                .contains("volume hand", "binds /srv/hand", "path /srv/link: directory, is /srv/a");

        story.repo().remove("apps/linked.yaml").remove("apps/hand-volume.yaml").remove("apps/inside.yaml");
        story.repo().remove("apps/contested.yaml").remove("apps/missing.yaml");
        story.repo().app("team-a", Apps.volume("same")).app("team-b", Apps.volume("same"));
        story.repo().app("beside", on("/srv/disk/sub:/data"));
        story.repo().write("apps/writer.yaml", "name: writer\nimage: [\n").app("thief", on("w-data:/data"));
        story.repo().push("Two teams pick the same, and a file breaks");
        var failed = Story.expect(1, story.apply());
        assertThat(failed.all())
                .contains("the volume \"same\" belongs to", "\"team-a\"", "\"team-b\"")
                .contains("the host path \"/srv/disk/sub\" lies in \"/srv/disk\"", "\"disguised\"", "\"beside\"")
                .contains("thief (in-use)", "app writer has it");
        assertThat(story.services())
                .containsExactly("direct", "disguised", "hand-bind", "many", "one", "reader", "writer");

        story.repo().app("writer", on("w-data:/data"));
        for (var app : new String[] {"team-a", "team-b", "beside", "thief"}) {
            story.repo().remove("apps/" + app + ".yaml");
        }
        story.repo().app("direct", on("/srv/a:/data"), "environment: { A: b }");
        story.repo().app("late", on("/srv/link:/data"));
        story.repo().push("Another disk where the directory was, and a link to one that is taken");
        swarm.node(2).exec("mount", "-t", "tmpfs", "tmpfs", "/srv/a");
        var changed = Story.expect(3, story.apply());
        assertThat(changed.out())
                .contains("direct (bind-changed)", "node2:/srv/a", "late (in-use)", "app direct has it");
    }

    private java.util.List<String> nodes(String service) {
        return swarm.docker("service", "ps", service, "--filter=desired-state=running", "--format={{.Node}}")
                .lines()
                .toList();
    }

    private static String on(String... directories) {
        return "persistent: { node: node2, directories: [" + String.join(", ", directories) + "] }";
    }
}

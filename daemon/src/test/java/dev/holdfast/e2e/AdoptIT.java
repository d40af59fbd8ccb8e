package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What others have made, by hand, with `docker stack deploy` and as CapRover makes it, is taken over as it runs.
class AdoptIT {

    private static final String RUNS = "command: [sh, -c, \"trap 'exit 0' TERM; while true; do sleep 0.2; done\"]";

    private static final String STACK = """
        version: "3.8"
        services:
          db:
            image: demo:1
            %s
            stop_grace_period: 1s
            volumes: ["data:/data"]
            ports: ["8085:80"]
            deploy: { placement: { constraints: [node.hostname==node2] } }
        volumes: { data: { labels: { tier: slow } } }
        """;

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void servicesAndVolumesOfOthersAreHeldThenAdoptedAsTheyRun() {
        story.repo().write("stack.yaml", STACK.formatted(RUNS));
        var stack = story.repo().work().resolve("stack.yaml").toString();
        swarm.docker("stack", "deploy", "--resolve-image=never", "-c", stack, "shop");
        var node3 = swarm.docker("node", "inspect", "node3", "--format={{.ID}}");
        swarm.docker(
                "service",
                "create",
                "-d",
                "--no-resolve-image",
                "--name=srv-captain--blog",
                "--constraint=node.id==" + node3,
                "--mount=type=volume,src=captain--blog-data,dst=/data",
                "--stop-grace-period=1s",
                "--env=A=b",
                "demo:1",
                "sleep",
                "1000000");
        swarm.node(3)
                .docker("volume", "create", "--label=by=hand", "--opt=type=tmpfs", "--opt=device=tmpfs", "by-hand");
        swarm.node(2).docker("volume", "create", "old_wiki-data");
        var services = List.of("shop_db", "srv-captain--blog");
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        services.stream().allMatch(name -> story.running(name).size() == 1));
        var tasks = services.stream().map(story::running).toList();

        story.repo().write("holdfast.yaml", "networks: { shop_default: { external: true } }\n");
        var db = new String[] {
            RUNS,
            "networks: { shop_default: { aliases: [db] } }",
            "ports: [\"8085:80\"]",
            Apps.volume("shop_data"),
            "deploy: { placement: { constraints: [node.hostname==node2] } }"
        };
        var blog = new String[] {
            "command: [sleep, \"1000000\"]", "environment: { A: b }", Apps.volume("captain--blog-data")
        };
        story.repo().app("shop_db", db).app("srv-captain--blog", blog);
        story.repo().app("found", Apps.volume("by-hand")).app("wiki", Apps.volume("wiki-data"));
        story.repo().push("Take them over");
        var held = Story.expect(3, story.apply());
        assertThat(held.out())
                .contains("shop_db, srv-captain--blog (not-ours)", "found (not-ours)", "adopt: true")
                .contains("volume by-hand on node3 is there")
                .contains("wiki (similar-volume)", "old_wiki-data on node2", "leave: [old_wiki-data]");
        assertThat(story.services()).isEqualTo(services);
        assertThat(story.writes()).as("not touched").noneMatch(write -> write.contains("/services/"));

        story.repo().app("shop_db", with(db, "adopt: true")).app("srv-captain--blog", with(blog, "adopt: true"));
        story.repo().app("found", Apps.volume("by-hand"), "adopt: true");
        story.repo().app("wiki", "persistent: { leave: [old_wiki-data], directories: [wiki-data:/data] }");
        var adopted = story.applied("Adopt them");
        assertThat(services.stream().map(story::running).toList())
                .as("not restarted: " + adopted.all())
                .isEqualTo(tasks);
        assertThat(story.inspect("shop_db", "{{json .Spec.TaskTemplate.Placement}}"))
                .contains("node.id==", "\"MaxReplicas\":1");
        assertThat(swarm.node(2).docker("volume", "inspect", "shop_data", "--format={{json .Labels}}"))
                .contains("\"tier\":\"slow\"", "com.docker.stack.namespace");
        assertThat(swarm.node(3).docker("volume", "inspect", "by-hand", "--format={{json .}}"))
                .contains("\"by\":\"hand\"", "tmpfs");

        var again = Story.expect(0, story.apply());
        assertThat(story.writes()).as(again.all()).isEmpty();
        assertThat(again.out()).contains("adopt-done", "remove the line adopt: true");

        story.repo().remove("apps/shop_db.yaml").remove("apps/found.yaml");
        var removed = story.applied("Let two of them go");
        assertThat(removed.out()).contains("shop_data stays on node2 as an orphan", "by-hand stays on node3");
    }

    private static String[] with(String[] lines, String more) {
        var all = java.util.Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = more;
        return all;
    }
}

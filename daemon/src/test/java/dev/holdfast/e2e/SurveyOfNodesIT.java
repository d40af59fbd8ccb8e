package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What lies on the disks of several nodes, some of which cannot be looked at.
class SurveyOfNodesIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String ANYTHING_GOES = "brakes: { max_removals: 100% }\n";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void orphansOfAllNodesAreToldWithTheirStory() {
        swarm.node(3).exec("mkdir", "-p", "/srv/my files", "/srv/archive/live");
        story.repo()
                .write("holdfast.yaml", ANYTHING_GOES + "orphans: { ignore: [\"tmp-*\"] }\n")
                .app("keep")
                .app("db", on("node2", "db-data:/data"))
                .app("files", on("node3", "\"/srv/my files:/files\""))
                .app("archive", on("node3", "/srv/archive:/archive"))
                .app("given", on("node3", "given-data:/data"))
                .app("scratch", on("node3", "tmp-scratch:/data"));
        story.applied("Add them");
        for (var app : List.of("db", "files", "archive", "given", "scratch")) {
            story.repo().remove("apps/" + app + ".yaml");
        }
        story.repo().app("live", on("node3", "/srv/archive/live:/data"));
        story.applied("Shut it all down");
        var commit = story.repo().git("rev-parse", "HEAD");

        swarm.node(2).docker("run", "-d", "--name=backup", "-v", "db-data:/x:ro", "demo:1", "sleep", "1000");
        swarm.node(2).docker("run", "-d", "-v", "by-hand:/x", "-v", "/nameless", "demo:1", "sleep", "1000");
        swarm.node(3).docker("volume", "create", "unused");
        var nameless = swarm.node(3).docker("volume", "create");
        swarm.docker(
                "service",
                "create",
                "-d",
                "--no-resolve-image",
                "--name=foreign",
                "--constraint=node.hostname==node3",
                "--mount=type=volume,src=given-data,dst=/x",
                "--mount=type=volume,src=foreign-data,dst=/y",
                "demo:1",
                "sleep",
                "1000");
        await().atMost(SOON)
                .until(() -> swarm.node(3).docker("volume", "ls", "-q").contains("foreign-data"));

        var told = Story.expect(0, story.run("orphans", "--all", "--size", "-o", "json"));
        var report = json(told.out());
        var orphans = new TreeMap<String, JsonNode>();
        report.path("orphans").forEach(orphan -> orphans.put(orphan.path("name").asText(), orphan));
        assertThat(orphans.keySet())
                .containsExactlyInAnyOrder("db-data", "/srv/my files", "/srv/archive", "unused", nameless);
        assertThat(report.path("ignored").asInt()).isEqualTo(1);

        var db = orphans.get("db-data");
        assertThat(db.at("/node/hostname").asText()).isEqualTo("node2");
        assertThat(List.of(db.path("app"), db.path("target"), db.path("presence")))
                .extracting(JsonNode::asText)
                .containsExactly("db", "/data", "present");
        assertThat(List.of(db.path("author"), db.path("subject"), db.path("commit")))
                .extracting(JsonNode::asText)
                .containsExactly("Ada", "Shut it all down", commit);
        assertThat(List.of(db.path("since"), db.path("lastSeen")))
                .allSatisfy(time -> assertThat(time.asText()).matches("20.*Z"));
        assertThat(db.path("sizeBytes").isNumber()).isTrue();
        assertThat(db.path("withheld").asText()).contains("container backup");
        assertThat(orphans.get("/srv/my files").path("cleanup").asText()).isEqualTo("rm -rf -- '/srv/my files'");
        assertThat(orphans.get("/srv/archive").path("withheld").asText()).contains("/srv/archive/live");
        assertThat(orphans.get("unused").path("cleanup").asText()).isEqualTo("docker volume rm unused");

        assertThat(story.run("orphans", "-o", "markdown").out())
                .contains("| volume `db-data` | `node2` | `db` at `/data` |", "git revert " + commit, "1 more ignored")
                .doesNotContain("tmp-scratch", "unused");

        swarm.node(2).docker("rm", "-f", "backup");
        swarm.node(2).docker("volume", "rm", "db-data");
        assertThat(story.run("orphans").out()).doesNotContain("db-data").contains("/srv/my files");
        swarm.node(2).docker("volume", "create", "db-data");
        assertThat(story.run("orphans").out()).as("disks come back").contains("db-data");
        assertThat(swarm.docker("service", "ls", "--format={{.Name}}").lines())
                .containsExactlyInAnyOrder("foreign", "keep", "live");
    }

    @Test
    void aNodeThatCannotBeLookedAtIsUnknownAndNeverEmpty() {
        story.repo()
                .write("holdfast.yaml", ANYTHING_GOES)
                .app("keep")
                .app("two", on("node2", "two-data:/data"))
                .app("three", on("node3", "three-data:/data"));
        story.applied("Add them");
        story.repo().remove("apps/two.yaml").remove("apps/three.yaml");
        story.applied("Remove them");

        swarm.docker("node", "update", "--availability=pause", "node2");
        swarm.node(3).stopEngine();
        await().atMost(SOON)
                .until(() -> swarm.docker("node", "inspect", "node3", "--format={{.Status.State}}"), "down"::equals);
        assertThat(presences()).containsExactly("three-data unknown", "two-data unknown");

        story.repo()
                .app("found", Apps.volume("found-data"))
                .app("named", on("node1", "named-data:/data"))
                .app("web")
                .push("Three more");
        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("found (data-unknown)", "node2, node3 could not be looked at");
        assertThat(story.services()).containsExactly("keep", "named", "web");

        swarm.node(3).startEngine();
        swarm.docker("node", "update", "--availability=drain", "node3");
        await().atMost(SOON)
                .until(() -> swarm.docker("node", "inspect", "node3", "--format={{.Status.State}}"), "ready"::equals);
        assertThat(presences()).containsExactly("three-data unknown", "two-data unknown");

        swarm.docker("node", "update", "--availability=active", "node2");
        swarm.docker("node", "update", "--availability=active", "node3");
        Story.expect(0, story.apply());
        assertThat(story.services()).containsExactly("found", "keep", "named", "web");
        assertThat(presences()).containsExactly("three-data present", "two-data present");
    }

    @Test
    void anImageThatCannotBeHadHoldsOnlyTheAppsThatMustBeLookedFor() {
        story.repo().app("db", on("node2", "db-data:/data")).app("old", on("node2", "old-data:/data"));
        story.applied("Add db");
        swarm.node(3).exec("mkdir", "-p", "/srv/x");
        story.repo()
                .write("holdfast.yaml", "survey: { image: \"127.0.0.1:9/nosuch:1\" }\n")
                .app("db", on("node2", "db-data:/data"), "environment: { A: b }")
                .app("fresh", on("node2", "fresh-data:/data"))
                .app("bind", on("node3", "/srv/x:/data"))
                .app("anywhere", Apps.volume("anywhere-data"))
                .app("web")
                .remove("apps/old.yaml")
                .push("Another image for the look");

        var held = Story.expect(3, story.apply());
        assertThat(held.out())
                .contains("fresh (data-unknown)", "bind (bind-unknown)", "anywhere (data-unknown)")
                .contains(
                        "(survey-incomplete)",
                        "node1, node2, node3 (No such image: 127.0.0.1:9/nosuch:1)",
                        "survey.image in holdfast.yaml")
                .doesNotContain("! db (", "! web (", "! old (");
        assertThat(story.services()).containsExactly("db", "web");
        assertThat(story.inspect("db", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .contains("A=b");
        var orphans = Story.expect(0, story.run("orphans"));
        assertThat(orphans.out()).contains("old-data", "unknown");
        assertThat(orphans.err()).contains("survey.image in holdfast.yaml");
        assertThat(Story.expect(1, story.run("survey")).out()).contains("survey.image", "unknown");
    }

    @Test
    void dataThatAnImageKeepsAndNobodyDeclaredIsWarnedOf() {
        keeps(1, "keeps-here:1");
        keeps(2, "keeps-here:1");
        keeps(2, "keeps-there:1");
        var there = "deploy: { placement: { constraints: [node.hostname==node2] } }";
        story.repo().app("here", "image: keeps-here:1", there).app("there", "image: keeps-there:1", there);
        story.repo().app("covered", "image: keeps-here:1", on("node2", "kept:/keeps"));
        story.repo().push("Add them");
        var plan = Story.expect(0, story.run("plan"));
        assertThat(plan.out())
                .as("the manager has that image")
                .contains("here: its image keeps data at /keeps", "undeclared-volume")
                .doesNotContain("there: its image", "covered: its image");
        assertThat(story.writes()).isEmpty();

        var applied = Story.expect(0, story.apply());
        assertThat(story.run("plan").out())
                .as("seen on its node, and remembered: " + applied.out())
                .contains("here: its image keeps data at /keeps", "there: its image keeps data at /keeps")
                .doesNotContain("covered: its image");
        var status = json(story.run("status", "-o", "json").out()).path("apps");
        for (var app : status) {
            assertThat(app.at("/warnings/0/code").asText())
                    .as(app.toString())
                    .isEqualTo(app.path("name").asText().equals("covered") ? "" : "undeclared-volume");
        }
        assertThat(story.run("status").out()).contains("warning: its image keeps data at /keeps");

        swarm.node(2).docker("volume", "create");
        story.repo().remove("apps/covered.yaml").push("An orphan, and so a look");
        assertThat(story.apply("--allow-removals").out())
                .contains("node node2 has 1 volume without a name", "(anonymous-volumes)")
                .doesNotContain("node node1 has", "node node3 has");
        assertThat(story.run("survey").out())
                .containsPattern("volume [0-9a-f]{64}, made [^\\n]*, without a name of its own, used by there\\n");
    }

    /// Makes an image on that node that declares a `VOLUME`.
    private static void keeps(int node, String name) {
        var container = swarm.node(node).docker("create", "demo:1");
        swarm.node(node).docker("commit", "--change", "VOLUME /keeps", container, name);
        swarm.node(node).docker("rm", container);
    }

    private static String on(String node, String directory) {
        return "persistent: { node: " + node + ", directories: [" + directory + "] }";
    }

    /// `NAME PRESENCE` of each orphan.
    private List<String> presences() {
        var report = json(Story.expect(0, story.run("orphans", "-o", "json")).out());
        return report.path("orphans")
                .valueStream()
                .map(orphan -> orphan.path("name").asText() + " "
                        + orphan.path("presence").asText())
                .sorted()
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}

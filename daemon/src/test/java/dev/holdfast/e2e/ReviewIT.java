package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.Cli;
import dev.holdfast.testing.PrivateSwarm;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What a reviewer is told of a change that nobody has merged, against the live Swarm: and nothing is written.
class ReviewIT {

    private static final String PULL = "refs/pull/12/merge";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @TempDir
    private Path folder;

    @BeforeEach
    void applied() {
        story.repo().app("db", Apps.volume("data")).app("web").push("Base");
        Story.expect(0, story.runOn(story.repo().url(), "apply"));
    }

    /// A commit that is on no branch, as forges keep pull requests.
    private void pullRequest() {
        story.repo().git("add", "-A");
        story.repo().git("commit", "-q", "-m", "Proposal");
        story.repo().git("push", "-q", "-f", "origin", "HEAD:" + PULL);
    }

    @Test
    void aPullRequestIsPlannedAgainstWhatReallyRuns() throws Exception {
        swarm.docker("service", "scale", "--detach", "web=2");
        story.repo()
                .app("db", Apps.volume("other"), "image: demo:2")
                .app("new", "image: nosuch:1")
                .app("web", "timeout: 9m");
        pullRequest();

        var plan = Story.expect(3, story.runOn(story.repo().url(), "plan", "--ref", PULL));
        assertThat(plan.out())
                .contains("db (gives-up-data)", "leave: [data]", "image: demo:1 → demo:2")
                .contains("Then db starts with volume other on ", "web: timeout: 5m → 9m", "1 setting changed")
                .contains("+ create new: nosuch:1")
                .contains("deploy.replicas: 2 → 1", "web: changed by hand", "(drifted)");
        assertThat(story.proxy().writes()).isEmpty();

        var token = Files.writeString(folder.resolve("token"), "sesame\n");
        var port = freePort();
        var settings = Files.writeString(folder.resolve("daemon.yaml"), """
            repository: { url: "%s", branch: main }
            schedule: { reconcile: 1h }
            docker: { host: "%s" }
            state_dir: %s
            http: { listen: "127.0.0.1:%d", token_file: %s }
            """.formatted(
                        story.repo().url(), story.proxy().dockerHost(), folder.resolve("state"), port, token));
        try (var daemon = Child.start("daemon", "--config", settings.toString());
                var client = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> daemon.output().contains("commit "));
            story.proxy().clear();
            var page = get(client, port, PULL, "sesame", "text/markdown");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("### Holdfast plan", "gives-up-data", "`new`", "| create |", "image-unresolved");
            assertThat(get(client, port, PULL, "sesame", "application/json").body())
                    .contains("\"code\" : \"gives-up-data\"");
            assertThat(get(client, port, PULL, "guess", "text/markdown").statusCode())
                    .isEqualTo(401);
            assertThat(get(client, port, "no-such-branch", "sesame", "text/markdown")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(get(client, port, "--upload-pack=x", "sesame", "text/markdown")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(story.proxy().writes()).isEmpty();
            daemon.terminate();
            assertThat(daemon.await(Duration.ofSeconds(20))).as(daemon.output()).isZero();
        }

        var planned = Story.expect(3, Cli.run("plan", "--config", settings.toString(), "--ref", PULL));
        assertThat(planned.out()).contains("gives-up-data");
    }

    @Test
    void whatThePlanSaysOfAChangeIsWhatComesOfIt() {
        var before = story.running("db").toString() + story.running("web");

        var stack = "--label=com.docker.stack.namespace=shop";
        swarm.docker("service", "create", "--detach", "--name=shop_web", stack, "--replicas=0", "demo:1");
        story.repo().write("holdfast.yaml", "cluster: shop\n").push("The name of a stack");
        var taken = Story.expect(1, story.runOn(story.repo().url(), "plan", "-o", "markdown"));
        assertThat(taken.out()).contains("holdfast:plan:shop", "Nothing would be applied", "docker stack rm shop");
        swarm.docker("service", "rm", "shop_web");

        story.repo().write("holdfast.yaml", "cluster: renamed\n").push("Another cluster name");
        var renamed = Story.expect(3, story.runOn(story.repo().url(), "plan"));
        assertThat(renamed.out())
                .containsOnlyOnce("this commit renames the cluster")
                .contains("! db, web (cluster-renamed)", "cluster: default")
                .doesNotContain("not-ours");
        Story.expect(3, story.runOn(story.repo().url(), "apply"));
        assertThat(story.writes()).isEmpty();

        story.repo().write("holdfast.yaml", """
            volumes: { data: { driver_opts: { type: tmpfs, device: tmpfs, o: size=1m } } }
            defaults: { deploy: { placement: { constraints: [node.labels.disk == ssd] } } }
            """).push("Other options, and a constraint");
        swarm.docker("node", "update", "--label-add", "disk=ssd", swarm.docker("node", "ls", "-q"));
        var differs = Story.expect(3, story.runOn(story.repo().url(), "plan"));
        assertThat(differs.out())
                .contains("! db (volume-differs)", "leave: [data]", "~ update web (no restart)", "1 held");
        var applied = Story.expect(3, story.runOn(story.repo().url(), "apply"));
        assertThat(applied.out()).contains("! db (volume-differs)", "leave: [data]");
        assertThat(story.running("db").toString() + story.running("web")).isEqualTo(before);
    }

    @Test
    void whatNobodyWouldOwnAnyMoreIsNamedBeforeItIsSo() {
        story.repo().remove("apps/db.yaml");
        pullRequest();

        var plan = Story.expect(0, story.runOn(story.repo().url(), "plan", "--ref", PULL));
        assertThat(plan.out()).contains("- remove db", "Orphans", "volume data on ");
        var json = Story.expect(0, story.runOn(story.repo().url(), "plan", "--ref", PULL, "-o", "json"));
        assertThat(json.out()).contains("\"cleanup\" : \"docker volume rm data\"", "\"subject\" : \"Proposal\"");
        assertThat(story.proxy().writes()).isEmpty();
    }

    @Test
    void aSavedPlanIsAppliedAsItWasReadOrNotAtAll() {
        var file = folder.resolve("plan.json").toString();
        var dirty = story.repo().app("web", "image: demo:2").work().toString();
        assertThat(Story.expect(1, story.runOn(dirty, "plan", "--out", file)).err())
                .contains("a plan can only be saved of a commit");

        story.repo().push("New image");
        Story.expect(0, story.runOn(story.repo().url(), "plan", "--out", file));
        Story.expect(0, story.runOn(story.repo().url(), "apply", file));
        assertThat(story.image("web")).isEqualTo("demo:2");
        assertThat(Story.expect(1, story.runOn(story.repo().url(), "apply", file))
                        .err())
                .as("it was applied already")
                .contains("out of date", "service web has changed");

        story.repo().app("web", "image: demo:1").push("Back again");
        Story.expect(0, story.runOn(story.repo().url(), "plan", "--out", file));
        swarm.docker("service", "update", "--detach", "--env-add", "BY=hand", "web");
        var refused = Story.expect(1, story.runOn(story.repo().url(), "apply", file));
        assertThat(refused.err()).contains("nothing was touched", "service web has changed (version ");
        assertThat(story.proxy().writes()).isEmpty();

        Story.expect(0, story.runOn(story.repo().url(), "plan", "--out", file));
        var next = story.repo().app("another").push("Somebody else");
        var late = Story.expect(1, story.runOn(story.repo().url(), "apply", file));
        assertThat(late.err()).contains("the repository is at " + next);
        assertThat(story.services()).containsExactly("db", "web");
    }

    private static HttpResponse<String> get(HttpClient client, int port, String ref, String token, String accept)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/plan?ref=" + ref))
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

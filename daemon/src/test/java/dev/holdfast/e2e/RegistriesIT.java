package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DebianRegistry;
import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Private registries and tags that move: with passwords and with tokens, over TLS, and one that goes away.
class RegistriesIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @TempDir
    Path folder;

    @Test
    void workersPullWithItsCredentialsAndMovedTagsAreFollowed() throws Exception {
        try (var registries = new DebianRegistry(swarm, folder)) {
            var withPasswords = registries.withPasswords(5000);
            var withTokens = registries.withTokens(5001);
            var image = withPasswords + "/team/app:1";
            var one = push(registries, "demo:1", image);
            registries.push("demo:3", withTokens + "/team/api:1");
            registries.push("docker:cli", withPasswords + "/team/docker-cli:1");
            theExample(withPasswords, withTokens, image);
            story.repo()
                    .write(
                            "apps/db.yaml",
                            Apps.app("db", "image: " + image, "image_policy: follow", Apps.volume("data")));
            story.repo().push("Images of our own");

            try (var daemon = daemon(withPasswords, withTokens)) {
                await(
                        daemon,
                        () -> story.running("web").size() == 1
                                && story.running("back_api").size() == 1
                                && story.running("db").size() == 1);
                assertThat(story.image("web")).as(daemon.output()).isEqualTo(image + "@" + one);
                assertThat(daemon.output())
                        .as("each node was looked at with an image of the registry")
                        .doesNotContain("survey-incomplete");
                aMovedTagIsRolledOutOnce(daemon, registries, image);
                whoHasNoCredentialsIsToldWhatToDo(withTokens);
                whatRunsStaysWhileTheRegistryIsAway(daemon, registries);
                noSecretIsAnywhere(daemon.output());
            }
        }
    }

    /// With programs that only wait, each on another worker.
    private void theExample(String withPasswords, String withTokens, String image) throws IOException {
        var example = Path.of("../examples/private-registry").toAbsolutePath().normalize();
        var waits = Apps.app("x").lines().skip(2).limit(2).collect(Collectors.joining("\n", "", "\n"));
        story.repo()
                .write(
                        "holdfast.yaml",
                        Files.readString(example.resolve("holdfast.yaml"))
                                .replace("registry.example.com", withPasswords)
                                .replace("cluster: production", ""));
        story.repo()
                .write(
                        "apps/web.yaml",
                        Files.readString(example.resolve("apps/web.yaml"))
                                        .replace("registry.example.com/team/web:stable", image)
                                + waits + on("node3") + "\n");
        story.repo()
                .write(
                        "stacks/back/compose.yaml",
                        Files.readString(example.resolve("stacks/back/compose.yaml"))
                                        .replace("registry.example.com", withTokens)
                                + "      placement: { constraints: [node.hostname==node2] }\n"
                                + waits.indent(4));
    }

    private void aMovedTagIsRolledOutOnce(Child daemon, DebianRegistry registries, String image) {
        var commit = story.inspect("web", "{{index .Spec.Labels \"dev.holdfast.commit\"}}");
        var id = story.inspect("web", "{{.ID}}");
        var db = story.inspect("db", "{{.ID}}");
        var writes = updates(id).size();
        var two = push(registries, "demo:2", image);
        await(
                daemon,
                () -> story.image("web").equals(image + "@" + two)
                        && story.image("db").equals(image + "@" + two)
                        && story.running("web").size() == 1
                        && story.running("db").size() == 1);
        await(
                daemon,
                () -> daemon.output().contains("web: tag moved: " + image + " was sha256:")
                        && daemon.output().contains("db: tag moved"));
        assertThat(story.inspect("web", "{{index .Spec.Labels \"dev.holdfast.commit\"}}"))
                .isEqualTo(commit);
        assertThat(updates(id)).as("one update").hasSize(writes + 1);
        assertThat(updates(db))
                .as("an app with data is stopped first")
                .anySatisfy(update -> assertThat(
                                update.json().at("/Mode/Replicated/Replicas").asInt(1))
                        .isZero());

        swarm.docker("service", "update", "-d", "--no-resolve-image", "--image=" + image, "web");
        await(daemon, () -> story.image("web").equals(image + "@" + two));
        await(daemon, () -> story.running("web").size() == 1);
    }

    private void whoHasNoCredentialsIsToldWhatToDo(String registry) {
        story.repo().write("apps/new.yaml", Apps.app("new", "image: " + registry + "/team/other:1"));
        var plan = Story.expect(0, story.run("plan"));
        assertThat(plan.out()).contains("(image-unresolved)", registry + " asks for credentials", "docker login");
        story.repo().remove("apps/new.yaml");
    }

    private void whatRunsStaysWhileTheRegistryIsAway(Child daemon, DebianRegistry registries) {
        await(
                daemon,
                () -> daemon.output()
                                .lines()
                                .filter(line -> line.contains("web: converged"))
                                .count()
                        >= 3);
        var tasks = List.of(story.running("web"), story.running("back_api"), story.running("db"));
        registries.stop();
        await(daemon, () -> daemon.output().contains("(tag-unresolved)"));
        assertThat(daemon.output()).contains("connection refused", "could not be reached", "It stays at sha256:");
        assertThat(List.of(story.running("web"), story.running("back_api"), story.running("db")))
                .isEqualTo(tasks);
    }

    private void noSecretIsAnywhere(String log) {
        var secret = DebianRegistry.PASSWORD;
        assertThat(story.proxy().requests())
                .as("it is shown in a header, and written nowhere")
                .noneMatch(request -> new String(request.body(), StandardCharsets.UTF_8).contains(secret))
                .anyMatch(request -> request.headers().containsKey("x-registry-auth"));
        var configs = swarm.docker("config", "ls", "-q").lines().findFirst().orElseThrow();
        var everything = log
                + swarm.docker("service", "inspect", "web", "back_api", "db")
                + swarm.docker("config", "inspect", configs)
                + story.run("status").all();
        assertThat(everything).doesNotContain(secret, pair(), pair().substring(0, pair().length() - 4));
    }

    /// @return the digest that it has there
    private static String push(DebianRegistry registries, String image, String as) {
        var digest = registries.push(image, as);
        assertThat(digest).startsWith("sha256:");
        return digest;
    }

    private List<RecordedRequest> updates(String service) {
        return story.proxy().writes().stream()
                .filter(write -> write.path().endsWith("/services/" + service + "/update"))
                .toList();
    }

    private static String on(String node) {
        return "deploy: { update_config: { monitor: 1s }, placement: { constraints: [node.hostname==" + node + "] } }";
    }

    private static String pair() {
        return Base64.getEncoder()
                .encodeToString((DebianRegistry.USER + ":" + DebianRegistry.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    /// The one registry's credentials are in Docker's configuration, the other's in a credential helper.
    private Child daemon(String withPasswords, String withTokens) throws IOException {
        var config = Files.writeString(folder.resolve("config.json"), """
            {"auths": {"%s": {"auth": "%s"}}, "credHelpers": {"%s": "story"}}
            """.formatted(withPasswords, pair(), withTokens));
        var helper = Files.writeString(
                folder.resolve("docker-credential-story"), """
                    #!/bin/sh
                    read server
                    echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"%s\\",\\"Secret\\":\\"%s\\"}"
                    """.formatted(DebianRegistry.USER, DebianRegistry.PASSWORD));
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        var settings = Files.writeString(folder.resolve("daemon.yaml"), """
            repository: { url: "%s", branch: main }
            schedule: { reconcile: 1h, images: 3s }
            docker: { host: "%s", registry_config: %s }
            state_dir: %s
            """.formatted(
                        story.repo().url(), story.proxy().dockerHost(), config, folder.resolve("state")));
        return Child.start(
                Map.of("PATH", folder + ":" + System.getenv("PATH")), "daemon", "--config", settings.toString());
    }

    private static void await(Child daemon, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(LONG)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .untilAsserted(
                        () -> assertThat(condition.call()).as(daemon.output()).isTrue());
    }
}

package dev.holdfast.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The ground that the other tests stand on holds.
class PrivateSwarmIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @Test
    void aServiceRunsWithinSeconds() {
        swarm.docker("service", "create", "--detach", "--name", "web", "demo:1", "sleep", "1000");

        await().atMost(Duration.ofSeconds(10)).until(() -> tasks("web"), state -> state.startsWith("Running"));
    }

    @Test
    void aResetLeavesNothingOfATestBehind() {
        var node = swarm.node(1);
        swarm.docker("network", "create", "--driver", "overlay", "backend");
        swarm.docker("volume", "create", "data");
        node.exec("sh", "-c", "echo x | docker config create file - && mkdir /srv/db && mount -t tmpfs disk /srv/db");
        swarm.docker("service", "create", "--detach", "--name=db", "--network=backend", "demo:1", "sleep", "1000");
        swarm.docker("node", "update", "--availability", "drain", "--label-add", "disk=ssd", node.hostname());

        swarm.reset();

        assertThat(swarm.docker("service", "ls", "-q")).isEmpty();
        assertThat(swarm.docker("volume", "ls", "-q")).isEmpty();
        assertThat(swarm.docker("config", "ls", "-q")).isEmpty();
        assertThat(swarm.docker("network", "ls", "--format={{.Name}}")).doesNotContain("backend");
        assertThat(swarm.docker("node", "ls", "--format={{.Availability}}")).isEqualTo("Active");
        assertThat(node.exec("ls", "/srv")).isEmpty();
    }

    @Test
    void aTestThatRuinsTheSwarmDoesNotRuinTheNext() {
        swarm.docker("swarm", "leave", "--force");

        swarm.reset();

        assertThat(swarm.docker("node", "ls", "--format={{.Status}}")).isEqualTo("Ready");
    }

    @Test
    void theProxyWritesDownWhatAProgramAsks() {
        try (var proxy = RecordingProxy.to(swarm.dockerHost())) {
            swarm.docker(proxy, "service", "create", "--detach", "--name", "web", "demo:1", "sleep", "1000");

            assertThat(proxy.writes()).extracting(Object::toString).containsExactly("POST /services/create");
            assertThat(proxy.writes().getFirst().json().path("Name").asText()).isEqualTo("web");
            assertThat(proxy.requests()).extracting(RecordedRequest::method).contains("GET");
            assertThat(swarm.docker(proxy, "run", "--rm", "demo:2", "cat", "/version"))
                    .as("a hijacked stream")
                    .isEqualTo("2");
        }
    }

    @Test
    void theProxyMakesTheTroubleItIsToldTo() {
        try (var proxy = RecordingProxy.to(swarm.dockerHost());
                var engine = new EngineHttp(proxy.dockerHost())) {
            proxy.atWrite(1, new Trouble.Answer(503, "not now"));
            proxy.atWrite(2, new Trouble.CutBefore());
            proxy.atWrite(3, new Trouble.CutAfter());

            assertThat(createVolume(engine, "one").status()).isEqualTo(503);
            assertThatThrownBy(() -> createVolume(engine, "two")).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> createVolume(engine, "three")).isInstanceOf(RuntimeException.class);

            assertThat(swarm.docker("volume", "ls", "-q"))
                    .as("the third was done, but nobody was told")
                    .isEqualTo("three");
            assertThat(createVolume(engine, "four").status()).isEqualTo(201);
        }
    }

    @Test
    void aSwarmWhoseOwnerWasKilledIsSwept() throws IOException {
        var folder = Files.createTempDirectory("holdfast-");
        var script = RunningSwarm.script();
        var command = "'%s' start '%s' --owner $$ && kill -9 $$".formatted(script, folder);
        Command.attempt(Duration.ofMinutes(1), List.of("bash", "-c", command));
        assertThat(folder.resolve("1/docker.sock")).exists();

        RunningSwarm.sweep();

        assertThat(folder).doesNotExist();
        assertThat(Command.attempt(Duration.ofSeconds(10), List.of("pgrep", "-f", folder + "/"))
                        .out())
                .isEmpty();
        assertThat(swarm.docker("node", "ls", "-q")).as("ours lives").isNotEmpty();
    }

    @Nested
    class WithTwoNodesOfTheNewestEngine {

        @RegisterExtension
        static final PrivateSwarm two = PrivateSwarm.ofNodes(2).engine("sid");

        @Test
        void eachNodeHasItsOwnDirectories() {
            two.node(1).exec("mkdir", "/srv/only-here");

            assertThat(two.node(1).exec("ls", "/srv")).isEqualTo("only-here");
            assertThat(two.node(2).exec("ls", "/srv")).isEmpty();
            assertThat(two.node(2).exec("hostname")).isEqualTo("node2");
        }

        @Test
        void aNodeCanBeCutOffAndComesBack() {
            two.node(2).cutOff();
            awaitStatus("Down");

            two.node(2).heal();
            awaitStatus("Ready");
        }

        @Test
        void anEngineThatWasKilledKeepsItsVolumes() {
            two.node(2).docker("volume", "create", "data");

            two.node(2).kill();
            two.node(2).startEngine();

            assertThat(two.node(2).docker("volume", "ls", "-q")).isEqualTo("data");
        }

        private void awaitStatus(String status) {
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> two.docker("node", "ls", "--filter=name=node2", "--format={{.Status}}"),
                            status::equals);
        }
    }

    private static String tasks(String service) {
        return swarm.docker("service", "ps", service, "--format", "{{.CurrentState}}");
    }

    private static EngineHttp.Answer createVolume(EngineHttp engine, String name) {
        return engine.post("/volumes/create", "{\"Name\":\"%s\"}".formatted(name));
    }
}

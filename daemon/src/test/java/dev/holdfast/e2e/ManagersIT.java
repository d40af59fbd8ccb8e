package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.Cli;
import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.RecordingProxy;
import dev.holdfast.testing.SwarmNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A daemon on each of three managers, and a command line beside them.
class ManagersIT {

    private static final Duration SOON = Duration.ofMinutes(3);

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3).managers(3);

    private ConfigRepo repo;
    private final List<Manager> managers = new ArrayList<>();

    /// A manager with its daemon.
    private record Manager(SwarmNode node, RecordingProxy proxy, Child daemon) implements AutoCloseable {

        long creations(String service) {
            return proxy.writes().stream()
                    .filter(write -> write.path().equals("/services/create")
                            && write.json().path("Name").asText().equals(service))
                    .count();
        }

        @Override
        public void close() {
            daemon.close();
            proxy.close();
        }
    }

    @BeforeEach
    void open() {
        repo = ConfigRepo.create();
    }

    @AfterEach
    void close() {
        managers.forEach(Manager::close);
        repo.close();
    }

    @Test
    void onlyTheLeadersDaemonActsAndWhenItDiesInARunAnotherGoesOn() {
        repo.app("web").push("Add web");
        swarm.nodes().forEach(node -> managers.add(start(node)));
        var leader = leader(1);
        var others = managers.stream().filter(manager -> manager != leader).toList();
        awaitWord(leader, "web: converged");
        for (var other : others) {
            awaitWord(other, "standing by");
            assertThat(other.proxy().writes()).isEmpty();
        }

        repo.app("more").push("Add more");
        var applied = Cli.run(
                "apply",
                "--repo",
                repo.url(),
                "--docker-host",
                others.getFirst().proxy().dockerHost());
        assertThat(applied.code()).as(applied.all()).isZero();
        assertThat(managers.stream().mapToLong(manager -> manager.creations("more")))
                .as("by the command line or by the leader's daemon, but once")
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isOne());

        repo.app("web", "environment: { ROUND: \"2\" }", "deploy: { update_config: { monitor: 8s } }")
                .app("late", "depends_on: [web]")
                .push("Change web, then add late");
        awaitWord(leader, "web: updating");
        leader.node().kill();
        leader.daemon().kill();
        var left = others.getFirst().node();
        await().ignoreExceptions() // while the managers vote, none answers
                .atMost(SOON)
                .until(() -> left.docker("service", "ls", "--filter=name=late", "--format={{.Name}}"), "late"::equals);
        assertThat(others.stream()
                        .mapToLong(manager -> manager.creations("late"))
                        .sum())
                .isOne();
        await().atMost(SOON)
                .until(() -> others.stream()
                        .anyMatch(manager -> manager.daemon().output().contains("late: converged")));
        assertThat(left.docker("service", "inspect", "web", "--format={{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .isEqualTo("[ROUND=2]");
        assertThat(managers)
                .allSatisfy(manager -> assertThat(manager.daemon().output()).doesNotContain("Exception"));
    }

    /// The manager that leads, as a manager tells it.
    private Manager leader(int asked) {
        var hostname = swarm.node(asked)
                .docker("node", "ls", "--format={{.Hostname}} {{.ManagerStatus}}")
                .lines()
                .filter(line -> line.endsWith(" Leader"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
        return managers.stream()
                .filter(manager -> manager.node().hostname().equals(hostname))
                .findFirst()
                .orElseThrow();
    }

    private Manager start(SwarmNode node) {
        var proxy = RecordingProxy.to(node.dockerHost());
        var settings = repo.bare().resolveSibling(node.hostname() + ".yaml");
        try {
            Files.writeString(settings, """
                repository: { url: "%s", branch: main }
                schedule: { reconcile: 3s }
                docker: { host: "%s" }
                state_dir: %s
                """.formatted(repo.url(), proxy.dockerHost(), settings + ".state"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Manager(node, proxy, Child.start("daemon", "--config", settings.toString()));
    }

    private static void awaitWord(Manager manager, String word) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(manager.daemon().output()).contains(word));
    }
}

package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testing.EngineHttp;
import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A manager dies for good when a placement is taken away from a task that has one (moby/swarmkit#2947): none of that
/// comes from Holdfast, nor from a rollback by hand of what it wrote.
class PlacementIT {

    /// As programs write them that leave out what is empty. No Docker client does.
    private static final String WITHOUT_PLACEMENT = """
        {"Name": "web", "Mode": {"Replicated": {"Replicas": 1}},
         "TaskTemplate": {"ContainerSpec": {"Image": "demo:1", "Args": ["sleep", "1000000"], "StopGracePeriod": 100000000}}}
        """;

    private static final String[] SAME = {"command: [sleep, \"1000000\"]", "stop_grace_period: 100ms", "adopt: true"};

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void theManagerSurvivesWhenAnAppDropsItsConstraint() {
        dropConstraint(swarm, story);
    }

    @Test
    void theManagerSurvivesARollbackByHandOfWhatWasAdoptedWithoutPlacement() {
        adoptAndRollBack(swarm, story);
    }

    @Nested
    class OnTheNewestEngine {

        @RegisterExtension
        static final PrivateSwarm newest = PrivateSwarm.oneNode().engine("sid");

        @RegisterExtension
        final Story story = new Story(newest);

        @Test
        void theManagerSurvivesWhenAnAppDropsItsConstraint() {
            dropConstraint(newest, story);
        }

        @Test
        void theManagerSurvivesARollbackByHandOfWhatWasAdoptedWithoutPlacement() {
            adoptAndRollBack(newest, story);
        }
    }

    @Nested
    class OnTheEngineBetween {

        @RegisterExtension
        static final PrivateSwarm between = PrivateSwarm.oneNode().engine("trixie");

        @RegisterExtension
        final Story story = new Story(between);

        @Test
        void theManagerSurvivesWhenAnAppDropsItsConstraint() {
            dropConstraint(between, story);
        }
    }

    private static void dropConstraint(PrivateSwarm swarm, Story story) {
        story.repo().app("a", "deploy: { placement: { constraints: [node.role == manager] } }");
        story.applied("Run it on a manager");
        var tasks = story.running("a");

        story.repo().app("a");
        story.applied("Run it anywhere");

        assertThat(story.running("a")).as("not restarted").isEqualTo(tasks);
        story.repo().app("a", "environment: { A: b }");
        story.applied("The manager still makes tasks");
        assertThat(story.running("a")).hasSize(1).isNotEqualTo(tasks);
        assertThat(swarm.docker("node", "ls", "--format={{.ManagerStatus}}")).isEqualTo("Leader");
    }

    private static void adoptAndRollBack(PrivateSwarm swarm, Story story) {
        try (var engine = new EngineHttp(swarm.dockerHost())) {
            assertThat(engine.post("/services/create", WITHOUT_PLACEMENT).status())
                    .isEqualTo(201);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> story.running("web").size() == 1);
        var theirs = story.running("web");

        story.repo().app("web", SAME);
        story.applied("Adopt it as it is");
        assertThat(story.running("web")).as("not restarted").isEqualTo(theirs);

        swarm.docker("kill", swarm.docker("ps", "-q", "--filter=label=com.docker.swarm.service.name=web"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> story.running("web").size() == 1
                        && !story.running("web").equals(theirs));
        swarm.docker("service", "rollback", "-d", "web");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> story.inspect("web", "{{.UpdateStatus.State}}"), "rollback_completed"::equals);

        story.repo().app("web", SAME[0], SAME[1], SAME[2], "environment: { A: b }");
        story.applied("The manager still makes tasks");
        assertThat(story.running("web")).hasSize(1);
    }
}

package dev.holdfast.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.live.Live;
import dev.holdfast.testing.EngineHttp;
import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SurveyIT {

    @Nested
    class OnOldEngine extends Promises {

        @RegisterExtension
        static final PrivateSwarm swarm = PrivateSwarm.ofNodes(2);

        @Override
        PrivateSwarm swarm() {
            return swarm;
        }

        @Test
        void everyNodeAnswersForItself() throws Exception {
            swarm.node(1).exec("mkdir", "-p", "/srv/one");
            swarm.node(2).exec("mkdir", "-p", "/srv/two");
            swarm.node(2).docker("volume", "create", "only-on-two");
            var survey = look(Set.of("/srv/one", "/srv/two"));
            assertThat(survey.nodes()).hasSize(2);
            assertThat(kind(survey, 1, "/srv/one")).isEqualTo("directory");
            assertThat(kind(survey, 1, "/srv/two")).isEqualTo("absent");
            assertThat(kind(survey, 2, "/srv/two")).isEqualTo("directory");
            assertThat(seen(survey, 1).volumes()).doesNotContainKey("only-on-two");
            assertThat(seen(survey, 2).volumes()).containsKey("only-on-two");
        }

        @Test
        void aDrainedNodeIsUnknownAndNotEmpty() throws Exception {
            swarm.docker(
                    "node", "update", "--availability", "drain", swarm.node(2).hostname());
            var survey = look(Set.of());
            assertThat(survey.nodes()).hasSize(1);
            assertThat(survey.problem()).isNull();
        }
    }

    @Nested
    class OnNewEngine extends Promises {

        @RegisterExtension
        static final PrivateSwarm swarm = PrivateSwarm.oneNode().engine("sid");

        @Override
        PrivateSwarm swarm() {
            return swarm;
        }
    }

    abstract static class Promises {

        private Engine engine;

        abstract PrivateSwarm swarm();

        @BeforeEach
        void open() {
            engine = Engine.at(EngineAddress.plain(swarm().dockerHost()));
        }

        @AfterEach
        void noJobIsLeft() {
            assertThat(engine.services()).isEmpty();
            engine.close();
        }

        @Test
        void volumesAndContainersAreSeenAsTheyAre() throws Exception {
            swarm().docker(
                            "volume",
                            "create",
                            "db-data",
                            "--label",
                            "a=b",
                            "--opt",
                            "type=tmpfs",
                            "--opt",
                            "device=tmpfs");
            swarm().docker(
                            "run",
                            "-d",
                            "--name",
                            "psql",
                            "--network",
                            "none",
                            "-v",
                            "db-data:/x:ro",
                            "busybox",
                            "sleep",
                            "600");
            var node = seen(look(Set.of()), 1);
            var volume = volume(node, "db-data");
            assertThat(volume.labels()).containsEntry("a", "b");
            assertThat(volume.options()).containsEntry("type", "tmpfs");
            assertThat(volume.createdAt()).startsWith("20");
            assertThat(node.dockerRoot()).startsWith("/");
            var container = node.containers().stream()
                    .filter(c -> c.name().equals("psql"))
                    .findFirst()
                    .orElseThrow();
            assertThat(container.isRunning()).isTrue();
            assertThat(container.mounts()).singleElement().satisfies(mount -> {
                assertThat(mount.source()).isEqualTo("db-data");
                assertThat(mount.readOnly()).isTrue();
            });
        }

        @Test
        void pathsAreSeenAsTheHostSeesThemWhateverTheyAreCalled() throws Exception {
            var odd = "/srv/it's a \"dir\"\n$(touch /srv/hacked)";
            node("mkdir", "-p", "/srv/real", "/srv/disk", odd);
            node("mount", "-t", "tmpfs", "tmpfs", "/srv/disk");
            node("ln", "-sfn", "/srv/real", "/srv/link");
            node("ln", "-sfn", "loop", "/srv/loop");
            node("touch", "/srv/file");
            var survey =
                    look(Set.of("/srv/link", "/srv/disk", "/srv/file", "/srv/none", "/srv/loop", odd, "/srv/hacked"));
            var node = seen(survey, 1);
            assertThat(path(node, "/srv/link").real()).isEqualTo("/srv/real");
            assertThat(path(node, "/srv/link").isDirectory()).isTrue();
            assertThat(path(node, "/srv/link").identity()).matches("[0-9]+:[0-9]+");
            assertThat(path(node, "/srv/link").mountPoint()).isFalse();
            assertThat(path(node, "/srv/disk").mountPoint()).isTrue();
            assertThat(path(node, "/srv/file").kind()).isEqualTo("other");
            assertThat(path(node, "/srv/none").kind()).isEqualTo("absent");
            assertThat(node.paths()).doesNotContainKey("/srv/loop");
            assertThat(path(node, odd).real()).isEqualTo(odd);
            assertThat(path(node, "/srv/hacked").kind()).isEqualTo("absent");
        }

        @Test
        void manyVolumesComeThroughWhole() throws Exception {
            try (var http = new EngineHttp(swarm().dockerHost())) {
                for (var i = 0; i < 100; i++) {
                    http.post("/volumes/create", "{\"Name\":\"volume-with-a-rather-long-name-" + i + "\"}");
                }
            }
            assertThat(seen(look(Set.of()), 1).volumes()).hasSizeGreaterThanOrEqualTo(100);
        }

        @Test
        void sizesAreMeasuredWhereTheyAreAskedFor() throws Exception {
            node("mkdir", "-p", "/srv/sized");
            node("dd", "if=/dev/zero", "of=/srv/sized/data", "bs=1024", "count=512");
            swarm().docker("volume", "create", "db-data");
            var request = new SurveyJob.Request(
                    "docker:cli", "/var/run/docker.sock", Set.of("/srv/sized"), Set.of(), true, LONG);
            var node = seen(new SurveyJob(engine, "default").look(request, Live.read(engine)), 1);
            assertThat(path(node, "/srv/sized").sizeBytes()).isGreaterThanOrEqualTo(512 * 1024L);
            assertThat(volume(node, "db-data").sizeBytes()).isNotNull();
        }

        @Test
        void aMissingImageIsAProblemThatNamesTheSetting() throws Exception {
            var request = new SurveyJob.Request(
                    "127.0.0.1:9/none:1", "/var/run/docker.sock", Set.of(), Set.of(), false, LONG);
            var survey = new SurveyJob(engine, "default").look(request, Live.read(engine));
            assertThat(survey.nodes()).isEmpty();
            assertThat(survey.problem()).contains("No such image").contains("survey.image");
        }

        @Test
        void anImageWithoutTheClientIsAProblemAndNotAnEmptyNode() throws Exception {
            var request = new SurveyJob.Request("busybox", "/var/run/docker.sock", Set.of(), Set.of(), false, LONG);
            var survey = new SurveyJob(engine, "default").look(request, Live.read(engine));
            assertThat(survey.nodes()).isEmpty();
            assertThat(survey.problem()).contains("docker");
        }

        private static final Duration LONG = Duration.ofSeconds(60);

        Survey look(Set<String> paths) throws InterruptedException {
            var request = new SurveyJob.Request("docker:cli", "/var/run/docker.sock", paths, Set.of(), false, LONG);
            var survey = new SurveyJob(engine, "default").look(request, Live.read(engine));
            assertThat(survey.problem()).isNull();
            return survey;
        }

        Survey.NodeSurvey seen(Survey survey, int number) {
            var hostname = swarm().node(number).hostname();
            var id = Live.read(engine).nodes().stream()
                    .filter(node -> node.hostname().equals(hostname))
                    .findFirst()
                    .orElseThrow()
                    .id();
            return survey.node(id).orElseThrow();
        }

        String kind(Survey survey, int number, String path) {
            return path(seen(survey, number), path).kind();
        }

        private static Survey.Path path(Survey.NodeSurvey node, String path) {
            return Objects.requireNonNull(node.paths().get(path), path);
        }

        private static Survey.Volume volume(Survey.NodeSurvey node, String name) {
            return Objects.requireNonNull(node.volumes().get(name), name);
        }

        private void node(String... command) {
            swarm().node(1).exec(command);
        }
    }
}

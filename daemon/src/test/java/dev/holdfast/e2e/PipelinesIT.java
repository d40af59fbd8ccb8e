package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.StandInForge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The pipelines of `examples/pull-requests`: their very scripts, run in a clone as a forge's runner would, with the
/// program as it is shipped.
class PipelinesIT {

    private static final Path EXAMPLES =
            Path.of("../examples/pull-requests").toAbsolutePath().normalize();
    private static final Path BIN = Path.of("target/dist/bin").toAbsolutePath();

    private final ConfigRepo repo = ConfigRepo.create();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void main() {
        repo.app("db", Apps.volume("data")).app("web").push("Base");
        repo.git("checkout", "-q", "-b", "topic");
        repo.git("fetch", "-q", "origin", "main:refs/remotes/origin/main");
    }

    @AfterEach
    void close() {
        repo.close();
    }

    @Test
    void githubActions() throws Exception {
        try (var forge = StandInForge.githubForAnApp()) {
            actions(forge);
            review(forge, steps(".github/workflows/holdfast.yaml"), "bash -e");
        }
    }

    @Test
    void giteaAndForgejoActions() throws Exception {
        try (var forge = StandInForge.gitea()) {
            actions(forge);
            review(forge, steps(".forgejo/workflows/holdfast.yaml"), "bash -e");
        }
    }

    @Test
    void gitlab() throws Exception {
        try (var forge = StandInForge.gitlab()) {
            environment.putAll(Map.of(
                    "CI_MERGE_REQUEST_IID", "12",
                    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main",
                    "CI_PROJECT_ID", "7",
                    "CI_API_V4_URL", forge.api(),
                    "HOLDFAST_TOKEN", forge.token()));
            var script = strings(yaml(".gitlab-ci.yml"), "holdfast", "script");
            review(forge, List.of(String.join("\n", script)), "bash -eo pipefail");
        }
    }

    @Test
    void woodpecker() throws Exception {
        try (var forge = StandInForge.gitea()) {
            environment.putAll(Map.of(
                    "CI_COMMIT_PULL_REQUEST", "12",
                    "CI_COMMIT_TARGET_BRANCH", "main",
                    "CI_REPO", "infra/apps",
                    "CI_FORGE_TYPE", "forgejo",
                    "CI_FORGE_URL", forge.address(),
                    "HOLDFAST_TOKEN", forge.token()));
            var step =
                    ((List<?>) Objects.requireNonNull(yaml(".woodpecker.yaml").get("steps"))).getFirst();
            review(forge, List.of(String.join("\n", strings((Map<?, ?>) step, "commands"))), "sh -e");
        }
    }

    private void actions(StandInForge forge) {
        environment.putAll(Map.of(
                "GITHUB_REPOSITORY", "infra/apps",
                "GITHUB_REF", "refs/pull/12/merge",
                "GITHUB_BASE_REF", "main",
                "GITHUB_API_URL", forge.api(),
                "GITHUB_TOKEN", forge.token()));
    }

    /// A pull request that would lose sight of data, is corrected, broken, and corrected again: one comment all
    /// along.
    private void review(StandInForge forge, List<String> scripts, String shell) throws Exception {
        var others = List.of("First!", "<!-- holdfast:diff:default:1 -->\nLGTM", "Second");
        others.forEach(forge::write);
        commit("db", Apps.volume("other"));
        assertThat(run(scripts, shell)).as("what is held is no failure").isZero();
        assertThat(forge.comments()).hasSize(4);
        assertThat(forge.comments().getLast()).contains("gives-up-data", "leave: [data]");

        commit("db", "persistent: { directories: [\"other:/data\"], leave: [data] }");
        assertThat(run(scripts, shell)).isZero();
        assertThat(forge.comments()).hasSize(4).startsWith(others.toArray(String[]::new));
        assertThat(forge.comments().getLast()).contains("volume data stays on").doesNotContain("gives-up-data");

        commit("web", "replica: 2");
        assertThat(run(scripts, shell)).as("an error is a failure").isNotZero();
        assertThat(forge.comments()).hasSize(4);
        assertThat(forge.comments().getLast()).contains("apps/web.yaml:", "did you mean");

        var told = forge.comments();
        assertThat(run(scripts, shell)).isNotZero();
        assertThat(forge.comments()).as("nothing new, nothing written").isEqualTo(told);
    }

    private void commit(String app, String line) {
        repo.app(app, line);
        repo.git("add", "-A");
        repo.git("commit", "-q", "-m", "Change");
    }

    /// @return the first code that is not 0; the later steps run all the same, as the workflows say
    private int run(List<String> scripts, String shell) throws IOException, InterruptedException {
        var first = 0;
        for (var script : scripts) {
            var command = new ArrayList<>(List.of(shell.split(" ")));
            command.addAll(List.of("-c", script));
            var builder =
                    new ProcessBuilder(command).directory(repo.work().toFile()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.matches("(GIT|CI|GITHUB)_.*"));
            builder.environment().putAll(environment);
            builder.environment().merge("PATH", BIN.toString(), (path, bin) -> bin + ":" + path);
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var code = process.waitFor();
            assertThat(output)
                    .doesNotContain("Exception", "not found", environment.getOrDefault("HOLDFAST_TOKEN", "-/-"));
            first = first == 0 ? code : first;
        }
        return first;
    }

    private static List<String> steps(String file) throws IOException {
        var job = (Map<?, ?>) ((Map<?, ?>) Objects.requireNonNull(yaml(file).get("jobs"))).get("review");
        return ((List<?>) Objects.requireNonNull(job.get("steps")))
                .stream()
                        .map(step -> ((Map<?, ?>) step).get("run"))
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .collect(Collectors.toList());
    }

    private static Map<?, ?> yaml(String file) throws IOException {
        return (Map<?, ?>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(EXAMPLES.resolve(file)));
    }

    private static List<String> strings(Map<?, ?> map, String... path) {
        Object at = map;
        for (var key : path) {
            at = Objects.requireNonNull(((Map<?, ?>) at).get(key));
        }
        return ((List<?>) at).stream().map(Object::toString).toList();
    }
}

package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.RecordedRequest;
import dev.holdfast.testing.RecordingProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One story: a new repository, a Swarm as good as new, and the program between them. After each it is made sure that
/// no request was ever made that could delete data.
final class Story implements BeforeEachCallback, AfterEachCallback {

    private static final String SURVEY = "holdfast-survey-";

    private final PrivateSwarm swarm;
    private @Nullable ConfigRepo repo;
    private @Nullable RecordingProxy proxy;
    private final List<RecordedRequest> forgotten = new ArrayList<>();

    Story(PrivateSwarm swarm) {
        this.swarm = swarm;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        repo = ConfigRepo.create();
        proxy = RecordingProxy.to(swarm.dockerHost());
        forgotten.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        forgotten.addAll(proxy().requests());
        proxy().close();
        repo().close();
        assertThat(forgotten)
                .as("no service was ever sent without a placement, which kills the managers")
                .noneMatch(Story::isDeadly);
        assertThat(forgotten)
                .as("nothing that could delete data was ever asked for")
                .noneMatch(request -> request.path().contains("prune")
                        || request.method().equals("DELETE") && request.path().startsWith("/volumes"));
    }

    private static boolean isDeadly(RecordedRequest request) {
        return request.isWrite()
                && request.path().matches(".*/services/(create|[^/]+/update)")
                && !request.json().at("/TaskTemplate/Placement").isObject();
    }

    ConfigRepo repo() {
        return Objects.requireNonNull(repo);
    }

    RecordingProxy proxy() {
        return Objects.requireNonNull(proxy);
    }

    /// Runs a command on the repository's work tree. The proxy then holds the requests of this command only.
    Cli.Result run(String command, String... args) {
        return runOn(repo().work().toString(), command, args);
    }

    Cli.Result runOn(String repository, String command, String... args) {
        forgotten.addAll(proxy().requests());
        proxy().clear();
        var line = new ArrayList<>(List.of(command.split(" ")));
        line.addAll(List.of("--repo", repository, "--docker-host", proxy().dockerHost()));
        line.addAll(List.of(args));
        return Cli.run(line.toArray(String[]::new));
    }

    Cli.Result apply(String... args) {
        return run("apply", args);
    }

    /// The daemon in a process of its own, following the bare repository.
    ///
    /// @param every its schedule
    Child daemon(String every) {
        var settings = repo().bare().resolveSibling("daemon-" + System.nanoTime() + ".yaml");
        try {
            Files.writeString(settings, """
                repository: { url: "%s", branch: main }
                schedule: { reconcile: %s }
                docker: { host: "%s" }
                state_dir: %s
                """.formatted(repo().url(), every, proxy().dockerHost(), settings + ".state"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Child.start("daemon", "--config", settings.toString());
    }

    /// Commits what was written, applies it, and expects that nothing is left to do.
    Cli.Result applied(String message, String... args) {
        repo().push(message);
        return expect(0, apply(args));
    }

    static Cli.Result expect(int code, Cli.Result result) {
        assertThat(result.code()).as(result.all()).isEqualTo(code);
        return result;
    }

    /// Writes of the last command, but for the job that looks at the disks.
    List<String> writes() {
        var looks = proxy().requests().stream()
                .filter(request -> request.path().equals("/tasks"))
                .map(RecordedRequest::target)
                .toList();
        return proxy().writes().stream()
                .filter(write -> !write.path().equals("/services/create")
                        || !write.json().path("Name").asText().startsWith(SURVEY))
                .filter(write -> looks.stream()
                        .noneMatch(look -> look.contains(write.path().replaceFirst(".*/", ""))))
                .map(RecordedRequest::toString)
                .toList();
    }

    /// The template of one field of a service, as `docker service inspect --format`.
    String inspect(String service, String template) {
        return swarm.docker("service", "inspect", service, "--format", template);
    }

    String image(String service) {
        return inspect(service, "{{.Spec.TaskTemplate.ContainerSpec.Image}}");
    }

    /// The IDs of the running tasks of a service.
    List<String> running(String service) {
        return swarm.docker(
                        "service",
                        "ps",
                        service,
                        "--filter=desired-state=running",
                        "--format={{.ID}} {{.CurrentState}}")
                .lines()
                .filter(line -> line.contains(" Running"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /// What a shell prints in a new container that has that volume at `/data`.
    String inVolume(String volume, String script) {
        return swarm.docker("run", "--rm", "-v", volume + ":/data", "demo:1", "sh", "-c", script);
    }

    List<String> services() {
        return swarm.docker("service", "ls", "--format={{.Name}}")
                .lines()
                .filter(name -> !name.startsWith(SURVEY))
                .sorted()
                .toList();
    }
}

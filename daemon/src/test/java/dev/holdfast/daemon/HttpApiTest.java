package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.ReadOptions;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.git.Credentials;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.registry.LoginSources;
import dev.holdfast.run.Reconciler;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What whoever asks for the plan of a change is answered where there can be none.
class HttpApiTest {

    private static final String TOKEN = "sesame";

    @TempDir
    private Path folder;

    private int port;
    private HttpApi api;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException, GitAPIException {
        var origin = folder.resolve("origin");
        Files.createDirectories(origin.resolve("apps"));
        Files.writeString(origin.resolve("apps/web.yaml"), "name: web\nimage: web:1\n");
        Files.writeString(origin.resolve("holdfast.yaml"), "cluster: production\nnetwork: {}\n");
        try (var git = Git.init()
                .setInitialBranch("main")
                .setDirectory(origin.toFile())
                .call()) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setAuthor("Ann", "ann@example.org")
                    .setCommitter("Ann", "ann@example.org")
                    .setSign(false)
                    .setMessage("Wrong")
                    .call();
        }
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var token = Files.writeString(folder.resolve("token"), TOKEN);
        var repository = new RepositoryLocation.Remote(
                "file://" + origin, "main", ".", Credentials.NONE, folder.resolve("state/git"));
        api = HttpApi.start(
                new DaemonSettings.HttpSettings("127.0.0.1:" + port, token.toString()),
                new Reconciler.Options(
                        repository,
                        ReadOptions.NONE,
                        EngineAddress.plain("unix://" + folder.resolve("no-engine.sock")),
                        LoginSources.ofClient(Map.of()),
                        Set.of(),
                        false,
                        false));
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    private HttpResponse<String> get(String ref, String accept) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/plan?ref=" + ref))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Accept", accept)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void filesThatCannotBeReadAreNamedWithTheLine() throws IOException, InterruptedException {
        var page = get("main", "text/markdown");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .startsWith("<!-- holdfast:plan:production:1 -->")
                .contains("Nothing would be applied", "`holdfast.yaml:2:1`");
        var json = get("main", "application/json");
        assertThat(json.statusCode()).isEqualTo(422);
        assertThat(json.body()).contains("\"file\" : \"holdfast.yaml\"", "\"line\" : 2");
    }

    @Test
    void aCommitThatNobodyHasIsNotFound() throws IOException, InterruptedException {
        for (var ref : new String[] {"deadbeef".repeat(5), "deadbeef", "no-such-branch"}) {
            var answer = get(ref, "text/markdown");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
            assertThat(answer.body()).contains("there is no branch, tag or commit \"" + ref);
        }
    }

    @Test
    void everyPlanIsReadInTheOneCloneBesideTheDaemons() throws IOException, InterruptedException {
        get("main", "text/markdown");
        get("refs/heads/main", "text/markdown");
        try (var all = Files.walk(folder.resolve("state"), 2)) {
            assertThat(all.filter(path -> path.toString().endsWith(".git")))
                    .singleElement()
                    .satisfies(clone -> assertThat(folder.resolve("state").relativize(clone))
                            .startsWithRaw(Path.of("git-other-refs")));
        }
    }
}

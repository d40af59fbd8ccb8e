package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.plan.Difference;
import dev.holdfast.report.DiffText;
import dev.holdfast.report.Golden;
import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.report.Style;
import dev.holdfast.run.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A repository with a few apps, and changes to it that somebody reviews.
abstract class Proposals {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private static final PersonIdent ANN = new PersonIdent("Ann", "ann@example.org", CLOCK.instant(), ZoneOffset.UTC);

    private static final String NAME_KEY = "c3VwcG9zZWQ=";

    final Map<String, String> files = new TreeMap<>();

    @TempDir
    Path folder;

    @BeforeEach
    void base() throws IOException, GitAPIException {
        files.put("holdfast.yaml", """
            cluster: production
            networks: { back: {}, outside: { external: true } }
            secrets: { password: { file: files/password }, token: { external: true } }
            """);
        files.put("files/password", "correct horse");
        app("db", """
            image: postgres:17
            environment: { POSTGRES_PASSWORD_FILE: /run/secrets/password, API_TOKEN: battery }
            secrets: [password, token]
            networks: [back]
            persistent: { node: worker-1, directories: ["db-data:/data", "/srv/backups:/backups"] }
            """);
        app("blog", """
            image: ghost:5
            networks: [back, outside]
            persistent: { directories: ["blog-data:/data"] }
            """);
        app("wiki", """
            image: wiki:1
            persistent: { node: worker-2, directories: ["wiki-pages:/pages", "wiki-uploads:/uploads"] }
            """);
        for (var name : List.of("api", "web", "worker")) {
            app(name, "image: " + name + ":1\nnetworks: [back]\ndeploy: { replicas: 3 }\n");
        }
        Git.init().setInitialBranch("main").setDirectory(folder.toFile()).call().close();
        commit("Base");
    }

    void app(String name, String text) {
        files.put("apps/" + name + ".yaml", "name: " + name + "\n" + text);
    }

    void edit(String app, UnaryOperator<String> change) {
        files.computeIfPresent("apps/" + app + ".yaml", (path, text) -> {
            var changed = change.apply(text);
            assertThat(changed).as("the edit does something").isNotEqualTo(text);
            return changed;
        });
    }

    void edit(String app, String old, String young) {
        edit(app, text -> text.replace(old, young));
    }

    void commit(String subject) throws IOException, GitAPIException {
        write();
        try (var git = Git.open(folder.toFile())) {
            git.add().addFilepattern(".").call();
            git.add().setUpdate(true).addFilepattern(".").call();
            git.commit()
                    .setAuthor(ANN)
                    .setCommitter(ANN)
                    .setSign(false)
                    .setMessage(subject)
                    .call();
        }
    }

    void write() throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.filter(Files::isRegularFile)
                    .filter(path -> !folder.relativize(path).startsWith(".git"))
                    .toList()) {
                Files.delete(path);
            }
        }
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    Difference compare(String base, String head) {
        return Comparison.of(new RepositoryLocation.Local(folder, null, "."), base, head, CLOCK, NAME_KEY);
    }

    /// The change as a pull request of one commit, also word for word as a comment.
    Difference review(String name) throws IOException, GitAPIException {
        commit(name);
        var difference = compare("HEAD~1", "HEAD");
        Golden.check("diff/" + name + ".txt", DiffText.of(difference, Style.PLAIN));
        Golden.check("diff/" + name + ".md", PlanMarkdown.of(difference));
        Golden.check("diff/" + name + ".json", Json.print(Json.diff(difference)));
        return difference;
    }
}

package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.plan.Difference;
import dev.holdfast.report.DiffText;
import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.report.Style;
import dev.holdfast.run.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/// A repository whose files are written, compared with what they were, and read as a reviewer reads the comparison.
final class ReviewedRepository {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    private final Path folder;
    private final Map<String, String> files = new TreeMap<>();

    ReviewedRepository(Path folder) {
        this.folder = folder;
    }

    ReviewedRepository file(String path, String text) {
        files.put(path, text);
        return this;
    }

    ReviewedRepository app(String name, String text) {
        return file("apps/" + name + ".yaml", "name: " + name + "\nimage: " + name + ":1\n" + text);
    }

    /// What is there now is applied.
    ReviewedRepository applied() {
        try (var git = Files.exists(folder.resolve(".git"))
                ? Git.open(folder.toFile())
                : Git.init()
                        .setInitialBranch("main")
                        .setDirectory(folder.toFile())
                        .call()) {
            write();
            git.add().addFilepattern(".").call();
            git.commit()
                    .setAuthor("Ann", "ann@example.org")
                    .setCommitter("Ann", "ann@example.org")
                    .setSign(false)
                    .setMessage("Base")
                    .call();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write() throws IOException {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /// What differs from what is applied.
    Read read() {
        try {
            write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Read(Comparison.of(new RepositoryLocation.Local(folder, null, "."), "HEAD", null, CLOCK));
    }

    record Read(Difference difference) {

        String text() {
            return DiffText.of(difference, Style.PLAIN);
        }

        String markdown() {
            return PlanMarkdown.of(difference);
        }

        String json() {
            return Json.print(Json.diff(difference));
        }

        /// The row of an app in the first table; what is new is in another one.
        String row(String app) {
            var rows = markdown()
                    .lines()
                    .filter(line -> line.startsWith("| `" + app + "` |"))
                    .toList();
            assertThat(rows).as(markdown()).isNotEmpty();
            return rows.getFirst();
        }

        String headline() {
            return markdown()
                    .lines()
                    .filter(line -> line.startsWith("**"))
                    .findFirst()
                    .orElseThrow();
        }

        String holds() {
            return String.join(
                    "\n",
                    difference.plan().holds().stream()
                            .map(hold -> hold.app() + " " + hold.code() + ": " + hold.message() + "\n" + hold.allow())
                            .toList());
        }
    }
}

package dev.holdfast.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A repository as its users make it, with the real `git`: a work tree to commit in, and a bare one that it is pushed
/// to.
final class Origin {

    private final Path work;
    private final Path bare;

    private Origin(Path work, Path bare) {
        this.work = work;
        this.bare = bare;
    }

    static Origin empty(Path directory) throws IOException {
        var origin = new Origin(Files.createDirectories(directory.resolve("work")), directory.resolve("apps.git"));
        origin.run(directory, "init", "-q", "--template=", "--bare", "-b", "main", origin.bare.toString());
        origin.run(directory, "init", "-q", "--template=", "-b", "main", origin.work.toString());
        origin.git("remote", "add", "origin", origin.bare.toString());
        // Only time is lost by tidying up what lives for seconds.
        for (var config : List.of(origin.bare.resolve("config"), origin.work.resolve(".git/config"))) {
            Files.writeString(
                    config,
                    "[receive]\n\tautogc = false\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n",
                    StandardOpenOption.APPEND);
        }
        return origin;
    }

    static Origin withOneApp(Path directory) throws IOException {
        OriginTemplate.oneApp().copyTo(directory);
        return new Origin(directory.resolve("work"), directory.resolve("apps.git"));
    }

    Path work() {
        return work;
    }

    Path bare() {
        return bare;
    }

    String url() {
        return "file://" + bare;
    }

    void write(String path, String content) throws IOException {
        var file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    String commit(String message) {
        git("add", "-A", "-f");
        git("commit", "-q", "--allow-empty", "-m", message);
        return git("rev-parse", "HEAD");
    }

    String commitAndPush(String message) {
        var commit = commit(message);
        git("push", "-q", "-f", "origin", "HEAD");
        return commit;
    }

    String git(String... arguments) {
        return run(work, arguments);
    }

    private String run(Path directory, String... arguments) {
        var command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        isolate(builder);
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The machine's own Git settings must not matter.
    static void isolate(ProcessBuilder builder) {
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_AUTHOR_NAME", "Ada");
        environment.put("GIT_AUTHOR_EMAIL", "ada@example.org");
        environment.put("GIT_COMMITTER_NAME", "Ada");
        environment.put("GIT_COMMITTER_EMAIL", "ada@example.org");
    }
}

package dev.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A config repository as its users make it, with the real `git`: a work tree, and a bare repository that it is pushed
/// to.
final class ConfigRepo implements AutoCloseable {

    private final Path folder;
    private final Path work;

    private ConfigRepo(Path folder) {
        this.folder = folder;
        this.work = folder.resolve("work");
    }

    static ConfigRepo create() {
        try {
            var repo = new ConfigRepo(Files.createTempDirectory("holdfast-repo-"));
            repo.run(
                    repo.folder,
                    "init",
                    "-q",
                    "--bare",
                    "-b",
                    "main",
                    repo.bare().toString());
            repo.run(repo.folder, "init", "-q", "-b", "main", repo.work.toString());
            repo.git("remote", "add", "origin", repo.bare().toString());
            return repo;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path work() {
        return work;
    }

    Path bare() {
        return folder.resolve("apps.git");
    }

    String url() {
        return "file://" + bare();
    }

    /// Writes an app file: its name, `demo:1`, a command that ends on a signal, and these lines.
    ConfigRepo app(String name, String... lines) {
        return write("apps/" + name + ".yaml", Apps.app(name, lines));
    }

    ConfigRepo write(String path, String content) {
        try {
            var file = work.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All files of a folder, with an image that each engine here has.
    ConfigRepo copy(Path example) {
        try (var files = Files.walk(example)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                write(
                        example.relativize(file).toString(),
                        Files.readString(file).replace("image: busybox", "image: demo:1"));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String path) {
        try {
            return Files.readString(work.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigRepo remove(String path) {
        try {
            Files.delete(work.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Commits everything and pushes it, whatever was there.
    ///
    /// @return the commit
    String push(String message) {
        git("add", "-A", "-f");
        git("commit", "-q", "--allow-empty", "-m", message);
        git("push", "-q", "-f", "origin", "HEAD:main");
        return git("rev-parse", "HEAD");
    }

    String git(String... arguments) {
        return run(work, arguments);
    }

    private String run(Path directory, String... arguments) {
        var command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always", "-c", "gc.auto=0"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        for (var role : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + role + "_NAME", "Ada");
            environment.put("GIT_" + role + "_EMAIL", "ada@example.org");
        }
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
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.holdfast.cli;

import dev.holdfast.migrate.Imported;
import dev.holdfast.migrate.ImportedFiles;
import dev.holdfast.report.HarmlessText;
import dev.holdfast.report.Json;
import dev.holdfast.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where the files of an import go.
final class ImportOptions {

    private static final String APPS = "apps";

    @Option(
            names = "--into",
            paramLabel = "DIR",
            defaultValue = APPS,
            description = "The folder for the app files: apps/ of the repository or one below it; - prints them."
                    + " Default: apps.")
    private String into = APPS;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--stdout", description = "Print the files and write none.")
    private boolean stdout;

    @Option(names = "--force", description = "Write over files that are there.")
    private boolean force;

    /// Writes or prints the files, and says what was left out and what is to be decided.
    ///
    /// @return the exit code
    int write(Imported imported, Terminal terminal) {
        var json = output.format() == OutputOptions.Format.json;
        if (output.format() == OutputOptions.Format.markdown) {
            throw new UsageException("import writes text or json");
        }
        var prints = stdout || into.equals("-");
        var folder = Path.of(prints ? APPS : into).toAbsolutePath().normalize();
        var root = root(folder);
        var below = root == null ? APPS : root.relativize(folder).toString().replace('\\', '/');
        var files = ImportedFiles.of(imported, below, path -> read(root, path));
        if (!prints && !writeAll(files, folder, root, terminal)) {
            return Exit.ERROR;
        }
        if (json) {
            var shown = prints ? null : (Function<String, String>) path -> shown(target(path, folder, root));
            terminal.print(Json.print(ImportJson.of(imported, files, shown)));
        } else if (prints) {
            terminal.print(String.join("---\n", imported.apps().values()));
        } else {
            files.files().keySet().forEach(path -> terminal.print(shown(target(path, folder, root)) + "\n"));
        }
        tell(imported, files, terminal);
        return files.isOpen() ? Exit.HELD : Exit.DONE;
    }

    private static void tell(Imported imported, ImportedFiles files, Terminal terminal) {
        imported.notes().forEach(note -> terminal.say(HarmlessText.line(note.toString())));
        if (!files.toAdd().isEmpty()) {
            terminal.say("");
            terminal.say("Add to holdfast.yaml:");
            HarmlessText.lines(files.toAdd()).forEach(terminal::say);
        }
        files.open().stream()
                .filter(problem -> !problem.isError())
                .forEach(problem -> terminal.say(HarmlessText.line("warning: " + problem)));
        if (!files.isOpen()) {
            return;
        }
        terminal.say("");
        terminal.say("To be decided before this can be applied:");
        files.wanted()
                .forEach((name, what) ->
                        terminal.say(HarmlessText.line("holdfast.yaml: vars.%s: %s".formatted(name, what))));
        imported.decisions().forEach(decision -> terminal.say(HarmlessText.line(decision.toString())));
        files.open().stream()
                .filter(Problem::isError)
                .forEach(problem -> terminal.say(HarmlessText.line(problem.toString())));
    }

    /// The repository's folder: the one that has `apps`; null where the files go somewhere else.
    private static @Nullable Path root(Path folder) {
        for (var path = folder; path != null && path.getFileName() != null; path = path.getParent()) {
            if (path.getFileName().toString().equals(APPS)) {
                return path.getParent();
            }
        }
        return null;
    }

    private static Optional<byte[]> read(@Nullable Path root, String path) {
        var file = root == null ? null : root.resolve(path);
        try {
            return file == null || !Files.isRegularFile(file)
                    ? Optional.empty()
                    : Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private boolean writeAll(ImportedFiles files, Path folder, @Nullable Path root, Terminal terminal) {
        var there = files.files().keySet().stream()
                .map(path -> target(path, folder, root))
                .filter(Files::exists)
                .toList();
        if (!there.isEmpty() && !force) {
            there.forEach(file ->
                    terminal.say("holdfast: %s is there; nothing was written, --force writes over it".formatted(file)));
            return false;
        }
        files.files().forEach((path, bytes) -> {
            var file = target(path, folder, root);
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
            }
        });
        return true;
    }

    /// Outside of a repository all files stand side by side.
    private static Path target(String path, Path folder, @Nullable Path root) {
        return root != null
                ? root.resolve(path)
                : folder.resolve(path.startsWith(APPS + "/") ? path.substring(APPS.length() + 1) : path);
    }

    private static String shown(Path file) {
        var here = Path.of("").toAbsolutePath();
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }
}

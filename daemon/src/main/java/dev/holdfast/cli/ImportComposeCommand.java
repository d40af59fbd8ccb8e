package dev.holdfast.cli;

import dev.holdfast.app.StackFiles;
import dev.holdfast.migrate.ComposeImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "compose",
        description = "Writes app files from the Compose files of a stack, read as docker stack deploy reads them.",
        footer = {
            "",
            "The files take over a stack that runs under this name. --new: it does not run",
            "yet, so nothing is adopted, and its networks are made.",
            "",
            "Example:",
            "  holdfast import compose compose.yaml prod.yaml --name shop",
        })
final class ImportComposeCommand extends Command {

    private static final Set<String> USUAL = Set.of("compose", "docker-compose", "stack", "docker-stack");

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Compose files, each merged over those before it; or the folder of one.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "STACK",
            description = "The name of the stack. Default: that of the file, or of its folder for a compose.yaml.")
    private @Nullable String name;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Variables for the files. Default: .env beside the first.")
    private @Nullable Path envFile;

    @Option(names = "--new", description = "The stack does not run yet.")
    private boolean fresh;

    @Mixin
    private ImportOptions options = new ImportOptions();

    ImportComposeCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var stackFiles = files.stream().map(ImportComposeCommand::inFolder).toList();
        var all = new ArrayList<>(stackFiles);
        if (envFile != null) {
            all.add(envFile);
        }
        for (var file : all) {
            if (!Files.isRegularFile(file)) {
                throw new UsageException(
                        Files.exists(file) ? file + " is no regular file" : "there is no file " + file);
            }
        }
        var source = FolderSource.around(all);
        var env = envFile == null ? null : source.path(envFile);
        var paths = stackFiles.stream().map(source::path).toList();
        return options.write(
                ComposeImport.of(source, new ComposeImport.Options(stack(stackFiles.getFirst()), paths, env, fresh)),
                terminal);
    }

    /// A folder stands for the one of the usual names that is in it.
    private static Path inFolder(Path given) {
        if (!Files.isDirectory(given)) {
            return given;
        }
        return StackFiles.USUAL.stream()
                .map(given::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no Compose file in the folder %s (%s)"
                        .formatted(given, String.join(", ", StackFiles.USUAL))));
    }

    private String stack(Path file) {
        if (name != null) {
            return name;
        }
        var first = file.toAbsolutePath().normalize();
        var stem = String.valueOf(first.getFileName()).replaceFirst("\\.ya?ml$", "");
        var folder = first.getParent() == null ? null : first.getParent().getFileName();
        return USUAL.contains(stem) && folder != null ? folder.toString() : stem;
    }
}

package dev.holdfast.cli;

import dev.holdfast.migrate.CapRoverImport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "caprover",
        description =
                "Writes app files from a one-click template of CapRover, with the meaning that CapRover gives it.",
        footer = {
            "",
            "Values of secrets are not written: each becomes a variable, and is listed.",
            "",
            "Example:",
            "  holdfast import caprover wordpress.yml --app blog --ingress traefik",
        })
final class ImportCapRoverCommand extends Command {

    enum Ingress {
        none,
        traefik
    }

    @Parameters(paramLabel = "TEMPLATE", description = "A template: captainVersion 4, services and variables.")
    private Path template = Path.of("");

    @Option(
            names = "--app",
            paramLabel = "NAME",
            description = "The name of the app, $$cap_appname. Default: the name of the file.")
    private @Nullable String app;

    @Option(
            names = "--set",
            paramLabel = "VAR=VALUE",
            description = "The value of a variable, such as wp_version for $$cap_wp_version. Default: the template's.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "caprover",
            description = "The network that all apps join, as those of CapRover do. Default: caprover.")
    private String network = "caprover";

    @Option(
            names = "--ingress",
            paramLabel = "PROXY",
            defaultValue = "none",
            description = "traefik: routes become its labels. none (the default): they are listed.")
    private Ingress ingress = Ingress.none;

    @Mixin
    private ImportOptions options = new ImportOptions();

    ImportCapRoverCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var name = app == null ? nameOf(template) : app;
        var imported = CapRoverImport.of(
                template.toString(),
                read(template),
                new CapRoverImport.Options(name, set, network, ingress == Ingress.traefik));
        return options.write(imported, terminal);
    }

    private static byte[] read(Path file) {
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder; name the template");
        }
        if (!Files.exists(file)) {
            throw new UsageException("there is no file " + file);
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// As CapRover's own names are: letters, digits and hyphens.
    private static String nameOf(Path file) {
        var name = file.getFileName() == null ? "" : file.getFileName().toString();
        return name.replaceFirst("\\.ya?ml$", "")
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}

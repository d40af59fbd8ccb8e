package dev.holdfast.cli;

import dev.holdfast.app.FileSchemas;
import dev.holdfast.daemon.DaemonSettings;
import dev.holdfast.yaml.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The JSON Schemas: of the files that people write made from the records that read them, of the commands' JSON written
/// by hand.
final class SchemaFiles {

    static final List<String> NAMES = List.of(
            "app",
            "x-holdfast",
            "stack",
            "repository",
            "cluster",
            "daemon",
            "validate",
            "diff",
            "diff-of-clusters",
            "plan",
            "apply",
            "status",
            "orphans",
            "survey",
            "import");

    private SchemaFiles() {}

    static String named(String name) {
        return switch (name) {
            case "app" -> FileSchemas.app();
            case "x-holdfast" -> FileSchemas.extension();
            case "stack" -> FileSchemas.stack();
            case "repository" -> FileSchemas.repository();
            case "cluster" -> FileSchemas.cluster();
            case "daemon" -> Schemas.of(DaemonSettings.class, "daemon");
            default -> NAMES.contains(name) ? written(name) : unknown(name);
        };
    }

    private static String unknown(String name) {
        throw new UsageException("there is no schema \"" + name + "\": there are " + String.join(", ", NAMES));
    }

    private static String written(String name) {
        try (var file = SchemaFiles.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
            if (file == null) {
                throw new IllegalStateException("the schema " + name + " is missing in this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

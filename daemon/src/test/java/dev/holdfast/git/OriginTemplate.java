package dev.holdfast.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The origin that most tests begin with, made once in a JVM and copied: making it takes eight processes.
final class OriginTemplate {

    private static final class Made {
        static final OriginTemplate ONE_APP = make();
    }

    private final Path directory;

    private OriginTemplate(Path directory) {
        this.directory = directory;
    }

    static OriginTemplate oneApp() {
        return Made.ONE_APP;
    }

    private static OriginTemplate make() {
        try {
            var directory = Files.createTempDirectory("origin-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            var origin = Origin.empty(directory);
            origin.write("apps/web.yaml", "name: web\nimage: nginx:1.27\n");
            origin.commitAndPush("Add web");
            return new OriginTemplate(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try {
            CloneDirectory.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void copyTo(Path target) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.toList()) {
                var copy = target.resolve(directory.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        var config = target.resolve("work/.git/config");
        Files.writeString(config, Files.readString(config).replace(directory.toString(), target.toString()));
    }
}

package dev.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What was built, noted while it was built.
///
/// @param commit null where the build did not run in a Git repository
record Build(String version, @Nullable String commit) {

    static Build ofThis() {
        try (var properties = Build.class.getResourceAsStream("version.properties");
                var commit = Build.class.getResourceAsStream("commit")) {
            var read = new Properties();
            if (properties != null) {
                read.load(properties);
            }
            return new Build(read.getProperty("version", "unknown"), text(commit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String text(@Nullable InputStream stream) throws IOException {
        var text = stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? null : text;
    }
}

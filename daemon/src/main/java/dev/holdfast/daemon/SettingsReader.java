package dev.holdfast.daemon;

import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.YamlBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads the daemon's settings, and says all that is wrong with them at once.
public final class SettingsReader {

    private SettingsReader() {}

    /// @param environment what `${NAME}` in a value means, usually [System#getenv()]
    public static YamlBinder.Bound<DaemonSettings> read(Path file, Map<String, String> environment) {
        try {
            var bytes = Files.readAllBytes(file);
            return YamlBinder.bindWithEnvironment(DaemonSettings.class, file.toString(), bytes, environment);
        } catch (IOException e) {
            var what = Files.exists(file) ? "cannot be read: " + e.getMessage() : "there is no such file";
            var problem = new Problem(file.toString(), 0, 0, "", what, Problem.Severity.ERROR);
            return new YamlBinder.Bound<>(null, List.of(problem));
        }
    }
}

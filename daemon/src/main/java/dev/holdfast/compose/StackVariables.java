package dev.holdfast.compose;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Yaml;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The variables of a stack: those of its `env_file`, or of `.env` beside its first file, and then `vars` of
/// `holdfast.yaml` for what these leave open.
public final class StackVariables {

    private static final String USUAL = ".env";

    private StackVariables() {}

    /// The path of the file that the variables come from; null where there is none.
    ///
    /// @param envFile what `stacks` names, as a path in the repository; null for the usual one
    /// @param firstFile the stack's first Compose file
    public static @Nullable String file(Source source, @Nullable String envFile, String firstFile) {
        if (envFile != null) {
            return envFile;
        }
        var usual = firstFile.substring(0, firstFile.lastIndexOf('/') + 1) + USUAL;
        return source.paths().contains(usual) ? usual : null;
    }

    /// All variables. What is wrong with the file is an error in it.
    public static Map<String, String> read(
            Source source, @Nullable String envFile, String firstFile, Map<String, String> vars, Problems problems) {
        var variables = new TreeMap<>(vars);
        var file = file(source, envFile, firstFile);
        if (file == null) {
            return variables;
        }
        try {
            var bytes = source.read(file);
            if (bytes.isEmpty()) {
                problems.error(Yaml.Place.of(file), "", "is not there");
            } else {
                variables.putAll(DotEnv.parse(file, bytes.get(), vars, problems));
            }
        } catch (Source.UnreadableFile e) {
            problems.error(Yaml.Place.of(file), "", String.valueOf(e.getMessage()));
        }
        return variables;
    }
}

package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `env_file` of a service: which files it names.
final class EnvFiles {

    static final Grammar<List<String>> NAMES = EnvFiles::names;

    private EnvFiles() {}

    private static @Nullable List<String> names(Yaml node, Spot spot) {
        if (node instanceof Yaml.Sequence sequence) {
            var path = sequence.items().stream()
                    .filter(Yaml.Mapping.class::isInstance)
                    .findFirst();
            if (path.isPresent()) {
                return spot.wrong(
                        path.get(), "must be the path of a file for docker stack deploy, without path: and required:");
            }
        }
        return Texts.ONE_OR_MORE.read(node, spot);
    }
}

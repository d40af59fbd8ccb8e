package dev.holdfast.compose;

import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `depends_on`, which the client takes as a list and ignores.
final class DependsOn {

    static final Grammar<List<String>> NAMES = DependsOn::names;

    private DependsOn() {}

    private static @Nullable List<String> names(Yaml node, Spot spot) {
        if (node instanceof Yaml.Mapping mapping) {
            var names = mapping.entries().stream()
                    .map(entry -> Secrets.name(entry.key()))
                    .collect(Collectors.joining(", "));
            return spot.wrong(
                    node, "must be a list for docker stack deploy, without conditions; write [%s]".formatted(names));
        }
        return Texts.UNIQUE.read(node, spot);
    }
}

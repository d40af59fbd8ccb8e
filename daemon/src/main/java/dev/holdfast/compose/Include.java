package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/// Compose's `include`, which the client of a Swarm refuses: the lines that have the same files merged.
final class Include {

    private Include() {}

    static String refused(StackInput input, StackFolder folder, Yaml value) {
        var files = new ArrayList<String>();
        paths(value).forEach(path -> {
            var file = folder.normal(path);
            if (file != null && !files.contains(file)) {
                files.add(file);
            }
        });
        input.files().stream().filter(file -> !files.contains(file)).forEach(files::add);
        return "is refused by docker stack deploy; name the files in holdfast.yaml, each is merged over those before it: stacks: { %s: { files: [%s] } }"
                .formatted(input.stack(), String.join(", ", files));
    }

    private static List<String> paths(Yaml value) {
        return switch (value) {
            case Yaml.Scalar scalar -> List.of(scalar.text());
            case Yaml.Sequence sequence ->
                sequence.items().stream().flatMap(item -> paths(item).stream()).toList();
            case Yaml.Mapping mapping -> {
                var path = mapping.get("path");
                yield path == null ? List.of() : paths(path);
            }
        };
    }
}

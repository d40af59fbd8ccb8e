package dev.holdfast.compose;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The variables of a service's containers: `env_file`, then `environment` over it. What has no value, or an empty one,
/// gets that of the variable of the stack with its name.
///
/// @param filesRead collects the paths of all files that were read
record Environment(StackFolder folder, Problems problems, Set<String> filesRead) {

    /// Null where the service has neither.
    @Nullable
    SortedMap<String, Optional<String>> of(Yaml.Mapping service, Values values, Spot spot) {
        var files = values.get(ServiceKeys.ENV_FILE);
        var inline = values.get(ServiceKeys.ENVIRONMENT);
        if (files == null && inline == null) {
            return null;
        }
        var result = new TreeMap<String, Optional<String>>();
        var listed = service.get(ServiceKeys.ENV_FILE.name());
        if (files != null && listed != null) {
            var child = spot.key(ServiceKeys.ENV_FILE.name(), listed);
            fromFiles(listed, child).forEach((name, value) -> result.put(name, Optional.of(value)));
            result.replaceAll((name, value) -> replaced(name, value, spot.variables()));
        }
        if (inline != null) {
            inline.forEach((name, value) -> result.put(name, inlineValue(name, value, values, spot)));
        }
        return result;
    }

    private Map<String, String> fromFiles(Yaml listed, Spot spot) {
        var all = new TreeMap<String, String>();
        var items = listed instanceof Yaml.Sequence sequence ? sequence.items() : List.of(listed);
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var child = listed instanceof Yaml.Sequence ? spot.item(i, item) : spot;
            if (item instanceof Yaml.Scalar scalar) {
                all.putAll(fromFile(scalar, child));
            }
        }
        return all;
    }

    private Map<String, String> fromFile(Yaml.Scalar node, Spot spot) {
        var file = spot.at().reading().hasFailed(spot.at().path()) ? null : folder.file(node.text(), node, spot);
        if (file == null) {
            return Map.of();
        }
        filesRead.add(file);
        return folder.read(file, node, spot)
                .map(bytes -> (Map<String, String>) EnvFile.parse(file, bytes, spot.variables(), problems))
                .orElse(Map.of());
    }

    private static Optional<String> replaced(String name, Optional<String> value, Map<String, String> variables) {
        var variable = variables.get(name);
        return variable != null && value.orElse("").isEmpty() ? Optional.of(variable) : value;
    }

    private static Optional<String> inlineValue(String name, Optional<String> value, Values values, Spot spot) {
        var result = replaced(name, value, spot.variables());
        var place = values.place(ServiceKeys.ENVIRONMENT);
        if (place == null) {
            return result;
        }
        if (result.isEmpty()) {
            spot.warn(
                    StackWarning.UNSET_VARIABLE,
                    place,
                    "environment: %s has no value, and no variable of the stack has its name: the engine takes it away"
                            .formatted(Secrets.name(name)));
        } else if (value.isPresent() && !result.equals(value)) {
            spot.warn(
                    StackWarning.COMPOSE_TRAP,
                    place,
                    "environment: %s is empty, so docker stack deploy gives it the value of the variable of that name"
                            .formatted(Secrets.name(name)));
        }
        return result;
    }
}

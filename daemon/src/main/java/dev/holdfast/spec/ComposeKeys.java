package dev.holdfast.spec;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of all keys: which part of a spec each is, how that is written and read, and what a change of it does. A
/// part that is not here is read as it stands, and a change of it is taken to restart the tasks.
final class ComposeKeys {

    /// The parts that are not compared whole but field by field.
    private static final List<String> OPEN = List.of("", "TaskTemplate", "TaskTemplate.ContainerSpec");

    /// All rows, in the order in which they stand in a spec.
    static final List<ComposeKey> ALL = Stream.of(
                    ServiceKeys.IDENTITY, ContainerKeys.ROWS, TaskKeys.ROWS, ServiceKeys.ROLLOUT)
            .flatMap(List::stream)
            .toList();

    private static final Map<String, ComposeKey> BY_PATH =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ComposeKey::path, Function.identity()));

    private ComposeKeys() {}

    static boolean isOpen(String path) {
        return OPEN.contains(path);
    }

    static ComposeKey of(String path) {
        var key = BY_PATH.get(path);
        return key != null ? key : new ComposeKey(path, List.of(path), PlainParts.unwritten());
    }
}

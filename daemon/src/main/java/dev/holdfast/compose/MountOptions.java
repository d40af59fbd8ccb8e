package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands below `bind`, `volume` and `tmpfs` of a mount. The client ignores what it does not know there.
final class MountOptions {

    private static final Key<String> PROPAGATION = Key.of("propagation", Grammars.TEXT);
    private static final Key<Boolean> NOCOPY = Key.of("nocopy", Grammars.FLAG);
    private static final Key<String> SUBPATH = Key.of("subpath", Grammars.TEXT);
    private static final Key<Long> SIZE = Key.of("size", MountOptions::sizeOf);

    static final Grammar<Values> BIND = open(
            Table.of(PROPAGATION),
            Map.of(
                    "create_host_path", "the directory must be there on the node: nobody makes it",
                    "selinux", "label the directory on the node",
                    "recursive", "remove it"));
    static final Grammar<Values> VOLUME = open(Table.of(NOCOPY, SUBPATH), Map.of());
    static final Grammar<Values> TMPFS = open(Table.of(SIZE), Map.of("mode", "the file system gets mode 1777"));

    private MountOptions() {}

    /// Unknown keys are left out, with a warning.
    private static Grammar<Values> open(Table table, Map<String, String> hints) {
        return (node, spot) -> {
            if (!(node instanceof Yaml.Mapping mapping)) {
                return spot.wrongKind(node, "must be a mapping (key: value)");
            }
            var known = mapping.entries().stream()
                    .filter(entry -> table.key(entry.key()) != null)
                    .toList();
            for (var entry : mapping.entries()) {
                if (table.key(entry.key()) == null) {
                    spot.key(entry.key(), entry.value())
                            .warn(
                                    StackWarning.DROPPED_KEY,
                                    entry.at(),
                                    "docker stack deploy drops this key; "
                                            + hints.getOrDefault(entry.key(), "remove it"));
                }
            }
            return table.read(new Yaml.Mapping(mapping.place(), known), spot);
        };
    }

    private static @Nullable Long sizeOf(Yaml node, Spot spot) {
        if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.TEXT) {
            var bytes = Amounts.bytesOf(scalar.text());
            return spot.wrong(
                    node,
                    bytes == null || scalar.substituted()
                            ? "must be a number of bytes, without quotes"
                            : "must be a number of bytes for docker stack deploy; write %d".formatted(bytes));
        }
        return Grammars.NOT_NEGATIVE.read(node, spot);
    }

    static ComposeMount volume(
            Yaml.Place at, String source, String target, boolean readOnly, @Nullable Values options) {
        return new ComposeMount.Volume(
                at,
                source.isEmpty() ? null : source,
                target,
                readOnly,
                options != null && options.get(NOCOPY, false),
                options == null || options.get(SUBPATH, "").isEmpty() ? null : options.get(SUBPATH));
    }

    static @Nullable String propagation(@Nullable Values options) {
        return options == null ? null : options.get(PROPAGATION, "");
    }

    static @Nullable Long size(@Nullable Values options) {
        return options == null ? null : options.get(SIZE, 0L);
    }
}

package dev.holdfast.compose;

import dev.holdfast.yaml.GoScalars;
import dev.holdfast.yaml.Yaml;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a service that the client takes and drops: some with a line on its standard error, some without a word.
final class DroppedKeys {

    private static final String NO_SWARM = "a Swarm cannot do this for a service: ";
    private static final String BY_NAME =
            "services of one network reach each other by name, and by aliases under" + " networks; remove it";
    private static final Grammar<Object> BUILD = DroppedKeys::build;
    private static final Grammar<Object> TEXT_OR_NOTHING =
            (node, spot) -> Yaml.isNull(node) ? "" : Grammars.TEXT.read(node, spot);

    private DroppedKeys() {}

    static List<Key<?>> all() {
        return List.of(
                row("build", BUILD, "a Swarm builds nothing: build the image elsewhere and name it in image"),
                row("cgroup_parent", Grammars.TEXT, NO_SWARM + "remove it"),
                row("cgroupns_mode", Grammars.TEXT, NO_SWARM + "remove it").since(9),
                row("container_name", Grammars.TEXT, BY_NAME),
                row(
                        "devices",
                        Texts.UNIQUE,
                        NO_SWARM + "bind the device's path under volumes, or use generic_resources"),
                row("domainname", Grammars.TEXT, NO_SWARM + "write the full name in hostname"),
                row("expose", DroppedKeys::ports, "services of one network reach every port; remove it"),
                row("external_links", Texts.UNIQUE, BY_NAME),
                row("ipc", Grammars.TEXT, NO_SWARM + "remove it"),
                row("links", Texts.UNIQUE, BY_NAME),
                row("mac_address", Grammars.TEXT, NO_SWARM + "remove it"),
                row(
                        "network_mode",
                        Grammars.TEXT,
                        NO_SWARM + "for the host's network declare a network with external: true and name: host"),
                row("oom_score_adj", Grammars.WHOLE, "remove it").since(13),
                row("pid", TEXT_OR_NOTHING, NO_SWARM + "remove it").orNothing(),
                row("privileged", Grammars.FLAG, NO_SWARM + "give single capabilities with cap_add"),
                row("security_opt", Texts.UNIQUE, NO_SWARM + "set it in the engine's own settings"),
                Key.of("shm_size", Dropped.<String, Object>as(Grammars.TEXT, TmpfsAdvice::ofSharedMemory)),
                Key.of("tmpfs", Dropped.<List<String>, Object>as(Texts.ONE_OR_MORE, TmpfsAdvice::instead)),
                row("userns_mode", Grammars.TEXT, NO_SWARM + "remove it"));
    }

    private static Key<Object> row(String name, Grammar<?> grammar, String instead) {
        return Key.of(name, Dropped.<Object>as(grammar, instead));
    }

    private static @Nullable Object build(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            return Grammars.TEXT.read(node, spot);
        }
        for (var entry : mapping.entries()) {
            var child = spot.key(entry.key(), entry.value());
            switch (entry.key()) {
                case "args", "labels" -> Pairs.LABELS.read(entry.value(), child);
                case "context", "dockerfile", "network", "target" -> Grammars.TEXT.read(entry.value(), child);
                default -> {}
            }
        }
        return mapping;
    }

    private static @Nullable Object textOrNumber(Yaml node, Spot spot) {
        return node instanceof Yaml.Scalar scalar && Grammars.isNumber(scalar)
                ? GoScalars.number(scalar)
                : Grammars.TEXT.read(node, spot);
    }

    private static @Nullable Object ports(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return spot.wrongKind(node, "must be a list");
        }
        var seen = new HashSet<Object>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var port = textOrNumber(item, spot.item(i, item));
            if (port != null && !seen.add(port)) {
                spot.item(i, item).isThereTwice(item);
            }
        }
        return sequence;
    }
}

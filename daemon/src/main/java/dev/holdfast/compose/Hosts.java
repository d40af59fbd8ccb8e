package dev.holdfast.compose;

import dev.holdfast.yaml.GoScalars;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `extra_hosts`: `HOST:ADDRESS` or `HOST=ADDRESS`, or a mapping.
final class Hosts {

    static final Grammar<List<ComposeSurroundings.Host>> LIST = Hosts::read;

    private Hosts() {}

    private static @Nullable List<ComposeSurroundings.Host> read(Yaml node, Spot spot) {
        return switch (node) {
            case Yaml.Sequence sequence -> list(sequence, spot);
            case Yaml.Mapping mapping -> mapping(mapping, spot);
            case Yaml.Scalar _ -> spot.wrongKind(node, "must be a list such as [\"db:10.0.0.2\"], or a mapping");
        };
    }

    private static List<ComposeSurroundings.Host> list(Yaml.Sequence sequence, Spot spot) {
        var hosts = new ArrayList<ComposeSurroundings.Host>();
        var seen = new HashSet<String>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = spot.item(i, item);
            var text = Grammars.TEXT.read(item, child);
            if (text == null) {
                continue;
            }
            if (!seen.add(text)) {
                child.isThereTwice(item);
            }
            var host = host(text);
            if (host == null) {
                child.warn(
                        StackWarning.DROPPED_KEY,
                        item,
                        "has no address, so docker stack deploy drops it; write HOST:ADDRESS");
            } else {
                hosts.add(host);
            }
        }
        return List.copyOf(hosts);
    }

    private static ComposeSurroundings.@Nullable Host host(String text) {
        var separator = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
        return separator < 0 ? null : host(text.substring(0, separator), text.substring(separator + 1));
    }

    /// The client joins both with a colon, and cuts at the first one.
    private static ComposeSurroundings.Host host(String name, String address) {
        var joined = name + ":" + address;
        var colon = joined.indexOf(':');
        var ip = joined.substring(colon + 1);
        var bare = ip.length() > 2 && ip.startsWith("[") && ip.endsWith("]") ? ip.substring(1, ip.length() - 1) : ip;
        return new ComposeSurroundings.Host(joined.substring(0, colon), bare);
    }

    private static List<ComposeSurroundings.Host> mapping(Yaml.Mapping mapping, Spot spot) {
        var lines = new ArrayList<String>();
        for (var entry : mapping.entries()) {
            var child = spot.key(entry.key(), entry.value());
            if (Yaml.isNull(entry.value())) {
                child.warn(StackWarning.DROPPED_KEY, entry.at(), "has no address, so docker stack deploy drops it");
            } else if (entry.value() instanceof Yaml.Scalar scalar && Grammars.isNumber(scalar)) {
                child.warn(
                        StackWarning.COMPOSE_TRAP,
                        scalar,
                        "is a number, of which docker stack deploy makes no address");
                var type = scalar.kind() == Yaml.Kind.INTEGER ? "int" : "float64";
                lines.add("%s:%%!s(%s=%s)".formatted(entry.key(), type, GoScalars.printed(scalar)));
            } else {
                var address = Grammars.TEXT.read(entry.value(), child);
                if (address != null) {
                    lines.add(entry.key() + ":" + address);
                }
            }
        }
        lines.sort(Comparator.naturalOrder());
        return lines.stream()
                .map(line -> host(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)))
                .toList();
    }
}

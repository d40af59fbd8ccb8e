package dev.holdfast.compose;

import dev.holdfast.yaml.GoScalars;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Published ports: `8080:80/tcp`, ranges such as `8080-8082:80-82`, or the long form.
final class Ports {

    static final Grammar<List<ComposePort>> LIST = Ports::list;

    private static final Key<Long> TARGET = Key.of("target", Ports::port);
    private static final Key<Long> PUBLISHED = Key.of("published", Ports::published);
    private static final Key<String> PROTOCOL = Key.of("protocol", Grammars.TEXT);
    private static final Key<String> MODE = Key.of("mode", Grammars.TEXT);
    private static final Table LONG = Table.of(TARGET, PUBLISHED, PROTOCOL, MODE)
            .withHints(Map.of(
                    "name", "ports of a Swarm have no names: remove it",
                    "app_protocol", "ports of a Swarm have none: remove it",
                    "host_ip",
                            "a port opens on every address of the nodes: remove it, and close the port by a"
                                    + " firewall"));

    private static final int LAST = 65535;

    private Ports() {}

    private static @Nullable List<ComposePort> list(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return spot.wrongKind(node, "must be a list such as [\"8080:80\"]");
        }
        var ports = new ArrayList<ComposePort>();
        var seen = new HashSet<Object>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = spot.item(i, item);
            if (!seen.add(asWritten(item))) {
                child.isThereTwice(item);
            }
            ports.addAll(item instanceof Yaml.Mapping ? longForm(item, child) : shortForm(item, child));
        }
        return List.copyOf(ports);
    }

    /// What the client compares: the number 80 and the text "80" are two things to it.
    private static Object asWritten(Yaml node) {
        return switch (node) {
            case Yaml.Scalar scalar -> {
                var number = GoScalars.number(scalar);
                yield number == null ? scalar.text() : number;
            }
            case Yaml.Mapping mapping ->
                mapping.entries().stream().collect(Collectors.toMap(Yaml.Entry::key, e -> asWritten(e.value())));
            case Yaml.Sequence sequence ->
                sequence.items().stream().map(Ports::asWritten).toList();
        };
    }

    private static List<ComposePort> shortForm(Yaml node, Spot spot) {
        var text = node instanceof Yaml.Scalar scalar ? textOf(scalar) : null;
        if (text == null) {
            spot.wrongKind(node, "must be a port such as 80 or \"8080:80\", or a mapping with target and published");
            return List.of();
        }
        try {
            return PortSpec.parse(text).ports(node, spot);
        } catch (PortSpec.Wrong e) {
            spot.wrongValue(node, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private static @Nullable String textOf(Yaml.Scalar scalar) {
        var whole = GoScalars.whole(scalar);
        return scalar.kind() == Yaml.Kind.TEXT ? scalar.text() : whole == null ? null : whole.toString();
    }

    private static List<ComposePort> longForm(Yaml node, Spot spot) {
        if (spot.version() < 2) {
            spot.wrong(node, Table.tooOld(2, spot.version()));
            return List.of();
        }
        var values = LONG.read(node, spot);
        if (values == null) {
            return List.of();
        }
        var target = values.get(TARGET, 0L);
        if (!values.has(TARGET) || target == 0 && values.get(TARGET) != null) {
            spot.warn(StackWarning.COMPOSE_TRAP, node, "has no target, the port in the container, and leads nowhere");
        }
        return List.of(new ComposePort(
                node.place(),
                target.intValue(),
                values.get(PUBLISHED, 0L).intValue(),
                known(values, PROTOCOL, List.of("tcp", "udp", "sctp"), spot),
                known(values, MODE, List.of("ingress", "host"), spot)));
    }

    /// The client passes on any word, and the engine takes one that it does not know for the usual one.
    private static String known(Values values, Key<String> key, List<String> words, Spot spot) {
        var word = values.get(key, "");
        var place = values.place(key);
        if (!words.contains(word) && !word.isEmpty() && place != null) {
            spot.warn(
                    StackWarning.COMPOSE_TRAP,
                    place,
                    "the engine does not know this %s and takes %s; it knows %s"
                            .formatted(key.name(), words.getFirst(), String.join(", ", words)));
        }
        return words.contains(word) ? word : words.getFirst();
    }

    private static @Nullable Long published(Yaml node, Spot spot) {
        if (node instanceof Yaml.Scalar scalar
                && scalar.kind() == Yaml.Kind.TEXT
                && scalar.text().matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
            var range = scalar.text().indexOf('-') > 0;
            return spot.wrong(
                    node,
                    range
                            ? "must be one number here: for a range write the short form, \"%s:TARGET\""
                                    .formatted(scalar.text())
                            : "must be a number for docker stack deploy; write %s without quotes"
                                    .formatted(scalar.text()));
        }
        return port(node, spot);
    }

    private static @Nullable Long port(Yaml node, Spot spot) {
        var port = Grammars.NOT_NEGATIVE.read(node, spot);
        return port == null || port <= LAST ? port : spot.wrongValue(node, "must be a port from 0 to 65535");
    }
}

package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `secrets` and `configs` of a service: names, or mappings with target, owner and mode.
final class FileUses {

    static final Grammar<List<ComposeFileUse>> LIST = FileUses::list;

    private static final int DEFAULT_MODE = 0444;
    private static final Key<String> SOURCE = Key.of("source", Grammars.TEXT);
    private static final Key<String> TARGET = Key.of("target", Grammars.TEXT);
    private static final Key<String> UID = Key.of("uid", FileUses::id);
    private static final Key<String> GID = Key.of("gid", FileUses::id);
    private static final Key<Long> MODE = Key.of("mode", FileUses::mode);
    private static final Table LONG = Table.of(SOURCE, TARGET, UID, GID, MODE);

    private FileUses() {}

    private static @Nullable List<ComposeFileUse> list(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return spot.wrongKind(node, "must be a list");
        }
        var uses = new ArrayList<ComposeFileUse>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = spot.item(i, item);
            var use = item instanceof Yaml.Mapping mapping ? longForm(mapping, child) : shortForm(item, child);
            if (use != null) {
                uses.add(use);
            }
        }
        return List.copyOf(uses);
    }

    private static @Nullable ComposeFileUse shortForm(Yaml node, Spot spot) {
        var source = Grammars.TEXT.read(node, spot);
        return source == null ? null : new ComposeFileUse(node.place(), source, source, "0", "0", DEFAULT_MODE);
    }

    /// The client ignores keys that it does not know here.
    private static @Nullable ComposeFileUse longForm(Yaml.Mapping mapping, Spot spot) {
        var known = new ArrayList<Yaml.Entry>();
        for (var entry : mapping.entries()) {
            if (LONG.key(entry.key()) != null) {
                known.add(entry);
            } else {
                spot.key(entry.key(), entry.value())
                        .warn(StackWarning.DROPPED_KEY, entry.at(), "docker stack deploy drops this key; remove it");
            }
        }
        var values = LONG.read(new Yaml.Mapping(mapping.place(), known), spot);
        if (values == null) {
            return null;
        }
        var source = values.get(SOURCE, "");
        if (source.isEmpty()) {
            return spot.wrong(mapping, "has no source, the key of what is to be mounted");
        }
        return new ComposeFileUse(
                mapping.place(),
                source,
                orElse(values.get(TARGET, ""), source),
                orElse(values.get(UID, ""), "0"),
                orElse(values.get(GID, ""), "0"),
                values.get(MODE, (long) DEFAULT_MODE).intValue());
    }

    private static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static @Nullable String id(Yaml node, Spot spot) {
        return node instanceof Yaml.Scalar scalar && Grammars.isNumber(scalar)
                ? spot.wrong(
                        node, "must be text for docker stack deploy; write \"%s\", in quotes".formatted(scalar.text()))
                : Grammars.TEXT.read(node, spot);
    }

    private static @Nullable Long mode(Yaml node, Spot spot) {
        if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.TEXT) {
            return spot.wrong(
                    node,
                    scalar.text().matches("0?[0-7]{3}")
                            ? "must be a number for docker stack deploy; write 0%s, without quotes"
                                    .formatted(scalar.text().replaceFirst("^0", ""))
                            : "must be a number such as 0444, without quotes");
        }
        var mode = Grammars.cut(node, spot);
        if (mode == null) {
            return null;
        }
        if (mode > 07777) {
            return spot.wrongValue(node, "must be permission bits such as 0444");
        }
        if (node instanceof Yaml.Scalar scalar && scalar.text().matches("[4-7][0-7]{2}")) {
            spot.warn(
                    StackWarning.COMPOSE_TRAP,
                    node,
                    "is a decimal number, the permissions 0%o; write 0%s where these are meant"
                            .formatted(mode, scalar.text()));
        }
        return mode;
    }
}

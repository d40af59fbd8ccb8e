package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Entries of `volumes` of a service, short or long. The long one is read here.
final class Mounts {

    static final Grammar<List<ComposeMount>> LIST = Mounts::list;

    private static final Key<String> TYPE = Key.of("type", Grammars.TEXT);
    private static final Key<String> SOURCE = Key.of("source", Grammars.TEXT);
    private static final Key<String> TARGET = Key.of("target", Grammars.TEXT);
    private static final Key<Boolean> READ_ONLY = Key.of("read_only", Grammars.FLAG);
    private static final Key<String> CONSISTENCY = Key.of("consistency", Dropped.as(Grammars.TEXT, "remove it"));
    private static final Key<Values> BIND = Key.of("bind", MountOptions.BIND);
    private static final Key<Values> VOLUME = Key.of("volume", MountOptions.VOLUME);
    private static final Key<Values> TMPFS =
            Key.<Values>of("tmpfs", MountOptions.TMPFS).since(6);
    private static final Table LONG = Table.of(TYPE, SOURCE, TARGET, READ_ONLY, CONSISTENCY, BIND, VOLUME, TMPFS)
            .withHints(Map.of(
                    "image", "Swarm mounts no images: remove it",
                    "cluster", "write type: cluster, without this key"));

    private Mounts() {}

    private static @Nullable List<ComposeMount> list(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return spot.wrongKind(node, "must be a list such as [\"data:/var/lib/data\"]");
        }
        var mounts = new ArrayList<ComposeMount>();
        var seen = new HashSet<Object>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = spot.item(i, item);
            var mount = item instanceof Yaml.Mapping ? longForm(item, child) : shortForm(item, child);
            if (mount != null) {
                mounts.add(mount);
            }
            // The client's own schema looks for equal items up to 3.1 only; it is the engine that wants one mount for
            // each target.
            if (spot.version() < 2 && item instanceof Yaml.Scalar scalar && !seen.add(scalar.text())) {
                child.isThereTwice(item);
            }
        }
        return List.copyOf(mounts);
    }

    private static @Nullable ComposeMount shortForm(Yaml node, Spot spot) {
        var text = Grammars.TEXT.read(node, spot);
        return text == null ? null : MountSpec.read(text, node, spot);
    }

    private static @Nullable ComposeMount longForm(Yaml node, Spot spot) {
        if (spot.version() < 2) {
            return spot.wrong(node, Table.tooOld(2, spot.version()));
        }
        var values = LONG.read(node, spot);
        if (values == null) {
            return null;
        }
        if (!values.has(TYPE)) {
            return spot.wrong(node, "has no type; write type: volume, type: bind or type: tmpfs");
        }
        var type = values.get(TYPE, "volume");
        var fitting = isFitting(values, type.isEmpty() ? "volume" : type, spot);
        return fitting ? mount(values, type, node, spot) : null;
    }

    /// Whether there are no options of another type.
    private static boolean isFitting(Values values, String type, Spot spot) {
        var fitting = true;
        for (var key : List.of(BIND, VOLUME, TMPFS)) {
            var place = values.place(key);
            var pipe = type.equals("npipe") && key == BIND;
            if (place != null && !key.name().equals(type) && !pipe) {
                spot.error(place, key.name(), "does not fit type: %s; remove it".formatted(type));
                fitting = false;
            }
        }
        return fitting;
    }

    private static @Nullable ComposeMount mount(Values values, String type, Yaml node, Spot spot) {
        var source = values.get(SOURCE, "");
        var target = values.get(TARGET, "");
        var readOnly = values.get(READ_ONLY, false);
        var at = node.place();
        if (source.isEmpty() && List.of("bind", "npipe", "cluster", "image").contains(type)) {
            return spot.wrong(node, "has no source; write what is to be mounted");
        }
        if (target.isEmpty()) {
            return spot.wrong(node, "has no target; write where it is to be mounted");
        }
        return switch (type) {
            case "", "volume" -> MountOptions.volume(at, source, target, readOnly, values.get(VOLUME));
            case "bind" ->
                MountSpec.bind(node, source, target, readOnly, MountOptions.propagation(values.get(BIND)), spot);
            case "tmpfs" ->
                source.isEmpty()
                        ? new ComposeMount.Tmpfs(at, target, readOnly, MountOptions.size(values.get(TMPFS)))
                        : spot.wrong(node, "of type tmpfs has no source; remove it");
            case "npipe" ->
                new ComposeMount.NamedPipe(at, source, target, readOnly, MountOptions.propagation(values.get(BIND)));
            case "cluster" -> new ComposeMount.Cluster(at, source, target, readOnly);
            case "image" -> spot.wrong(node, "mounts an image, which engines refuse for a service");
            default -> {
                var place = values.place(TYPE);
                spot.error(place == null ? at : place, "type", "must be volume, bind, tmpfs, npipe or cluster");
                yield null;
            }
        };
    }
}

package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of a volume of a stack, and the record that they become.
final class VolumeKeys {

    private static final Key<String> NAME =
            Key.<String>of("name", Grammars.TEXT).since(4);
    private static final Key<String> DRIVER = Key.of("driver", Grammars.TEXT);
    private static final Key<SortedMap<String, String>> DRIVER_OPTS = Key.of("driver_opts", Pairs.OPTIONS);
    private static final Key<External> EXTERNAL = Key.of("external", External::read);
    private static final Key<SortedMap<String, String>> LABELS = Key.of("labels", Pairs.LABELS);
    private static final Key<Object> CLUSTER_SPEC = Key.<Object>of(
                    "x-cluster-spec",
                    Dropped.as(
                            (node, spot) ->
                                    node instanceof Yaml.Mapping ? node : spot.wrongKind(node, "must be a mapping"),
                            "make the cluster volume by hand"))
            .since(10);
    private static final Table TABLE =
            Table.of(NAME, DRIVER, DRIVER_OPTS, EXTERNAL, LABELS, CLUSTER_SPEC).withExtensions(7);

    private VolumeKeys() {}

    static @Nullable ComposeVolume read(String stack, Yaml.Entry entry, Spot spot) {
        var values = TABLE.read(entry.value(), spot);
        if (values == null) {
            return null;
        }
        var external = values.get(EXTERNAL, External.NO);
        if (external.is() && !isPlain(values, spot)) {
            return null;
        }
        var name = external.nameIn(stack, entry.key(), values.get(NAME), entry.value(), spot);
        var driver = values.get(DRIVER, "");
        return name == null
                ? null
                : new ComposeVolume(
                        entry.key(),
                        entry.at(),
                        name,
                        external.is(),
                        driver.isEmpty() ? null : driver,
                        values.get(DRIVER_OPTS),
                        values.get(LABELS, new TreeMap<>()));
    }

    /// What somebody else makes has no driver, options or labels of ours.
    private static boolean isPlain(Values values, Spot spot) {
        var plain = true;
        plain &= isEmpty(values, DRIVER, values.get(DRIVER, "").isEmpty(), spot);
        plain &= isEmpty(
                values, DRIVER_OPTS, values.get(DRIVER_OPTS, new TreeMap<>()).isEmpty(), spot);
        plain &= isEmpty(values, LABELS, values.get(LABELS, new TreeMap<>()).isEmpty(), spot);
        return plain;
    }

    private static boolean isEmpty(Values values, Key<?> key, boolean empty, Spot spot) {
        var place = values.place(key);
        if (!empty && place != null) {
            spot.error(place, key.name(), "does not go with external, which somebody else makes; remove one of them");
        }
        return empty;
    }
}

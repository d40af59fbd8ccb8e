package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of a network of a stack, and the record that they become.
final class NetworkKeys {

    private static final Key<String> NAME =
            Key.<String>of("name", Grammars.TEXT).since(5);
    private static final Key<String> DRIVER = Key.of("driver", Grammars.TEXT);
    private static final Key<SortedMap<String, String>> DRIVER_OPTS = Key.of("driver_opts", Pairs.OPTIONS);
    private static final Key<External> EXTERNAL = Key.of("external", External::read);
    private static final Key<Boolean> INTERNAL = Key.of("internal", Grammars.FLAG);
    private static final Key<Boolean> ATTACHABLE =
            Key.<Boolean>of("attachable", Grammars.FLAG).since(2);
    private static final Key<SortedMap<String, String>> LABELS = Key.of("labels", Pairs.LABELS);

    private static final Key<String> SUBNET = Key.of("subnet", Grammars.TEXT);
    private static final Table POOL = Table.of(SUBNET).withHints(RefusedKeys.OF_SUBNET);
    private static final Key<String> IPAM_DRIVER = Key.of("driver", Grammars.TEXT);
    private static final Key<List<String>> IPAM_CONFIG = Key.of("config", NetworkKeys::pools);
    private static final Table IPAM_TABLE =
            Table.of(IPAM_DRIVER, IPAM_CONFIG).withHints(Map.of("options", "remove it"));
    private static final Key<Values> IPAM = Key.of("ipam", IPAM_TABLE);

    private static final Table TABLE = Table.of(NAME, DRIVER, DRIVER_OPTS, EXTERNAL, INTERNAL, ATTACHABLE, LABELS, IPAM)
            .withExtensions(7)
            .withHints(RefusedKeys.OF_NETWORK);

    private NetworkKeys() {}

    private static @Nullable List<String> pools(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return spot.wrongKind(node, "must be a list such as [{ subnet: 10.77.0.0/24 }]");
        }
        var subnets = new ArrayList<String>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var values = item instanceof Yaml.Mapping
                    ? POOL.read(item, spot.item(i, item))
                    : spot.item(i, item).<Values>wrongKind(item, "must be a mapping such as { subnet: 10.77.0.0/24 }");
            if (values != null) {
                subnets.add(values.get(SUBNET, ""));
            }
        }
        return List.copyOf(subnets);
    }

    static @Nullable ComposeNetwork read(String stack, Yaml.Entry entry, Spot spot) {
        var values = TABLE.read(entry.value(), spot);
        if (values == null) {
            return null;
        }
        var external = values.get(EXTERNAL, External.NO);
        var name = external.nameIn(stack, entry.key(), values.get(NAME), entry.value(), spot);
        var driver = values.get(DRIVER, "");
        return name == null
                ? null
                : new ComposeNetwork(
                        entry.key(),
                        entry.at(),
                        name,
                        external.is(),
                        false,
                        driver.isEmpty() ? "overlay" : driver,
                        values.get(DRIVER_OPTS, new TreeMap<>()),
                        values.get(INTERNAL, false),
                        values.get(ATTACHABLE, false),
                        values.get(LABELS, new TreeMap<>()),
                        ipam(values.get(IPAM)));
    }

    private static ComposeNetwork.@Nullable Ipam ipam(@Nullable Values values) {
        if (values == null) {
            return null;
        }
        var driver = values.get(IPAM_DRIVER, "");
        var subnets = values.get(IPAM_CONFIG, List.of());
        return driver.isEmpty() && subnets.isEmpty()
                ? null
                : new ComposeNetwork.Ipam(driver.isEmpty() ? null : driver, subnets);
    }

    /// The network of services that name none, where the files do not declare it.
    static ComposeNetwork undeclaredDefault(String stack, Yaml.Place at) {
        var name = StackFile.scoped(stack, "default");
        return new ComposeNetwork(
                "default", at, name, false, true, "overlay", Map.of(), false, false, new TreeMap<>(), null);
    }
}

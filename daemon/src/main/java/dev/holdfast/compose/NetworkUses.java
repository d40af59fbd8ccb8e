package dev.holdfast.compose;

import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Yaml;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `networks` of a service: a list of names, or a mapping from each to aliases and options.
final class NetworkUses {

    /// What one file says of a network.
    ///
    /// @param written whether something stands behind its name: a list, or nothing, changes no earlier file's
    ///     aliases
    record Use(ComposeNetworkUse use, boolean written) {}

    static final Grammar<SortedMap<String, Use>> USES = NetworkUses::read;
    static final Merge<SortedMap<String, Use>> MERGE = NetworkUses::merged;

    private static final String NAME = "[a-zA-Z0-9._-]+";
    private static final String ADDRESSES = "a Swarm gives out addresses itself; remove it";
    private static final Key<List<String>> ALIASES = Key.of("aliases", Texts.UNIQUE);
    private static final Key<SortedMap<String, String>> DRIVER_OPTS =
            Key.<SortedMap<String, String>>of("driver_opts", Pairs.OPTIONS).since(13);
    private static final Table LONG = Table.of(
                    ALIASES,
                    DRIVER_OPTS,
                    Key.of("ipv4_address", Dropped.as(Grammars.TEXT, ADDRESSES)),
                    Key.of("ipv6_address", Dropped.as(Grammars.TEXT, ADDRESSES)))
            .withHints(Map.of(
                    "priority", "a Swarm has no order of networks: remove it",
                    "gw_priority", "a Swarm has no order of networks: remove it",
                    "mac_address", "a Swarm gives out addresses itself: remove it",
                    "link_local_ips", "a Swarm gives out addresses itself: remove it",
                    "interface_name", "a Swarm names interfaces itself: remove it"));

    private NetworkUses() {}

    private static @Nullable SortedMap<String, Use> read(Yaml node, Spot spot) {
        var uses = new TreeMap<String, Use>();
        switch (node) {
            case Yaml.Sequence sequence -> readList(sequence, spot, uses);
            case Yaml.Mapping mapping -> mapping.entries().forEach(entry -> readEntry(entry, spot, uses));
            case Yaml.Scalar _ -> {
                return spot.wrongKind(node, "must be a list such as [front, back], or a mapping");
            }
        }
        return Collections.unmodifiableSortedMap(uses);
    }

    private static void readList(Yaml.Sequence sequence, Spot spot, Map<String, Use> uses) {
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = spot.item(i, item);
            var name = Grammars.TEXT.read(item, child);
            if (name == null) {
                continue;
            }
            var use = new ComposeNetworkUse(item.place(), name, List.of(), Map.of());
            if (uses.put(name, new Use(use, false)) != null) {
                child.isThereTwice(item);
            }
        }
    }

    private static void readEntry(Yaml.Entry entry, Spot spot, Map<String, Use> uses) {
        var child = spot.key(entry.key(), entry.value());
        if (!entry.key().matches(NAME)) {
            spot.error(entry.at(), Secrets.name(entry.key()), "is no name of a network");
            return;
        }
        var values = LONG.read(entry.value(), child);
        if (values != null) {
            var use = new ComposeNetworkUse(
                    entry.at(), entry.key(), values.get(ALIASES, List.of()), values.get(DRIVER_OPTS, new TreeMap<>()));
            uses.put(entry.key(), new Use(use, !Yaml.isNull(entry.value())));
        }
    }

    /// The later file's aliases take the place of the earlier's, its options do not.
    private static @Nullable SortedMap<String, Use> merged(
            @Nullable SortedMap<String, Use> base, @Nullable SortedMap<String, Use> over) {
        if (base == null || over == null) {
            return base == null ? over : base;
        }
        var both = new TreeMap<>(base);
        over.forEach((name, use) -> both.merge(name, use, NetworkUses::merged));
        return Collections.unmodifiableSortedMap(both);
    }

    private static Use merged(Use base, Use over) {
        if (!over.written() || !base.written()) {
            return over.written() ? over : base;
        }
        var use = new ComposeNetworkUse(
                over.use().at(),
                base.use().network(),
                over.use().aliases(),
                base.use().driverOpts());
        return new Use(use, true);
    }
}

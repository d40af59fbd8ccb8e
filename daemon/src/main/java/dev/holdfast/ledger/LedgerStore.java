package dev.holdfast.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.live.Labels;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the ledger lives: one Swarm config per version of it, `holdfast-ledger-<cluster>-<n>`, of which the highest
/// number counts. A config's name can be taken only once: that is the compare-and-swap.
///
/// The configs never carry a stack label: `docker stack rm` would take the ledger away.
public final class LedgerStore {

    /// What an engine takes as a config's data, in bytes.
    static final int LIMIT = 1_024_000;

    private static final int KEPT = 3;
    private static final String PREFIX = "holdfast-ledger-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(.+)-([1-9][0-9]{0,17})");
    private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);

    private final Engine engine;

    public LedgerStore(Engine engine) {
        this.engine = engine;
    }

    /// A ledger as it is stored.
    private record Stored(String id, String name, long sequence, JsonNode json) {

        Ledger read(String cluster) {
            var data = Base64.getDecoder().decode(json.path("Spec").path("Data").asText());
            return LedgerFormat.decode(data, name, cluster, sequence);
        }
    }

    /// The ledger of that cluster; an empty one with a new key where there is none yet.
    ///
    /// @throws LedgerUnusable if there is one and it cannot be read
    public Ledger read(String cluster, Supplier<String> newNameKey) {
        var stored = stored(cluster);
        return stored.isEmpty()
                ? Ledger.empty(cluster, newNameKey.get())
                : stored.getFirst().read(cluster);
    }

    /// The ledgers of the other clusters in this Swarm, by cluster; without those that cannot be read.
    public List<Ledger> others(String cluster) {
        var newest = new TreeMap<String, Stored>();
        for (var config : engine.configsNamed(PREFIX)) {
            var name = NAME.matcher(config.path("Spec").path("Name").asText());
            if (name.matches() && !name.group(1).equals(cluster)) {
                var stored =
                        new Stored(config.path("ID").asText(), name.group(), Long.parseLong(name.group(2)), config);
                newest.merge(name.group(1), stored, (one, two) -> one.sequence() > two.sequence() ? one : two);
            }
        }
        var ledgers = new ArrayList<Ledger>();
        newest.forEach((other, stored) -> {
            try {
                ledgers.add(stored.read(other));
            } catch (LedgerUnusable e) {
                LOG.debug("{} cannot be read: {}", stored.name(), e.getMessage());
            }
        });
        return List.copyOf(ledgers);
    }

    /// Writes what follows on the ledger of that number, if that still is the newest and says something else.
    ///
    /// @return the ledger that is now in the Swarm
    /// @throws LedgerMoved if somebody else has written since that number was read
    /// @throws LedgerUnusable if it is too large for a config
    public Ledger write(Ledger next) {
        var before = stored(next.cluster());
        var newest = before.isEmpty() ? 0 : before.getFirst().sequence();
        if (newest != next.sequence()) {
            throw moved(next, newest);
        }
        if (newest > 0 && before.getFirst().read(next.cluster()).saysTheSameAs(next)) {
            return next;
        }
        var written = next.withSequence(newest + 1);
        var id = create(written);
        var after = stored(next.cluster());
        if (after.isEmpty() || !after.getFirst().id().equals(id)) {
            // A writer that slept while others wrote on and cleared its number away: see its name, but come too late.
            removeQuietly(id);
            throw moved(next, after.isEmpty() ? 0 : after.getFirst().sequence());
        }
        after.stream().skip(KEPT).forEach(old -> removeQuietly(old.id()));
        return written;
    }

    private String create(Ledger ledger) {
        var data = LedgerFormat.encode(ledger);
        if (data.length > LIMIT) {
            throw new LedgerUnusable("the ledger of cluster \"" + ledger.cluster() + "\" would have " + data.length
                    + " bytes, and a Swarm config holds " + LIMIT + ": it knows "
                    + ledger.claims().size()
                    + " claims; strike those that are gone for good with `holdfast orphans forget`");
        }
        var labels = JsonNodeFactory.instance.objectNode().put(Labels.LEDGER, Long.toString(ledger.sequence()));
        try {
            return engine.createConfig(name(ledger), labels, data, null);
        } catch (EngineException e) {
            throw e.isConflict() ? moved(ledger, ledger.sequence()) : e;
        }
    }

    /// All ledgers of that cluster, the newest first.
    private List<Stored> stored(String cluster) {
        var prefix = prefix(cluster);
        var digits = Pattern.compile("[1-9][0-9]{0,17}");
        var found = new ArrayList<Stored>();
        for (var config : engine.configsNamed(prefix)) {
            var name = config.path("Spec").path("Name").asText();
            var number = name.substring(Math.min(prefix.length(), name.length()));
            if (name.startsWith(prefix) && digits.matcher(number).matches()) {
                found.add(new Stored(config.path("ID").asText(), name, Long.parseLong(number), config));
            }
        }
        found.sort(Comparator.comparingLong(Stored::sequence).reversed());
        return found;
    }

    private void removeQuietly(String id) {
        try {
            engine.removeConfig(id);
        } catch (EngineException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static LedgerMoved moved(Ledger ledger, long newest) {
        return new LedgerMoved("the ledger of cluster \"" + ledger.cluster()
                + "\" was written by somebody else: it is at " + newest + " now");
    }

    private static String prefix(String cluster) {
        return PREFIX + cluster + "-";
    }

    private static String name(Ledger ledger) {
        return prefix(ledger.cluster()) + ledger.sequence();
    }
}

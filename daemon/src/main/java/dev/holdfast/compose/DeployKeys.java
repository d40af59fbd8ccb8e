package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of `deploy`, and the record that they become.
final class DeployKeys {

    private static final Key<String> MODE = Key.of("mode", Grammars.TEXT);
    static final Key<Long> REPLICAS = Key.of("replicas", Grammars.NOT_NEGATIVE, Merges.laterEvenIfEmpty());
    private static final Key<SortedMap<String, String>> LABELS = Key.of("labels", Pairs.LABELS, Merges.byName());
    static final Key<String> ENDPOINT_MODE =
            Key.<String>of("endpoint_mode", Grammars.TEXT).since(2);

    private static final Key<String> CPUS_KEY = Key.of("cpus", DeployKeys::cpus);
    private static final Key<Long> MEMORY = Key.of("memory", Amounts.BYTES);
    private static final Key<Long> PIDS = Key.<Long>of("pids", Grammars.WHOLE).since(9);
    private static final Table LIMITS = Table.of(CPUS_KEY, MEMORY, PIDS);
    private static final Key<List<ComposeDeploy.GenericResource>> GENERIC = Key.<List<ComposeDeploy.GenericResource>>of(
                    "generic_resources", GenericResources.LIST, Merges.appended())
            .since(5);
    private static final Table RESERVATIONS = Table.of(CPUS_KEY, MEMORY, GENERIC)
            .withHints(Map.of(
                    "devices", "name GPUs as generic_resources, which the engine of each node offers",
                    "pids", "a Swarm reserves no process numbers: write it under limits"));
    private static final Key<Values> LIMITS_KEY = Key.of("limits", LIMITS, Merges.nested(LIMITS));
    private static final Key<Values> RESERVATIONS_KEY =
            Key.of("reservations", RESERVATIONS, Merges.nested(RESERVATIONS));
    private static final Table RESOURCES = Table.of(LIMITS_KEY, RESERVATIONS_KEY);
    private static final Key<Values> RESOURCES_KEY = Key.of("resources", RESOURCES, Merges.nested(RESOURCES));

    private static final Key<String> CONDITION = Key.of("condition", Grammars.TEXT);
    private static final Key<Duration> DELAY = Key.of("delay", Amounts.DURATION);
    private static final Key<Long> MAX_ATTEMPTS =
            Key.of("max_attempts", Grammars.NOT_NEGATIVE, Merges.laterEvenIfEmpty());
    private static final Key<Duration> WINDOW = Key.of("window", Amounts.DURATION);
    private static final Table RESTART = Table.of(CONDITION, DELAY, MAX_ATTEMPTS, WINDOW);
    static final Key<Values> RESTART_POLICY = Key.of("restart_policy", RESTART, Merges.nested(RESTART));

    private static final Key<List<String>> CONSTRAINTS = Key.of("constraints", Texts.LIST, Merges.appended());
    private static final Key<List<String>> PREFERENCES = Key.<List<String>>of(
                    "preferences", DeployKeys::spreads, Merges.appended())
            .since(3);
    private static final Key<Long> MAX_REPLICAS =
            Key.<Long>of("max_replicas_per_node", Grammars.NOT_NEGATIVE).since(8);
    private static final Table PLACEMENT = Table.of(CONSTRAINTS, PREFERENCES, MAX_REPLICAS);
    private static final Key<Values> PLACEMENT_KEY = Key.of("placement", PLACEMENT, Merges.nested(PLACEMENT));

    private static final Key<String> SPREAD = Key.of("spread", Grammars.TEXT);
    private static final Table PREFERENCE = Table.of(SPREAD);

    static final Table TABLE = Table.of(
                    MODE,
                    REPLICAS,
                    LABELS,
                    ENDPOINT_MODE,
                    RESOURCES_KEY,
                    RESTART_POLICY,
                    PLACEMENT_KEY,
                    UpdateKeys.UPDATE,
                    UpdateKeys.ROLLBACK)
            .withHints(Map.of("scale", "write replicas"));

    private DeployKeys() {}

    /// CPUs are looked at by the client only after all files are merged, but no file can make a wrong number right.
    private static @Nullable String cpus(Yaml node, Spot spot) {
        var nanos = Amounts.NANO_CPUS.read(node, spot);
        return nanos == null || !(node instanceof Yaml.Scalar scalar) ? null : scalar.text();
    }

    private static @Nullable List<String> spreads(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return spot.wrongKind(node, "must be a list such as [{ spread: node.labels.zone }]");
        }
        var spreads = new ArrayList<String>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var values = item instanceof Yaml.Mapping
                    ? PREFERENCE.read(item, spot.item(i, item))
                    : spot.item(i, item)
                            .<Values>wrongKind(item, "must be a mapping such as { spread: node.labels.zone }");
            if (values != null) {
                spreads.add(values.get(SPREAD, ""));
            }
        }
        return List.copyOf(spreads);
    }

    /// @param restart what `restart` of the service says, which counts where there is no `restart_policy`
    static ComposeDeploy record(Values deploy, @Nullable String restart) {
        var resources = deploy.get(RESOURCES_KEY, new Values());
        var limits = resources.get(LIMITS_KEY);
        var reservations = resources.get(RESERVATIONS_KEY);
        var policy = deploy.get(RESTART_POLICY);
        var mode = deploy.get(MODE, "");
        var endpoint = deploy.get(ENDPOINT_MODE, "").toLowerCase(java.util.Locale.ROOT);
        return new ComposeDeploy(
                mode.isEmpty() ? "replicated" : mode,
                deploy.get(REPLICAS),
                deploy.get(LABELS, new TreeMap<>()),
                endpoint.isEmpty() ? null : endpoint,
                placement(deploy.get(PLACEMENT_KEY, new Values())),
                limits == null
                        ? null
                        : new ComposeDeploy.Limits(nanoCpus(limits), limits.get(MEMORY, 0L), limits.get(PIDS, 0L)),
                reservations == null
                        ? null
                        : new ComposeDeploy.Reservations(
                                nanoCpus(reservations),
                                reservations.get(MEMORY, 0L),
                                reservations.get(GENERIC, List.of())),
                policy != null ? policy(policy) : restart == null ? null : RestartWord.policy(restart),
                UpdateKeys.record(deploy.get(UpdateKeys.UPDATE)),
                UpdateKeys.record(deploy.get(UpdateKeys.ROLLBACK)));
    }

    private static long nanoCpus(Values values) {
        var nanos = Amounts.nanoCpusOf(values.get(CPUS_KEY, "0"));
        return nanos == null ? 0 : nanos;
    }

    private static ComposeDeploy.Placement placement(Values values) {
        return new ComposeDeploy.Placement(
                values.get(CONSTRAINTS, List.of()), values.get(PREFERENCES, List.of()), values.get(MAX_REPLICAS, 0L));
    }

    private static ComposeDeploy.RestartPolicy policy(Values values) {
        var condition = values.get(CONDITION, "");
        return new ComposeDeploy.RestartPolicy(
                condition.isEmpty() ? null : condition,
                values.get(DELAY),
                values.get(MAX_ATTEMPTS),
                values.get(WINDOW));
    }
}

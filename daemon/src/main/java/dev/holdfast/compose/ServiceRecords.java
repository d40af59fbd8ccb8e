package dev.holdfast.compose;

import static dev.holdfast.compose.ServiceKeys.*;

import dev.holdfast.yaml.Yaml;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// From the merged values of a service to its record.
final class ServiceRecords {

    private static final Comparator<ComposePort> ORDER_OF_PORTS = Comparator.comparingInt(ComposePort::published)
            .thenComparingInt(ComposePort::target)
            .thenComparing(ComposePort::protocol)
            .thenComparing(ComposePort::mode);

    private ServiceRecords() {}

    static ComposeService of(String name, Yaml.Place at, Values values) {
        var places = new HashMap<String, Yaml.Place>();
        values.addPlaces("", places);
        return new ComposeService(
                name,
                at,
                new Places(at, places),
                values.get(IMAGE, ""),
                process(values),
                surroundings(values),
                values.get(RESOLVED_ENVIRONMENT, new TreeMap<>()),
                values.get(LABELS, new TreeMap<>()),
                networks(values, at),
                values.get(PORTS, List.of()).stream().sorted(ORDER_OF_PORTS).toList(),
                values.get(VOLUMES, List.of()),
                values.get(SECRETS, List.of()),
                values.get(CONFIGS, List.of()),
                HealthKeys.record(values.get(HEALTHCHECK)),
                LogKeys.record(values.get(LOGGING)),
                DeployKeys.record(values.get(DEPLOY, new Values()), restart(values)),
                values.get(DEPENDS_ON, List.of()),
                values.extensions());
    }

    private static ComposeProcess process(Values values) {
        return new ComposeProcess(
                values.get(COMMAND, List.of()),
                values.get(ENTRYPOINT, List.of()),
                text(values, USER),
                text(values, WORKING_DIR),
                text(values, HOSTNAME),
                text(values, STOP_SIGNAL),
                values.get(STOP_GRACE_PERIOD),
                values.get(INIT),
                values.get(TTY, false),
                values.get(STDIN_OPEN, false),
                values.get(READ_ONLY, false),
                text(values, ISOLATION));
    }

    private static ComposeSurroundings surroundings(Values values) {
        var capabilities = Capabilities.of(values.get(CAP_ADD, List.of()), values.get(CAP_DROP, List.of()));
        return new ComposeSurroundings(
                values.get(DNS, List.of()),
                values.get(DNS_SEARCH, List.of()),
                values.get(EXTRA_HOSTS, List.of()),
                capabilities.add(),
                capabilities.drop(),
                values.get(SYSCTLS, new TreeMap<>()),
                values.get(ULIMITS, new TreeMap<>()),
                CredentialKeys.record(values.get(CREDENTIAL_SPEC)));
    }

    private static List<ComposeNetworkUse> networks(Values values, Yaml.Place at) {
        var uses = values.get(NETWORKS, new TreeMap<>());
        return uses.isEmpty()
                ? List.of(new ComposeNetworkUse(at, "default", List.of(), new TreeMap<>()))
                : uses.values().stream().map(NetworkUses.Use::use).toList();
    }

    /// What `restart` says, if it can be understood; the rest is told by [StackRules].
    private static @Nullable String restart(Values values) {
        var restart = values.get(RESTART);
        return restart == null || RestartWord.fault(restart) != null ? null : restart;
    }

    private static @Nullable String text(Values values, Key<String> key) {
        var text = values.get(key, "");
        return text.isEmpty() ? null : text;
    }
}

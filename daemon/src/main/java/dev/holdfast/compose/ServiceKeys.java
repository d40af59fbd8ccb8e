package dev.holdfast.compose;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The keys of a service that mean something in a Swarm. One row for each: since when, how it is written, how files are
/// merged.
final class ServiceKeys {

    static final Key<String> IMAGE = Key.of("image", Grammars.TEXT);
    static final Key<List<String>> COMMAND = Key.of("command", Texts.COMMAND);
    static final Key<List<String>> ENTRYPOINT = Key.of("entrypoint", Texts.COMMAND);
    static final Key<String> USER = Key.of("user", Grammars.TEXT);
    static final Key<String> WORKING_DIR = Key.of("working_dir", Grammars.TEXT);
    static final Key<String> HOSTNAME = Key.of("hostname", Grammars.TEXT);
    static final Key<String> STOP_SIGNAL = Key.of("stop_signal", Grammars.TEXT);
    static final Key<Duration> STOP_GRACE_PERIOD = Key.of("stop_grace_period", Amounts.DURATION);
    static final Key<Boolean> INIT = Key.<Boolean>of("init", Grammars.FLAG).since(7);
    static final Key<Boolean> TTY = Key.of("tty", Grammars.FLAG);
    static final Key<Boolean> STDIN_OPEN = Key.of("stdin_open", Grammars.FLAG);
    static final Key<Boolean> READ_ONLY = Key.of("read_only", Grammars.FLAG);
    static final Key<String> ISOLATION =
            Key.<String>of("isolation", Grammars.TEXT).since(5);

    /// As written; what the client makes of it is in [#RESOLVED_ENVIRONMENT].
    static final Key<SortedMap<String, Optional<String>>> ENVIRONMENT = Key.of("environment", Pairs.VARIABLES);

    static final Key<List<String>> ENV_FILE = Key.of("env_file", EnvFiles.NAMES);
    static final Key<SortedMap<String, Optional<String>>> RESOLVED_ENVIRONMENT = Key.of(
            "environment (resolved)", (node, spot) -> spot.wrong(node, "is no key of a file"), Merges.environment());

    static final Key<SortedMap<String, String>> LABELS = Key.of("labels", Pairs.LABELS, Merges.byName());
    static final Key<List<String>> DNS = Key.of("dns", Texts.ONE_OR_MORE, Merges.appended());
    static final Key<List<String>> DNS_SEARCH = Key.of("dns_search", Texts.ONE_OR_MORE, Merges.appended());
    static final Key<List<ComposeSurroundings.Host>> EXTRA_HOSTS = Key.of("extra_hosts", Hosts.LIST, Merges.appended());
    static final Key<List<String>> CAP_ADD = Key.of("cap_add", Texts.UNIQUE, Merges.appended());
    static final Key<List<String>> CAP_DROP = Key.of("cap_drop", Texts.UNIQUE, Merges.appended());
    static final Key<SortedMap<String, String>> SYSCTLS = Key.of("sysctls", Pairs.LABELS, Merges.byName());
    static final Key<SortedMap<String, ComposeSurroundings.Ulimit>> ULIMITS =
            Key.of("ulimits", Ulimits.MAP, Merges.byName());
    static final Key<Values> CREDENTIAL_SPEC = Key.<Values>of(
                    "credential_spec", CredentialKeys.TABLE, Merges.nested(CredentialKeys.TABLE))
            .since(3);
    static final Key<Values> HEALTHCHECK = Key.of("healthcheck", HealthKeys.TABLE, Merges.nested(HealthKeys.TABLE));
    static final Key<Values> LOGGING = Key.of("logging", LogKeys.TABLE, LogKeys::merged);
    static final Key<Values> DEPLOY = Key.<Values>of("deploy", DeployKeys.TABLE, Merges.nested(DeployKeys.TABLE))
            .orNothing();
    static final Key<String> RESTART = Key.of("restart", RestartWord::read);
    static final Key<SortedMap<String, NetworkUses.Use>> NETWORKS =
            Key.of("networks", NetworkUses.USES, NetworkUses.MERGE);
    static final Key<List<ComposePort>> PORTS = Key.of("ports", Ports.LIST, Merges.keyedBy(ComposePort::published));
    static final Key<List<ComposeFileUse>> SECRETS = Key.<List<ComposeFileUse>>of(
                    "secrets", FileUses.LIST, Merges.keyedBy(ComposeFileUse::source))
            .since(1);
    static final Key<List<ComposeFileUse>> CONFIGS = Key.<List<ComposeFileUse>>of(
                    "configs", FileUses.LIST, Merges.keyedBy(ComposeFileUse::source))
            .since(3);
    static final Key<List<String>> DEPENDS_ON = Key.of("depends_on", DependsOn.NAMES, Merges.appended());

    static final Key<List<ComposeMount>> VOLUMES = Key.of("volumes", Mounts.LIST, Merges.keyedBy(ComposeMount::target));

    private ServiceKeys() {}

    /// All that a file may have.
    static List<Key<?>> all() {
        return List.of(
                IMAGE,
                COMMAND,
                ENTRYPOINT,
                USER,
                WORKING_DIR,
                HOSTNAME,
                STOP_SIGNAL,
                STOP_GRACE_PERIOD,
                INIT,
                TTY,
                STDIN_OPEN,
                READ_ONLY,
                ISOLATION,
                ENVIRONMENT,
                ENV_FILE,
                LABELS,
                DNS,
                DNS_SEARCH,
                EXTRA_HOSTS,
                CAP_ADD,
                CAP_DROP,
                SYSCTLS,
                ULIMITS,
                CREDENTIAL_SPEC,
                HEALTHCHECK,
                LOGGING,
                DEPLOY,
                RESTART,
                NETWORKS,
                PORTS,
                SECRETS,
                CONFIGS,
                DEPENDS_ON,
                VOLUMES);
    }
}

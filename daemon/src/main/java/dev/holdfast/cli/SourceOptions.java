package dev.holdfast.cli;

import dev.holdfast.app.ReadOptions;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.git.Credentials;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.registry.LoginSources;
import dev.holdfast.run.Reconciler;
import dev.holdfast.sops.Decryption;
import dev.holdfast.sops.KeyPlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which repository, and which Swarm.
final class SourceOptions {

    static final Path DEFAULT_CONFIG = Path.of("/etc/holdfast/daemon.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The daemon's settings: repository and engine are taken from there. Default:"
                    + " /etc/holdfast/daemon.yaml, where it exists.")
    private @Nullable Path config;

    @Option(
            names = "--repo",
            paramLabel = "DIR_OR_URL",
            description = "The config repository. A directory without --ref is read as it is.")
    private @Nullable String repo;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "Branch, tag, commit, or a full ref such as refs/pull/12/merge.")
    private @Nullable String ref;

    @Option(names = "--path", paramLabel = "DIR", description = "The folder in --repo that holds apps/.")
    private @Nullable String path;

    @Option(names = "--cluster", paramLabel = "NAME", description = ReadingOptions.CLUSTER)
    private @Nullable String cluster;

    @Option(
            names = "--docker-host",
            paramLabel = "HOST",
            description = "A manager's engine. Default: DOCKER_HOST, else the settings', else the docker context's or"
                    + " unix:///var/run/docker.sock. TLS as for the docker client: DOCKER_TLS_VERIFY,"
                    + " DOCKER_CERT_PATH.")
    private @Nullable String dockerHost;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    Reconciler.Options options(Backend backend) {
        return options(backend, Set.of(), false, false);
    }

    Reconciler.Options options(Backend backend, Set<String> retry, boolean allowRemovals, boolean takeOver) {
        if (repo != null && config != null) {
            throw new UsageException("--repo and --config both name a repository: use one of them");
        }
        if (repo == null && path != null) {
            throw new UsageException("--path goes with --repo DIR_OR_URL");
        }
        if (repo != null) {
            var location = RepositoryLocation.parse(repo, ref, path, Credentials.NONE, null);
            return new Reconciler.Options(
                    location,
                    new ReadOptions(cluster, Decryption.with(keys.places(KeyPlaces.NONE))),
                    engine(null),
                    LoginSources.ofClient(System.getenv()),
                    retry,
                    allowRemovals,
                    takeOver);
        }
        var settings = backend.settings(file());
        return new Reconciler.Options(
                ref == null ? settings.repository() : settings.repository().at(ref),
                new ReadOptions(
                        cluster == null ? settings.cluster() : cluster, Decryption.with(keys.places(settings.keys()))),
                engine(settings.engine()),
                settings.logins(),
                retry,
                allowRemovals,
                takeOver);
    }

    private Path file() {
        if (config != null) {
            return config;
        }
        if (Files.exists(DEFAULT_CONFIG)) {
            return DEFAULT_CONFIG;
        }
        throw new UsageException("which repository? Say --repo DIR_OR_URL, or --config FILE (its default, "
                + DEFAULT_CONFIG + ", does not exist)");
    }

    private EngineAddress engine(@Nullable EngineAddress configured) {
        return engine(dockerHost, configured, System.getenv());
    }

    /// Who names an engine first is heard, in the order of the Docker client; the daemon's settings stand before
    /// its contexts, since they say which Swarm a repository belongs to.
    static EngineAddress engine(
            @Nullable String asked, @Nullable EngineAddress configured, Map<String, String> environment) {
        var host = asked != null ? asked : environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isBlank()) {
            return EngineAddress.of(host, environment);
        }
        return configured != null
                ? configured
                : EngineAddress.ofContext(environment)
                        .orElseGet(() -> EngineAddress.of(EngineAddress.DEFAULT_HOST, environment));
    }
}

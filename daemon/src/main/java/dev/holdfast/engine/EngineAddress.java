package dev.holdfast.engine;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerContextMetaFile;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.transport.SSLConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an engine is, and how it is trusted. Over TLS the engine must show a certificate of the authority in `ca.pem`
/// for the host that is asked, and is shown `cert.pem` with the key in `key.pem`, as by the Docker client. There is no
/// way to leave that check out.
public final class EngineAddress {

    public static final String DEFAULT_HOST = "unix:///var/run/docker.sock";

    private final String host;
    private final @Nullable SSLConfig tls;

    private EngineAddress(String host, @Nullable SSLConfig tls) {
        this.host = host;
        this.tls = tls;
    }

    /// An engine that is spoken to without TLS.
    ///
    /// @throws NoSuchAddress if the host is not such an address
    public static EngineAddress plain(String host) {
        return of(host, (Path) null);
    }

    /// @param host as in `DOCKER_HOST`: `unix://…` or `tcp://…`
    /// @param certificates the folder with `ca.pem`, `cert.pem` and `key.pem`; null where there is no TLS
    /// @throws NoSuchAddress if the host is not such an address, or one of the files is not there
    public static EngineAddress of(String host, @Nullable Path certificates) {
        requireAddress(host);
        if (certificates == null || host.startsWith("unix:")) {
            return new EngineAddress(host, null);
        }
        for (var name : List.of("ca.pem", "cert.pem", "key.pem")) {
            if (!Files.isReadable(certificates.resolve(name))) {
                throw new NoSuchAddress("docker host \"" + host + "\": TLS is asked for, and there is no "
                        + certificates.resolve(name) + " that can be read");
            }
        }
        return new EngineAddress(host, new LocalDirectorySSLConfig(certificates.toString()));
    }

    /// A host with the keys that the environment names, as the Docker client reads it: TLS where
    /// `DOCKER_TLS_VERIFY` has any value, with the files in `DOCKER_CERT_PATH`, else in `~/.docker`.
    ///
    /// @throws NoSuchAddress as [#of(String, Path)]
    public static EngineAddress of(String host, Map<String, String> environment) {
        var verify = environment.getOrDefault("DOCKER_TLS_VERIFY", "");
        var folder = environment.getOrDefault("DOCKER_CERT_PATH", "");
        var certificates = folder.isEmpty() ? dockerFolder(environment) : Path.of(folder);
        return verify.isEmpty() ? plain(host) : of(host, certificates);
    }

    /// The engine of the context that `DOCKER_CONTEXT` or `docker context use` names; empty where that is the
    /// default one.
    ///
    /// @throws NoSuchAddress if there is no such context, or none that can be used
    public static Optional<EngineAddress> ofContext(Map<String, String> environment) {
        var folder = dockerFolder(environment);
        try {
            var builder = DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerConfig(folder.toString());
            var asked = environment.getOrDefault("DOCKER_CONTEXT", "");
            var name = asked.isEmpty() ? builder.build().getDockerConfig().getCurrentContext() : asked;
            if (name == null || name.isEmpty() || name.equals("default")) {
                return Optional.empty();
            }
            // Left to itself the library takes the default engine where a context is not there.
            if (DockerContextMetaFile.resolveContextMetaFile(
                            DockerClientConfig.getDefaultObjectMapper(), folder.toFile(), name)
                    .isEmpty()) {
                throw new NoSuchAddress("docker context \"" + name + "\" is not in " + folder
                        + ": `docker context ls` lists those that are");
            }
            var config = builder.withDockerContext(name).build();
            var host = config.getDockerHost().toString();
            requireAddress(host);
            return Optional.of(new EngineAddress(host, config.getSSLConfig()));
        } catch (DockerClientException e) {
            throw new NoSuchAddress("docker contexts in " + folder + ": " + e.getMessage(), e);
        }
    }

    /// What is wrong with the address of an engine; empty where nothing is.
    public static Optional<String> fault(String host) {
        var wrong = "must be unix:///PATH or tcp://HOST:PORT (such as " + DEFAULT_HOST + ")";
        try {
            var uri = new URI(host);
            return switch (String.valueOf(uri.getScheme())) {
                case "unix" ->
                    uri.getRawAuthority() == null
                                    && uri.getPath() != null
                                    && uri.getPath().length() > 1
                            ? Optional.empty()
                            : Optional.of(wrong);
                case "tcp" ->
                    uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65_535
                            ? Optional.of("must be tcp://HOST:PORT with a port from 1 to 65535")
                            : Optional.empty();
                default -> Optional.of(wrong);
            };
        } catch (URISyntaxException e) {
            return Optional.of(wrong);
        }
    }

    /// As in `DOCKER_HOST`.
    public String host() {
        return host;
    }

    @Nullable
    SSLConfig tls() {
        return tls;
    }

    @Override
    public String toString() {
        return host;
    }

    private static void requireAddress(String host) {
        fault(host).ifPresent(fault -> {
            throw new NoSuchAddress("docker host \"" + host + "\": " + fault);
        });
    }

    /// Where the Docker client keeps its configuration.
    public static Path dockerFolder(Map<String, String> environment) {
        var folder = environment.getOrDefault("DOCKER_CONFIG", "");
        return folder.isEmpty() ? Path.of(System.getProperty("user.home"), ".docker") : Path.of(folder);
    }
}

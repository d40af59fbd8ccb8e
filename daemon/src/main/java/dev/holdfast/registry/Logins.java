package dev.holdfast.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the credentials for a registry: in the daemon's settings, else in the Docker client's configuration, else
/// with the credential helper that this names. Reads everything anew each time it is asked.
final class Logins {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final LoginSources sources;
    private final Duration limit;

    Logins(LoginSources sources) {
        this(sources, LIMIT);
    }

    /// @param limit how long a credential helper may take
    Logins(LoginSources sources, Duration limit) {
        this.sources = sources;
        this.limit = limit;
    }

    /// @param credential null where there is none
    /// @param source where it is, or would be
    /// @param trouble why there is none although one is named; null where nothing is wrong
    record Found(
            @Nullable Credential credential,
            String source,
            @Nullable String trouble) {}

    Found find(String registry) throws InterruptedException {
        var login = sources.logins().get(registry);
        var source =
                login == null ? sources.config().toString() : login.passwordFile() + " (registries." + registry + ")";
        try {
            var found = login == null ? ofClient(registry) : Optional.of(read(login));
            return new Found(found.orElse(null), source, null);
        } catch (CredentialsUnusable e) {
            return new Found(null, source, e.getMessage());
        }
    }

    private static Credential read(LoginSources.Login login) throws CredentialsUnusable {
        try {
            var password = Files.readString(login.passwordFile()).strip();
            if (password.isEmpty()) {
                throw new CredentialsUnusable(login.passwordFile() + " is empty");
            }
            return Credential.of(login.username(), password);
        } catch (IOException e) {
            throw unreadable(login.passwordFile(), e);
        }
    }

    private Optional<Credential> ofClient(String registry) throws CredentialsUnusable, InterruptedException {
        var config = config();
        var helper = config.helper(registry);
        if (helper.isPresent()) {
            var known = new CredentialHelper(helper.get(), sources.environment(), limit).get(Servers.key(registry));
            if (known.isPresent()) {
                return known;
            }
        }
        return config.written(registry, sources.config());
    }

    private DockerConfig config() throws CredentialsUnusable {
        try {
            return DockerConfig.parse(Files.readAllBytes(sources.config()), sources.config());
        } catch (NoSuchFileException e) {
            if (sources.required()) {
                throw unreadable(sources.config(), e);
            }
            return DockerConfig.NONE;
        } catch (IOException e) {
            throw unreadable(sources.config(), e);
        }
    }

    private static CredentialsUnusable unreadable(Path file, IOException e) {
        return new CredentialsUnusable(
                file + (e instanceof NoSuchFileException ? " is not there" : " cannot be read by this user"));
    }
}

package dev.holdfast.daemon;

import static dev.holdfast.daemon.SettingsRule.Kind.CERTIFICATE_FILE;
import static dev.holdfast.daemon.SettingsRule.Kind.DOCKER_HOST;
import static dev.holdfast.daemon.SettingsRule.Kind.ENGINE;
import static dev.holdfast.daemon.SettingsRule.Kind.INTERVAL;
import static dev.holdfast.daemon.SettingsRule.Kind.LISTEN_ADDRESS;
import static dev.holdfast.daemon.SettingsRule.Kind.READABLE_FILE;
import static dev.holdfast.daemon.SettingsRule.Kind.REPOSITORY;
import static dev.holdfast.daemon.SettingsRule.Kind.STATE_DIRECTORY;

import dev.holdfast.app.ReadOptions;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.git.Credentials;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.registry.LoginSources;
import dev.holdfast.run.Reconciler;
import dev.holdfast.sops.Decryption;
import dev.holdfast.sops.KeyPlaces;
import dev.holdfast.yaml.Default;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/// `/etc/holdfast/daemon.yaml`: what the daemon needs to know before it has read any repository. `${NAME}` in a value
/// is
/// an environment variable.
///
/// @param stateDir holds the clone; nothing in it matters
@Doc("The daemon's settings. ${NAME} in a value is an environment variable, ${NAME:-default} one with a default.")
public record DaemonSettings(
        @Valid @Doc("The config repository.") RepositorySettings repository,
        @Valid @Doc("When what happens.") ScheduleSettings schedule,

        @Valid @Doc("The Docker engine, which must be a manager of the Swarm.")
        DockerSettings docker,

        @Pattern(regexp = "/.*", message = "must be an absolute path")
        @SettingsRule(STATE_DIRECTORY)
        @Default("/var/lib/holdfast")
        @Doc("Holds a clone of the repository. Nothing is lost with it.")
        String stateDir,

        @Doc("Credentials for registries, by host, with the port where it has one; docker.io is Docker Hub. They go"
                + " before those in docker.registry_config.")
        @Example("{\"registry.example.com\": {\"username\": \"holdfast\", \"password_file\":"
                + " \"/etc/holdfast/registry-password\"}}")
        Map<
                        @Pattern(
                                regexp =
                                        "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?|\\[[0-9A-Fa-f:]+\\](:[0-9]{1,5})?",
                                message = "must be HOST or HOST:PORT, without https:// and path")
                        String,
                        @Valid RegistrySettings>
                registries,

        @Valid @Doc("What is answered over HTTP: the plan of a pull request.") @Nullable
        HttpSettings http,

        @Null(message = NOT_YET) @Doc("Not supported yet.") @Nullable
        Map<String, String> webhook,

        @Valid @Doc("The keys of files that SOPS has encrypted.") @Nullable
        SopsSettings sops,

        @Null(message = NOT_YET) @Doc("Not supported yet.") @Nullable
        List<Map<String, String>> notify_) {

    /// Said aloud, since a webhook or a signature check that is ignored silently would be trusted.
    private static final String NOT_YET = "is not supported yet: remove it";

    private static final String AGE_CREDENTIAL = "age-key";

    /// Where the settings are unless the command line says otherwise.
    public static final Path DEFAULT_FILE = Path.of("/etc/holdfast/daemon.yaml");

    /// What the daemon reads.
    public RepositoryLocation.Remote location() {
        var credentials = new Credentials(
                path(repository.sshKeyFile()),
                path(repository.knownHostsFile()),
                repository.username(),
                path(repository.passwordFile()),
                path(repository.caFile()));
        return new RepositoryLocation.Remote(
                repository.url(),
                repository.branch(),
                repository.path(),
                credentials,
                Path.of(stateDir).resolve("git"));
    }

    /// For whom the repository is read.
    public ReadOptions reading() {
        return new ReadOptions(repository.cluster(), Decryption.with(keys()));
    }

    Reconciler.Options options() {
        return new Reconciler.Options(location(), reading(), docker.address(), logins(), Set.of(), false, false);
    }

    /// Those that are named, or else the credential that systemd hands over.
    public KeyPlaces keys() {
        var given = sops;
        if (given == null) {
            var folder = System.getenv("CREDENTIALS_DIRECTORY");
            var credential = folder == null ? null : Path.of(folder).resolve(AGE_CREDENTIAL);
            return credential != null && Files.isReadable(credential)
                    ? new KeyPlaces(credential, null, null, null)
                    : KeyPlaces.NONE;
        }
        return new KeyPlaces(path(given.ageKeyFile()), null, path(given.pgpKeyFile()), path(given.pgpPassphraseFile()));
    }

    /// Where credentials for registries are looked for.
    public LoginSources logins() {
        var environment = System.getenv();
        var logins = new HashMap<String, LoginSources.Login>();
        registries.forEach((host, login) ->
                logins.put(host, new LoginSources.Login(login.username(), Path.of(login.passwordFile()))));
        var config = path(docker.registryConfig());
        return config == null
                ? LoginSources.of(logins, environment)
                : new LoginSources(logins, config, true, environment);
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    @SettingsRule(REPOSITORY)
    @Doc("The config repository.")
    public record RepositorySettings(
            @Doc("https://…, ssh://…, git@host:path, file://… or an absolute path.")
            @Example("git@git.example.com:infra/apps.git")
            String url,

            @Doc("A branch, or a tag or commit to stand still at; the repository's default branch where absent.")
            @Nullable
            String branch,

            @Default(".") @Doc("The folder that holds holdfast.yaml and apps/.")
            String path,

            @Doc("Which of the clusters that the repository describes this is: the NAME of its file"
                    + " clusters/NAME.yaml.")
            @Example("production")
            @Nullable
            String cluster,

            @SettingsRule(READABLE_FILE) @Doc("A private key without a passphrase, for ssh.") @Nullable
            String sshKeyFile,

            @SettingsRule(READABLE_FILE)
            @Doc("The host keys that are trusted, as ssh-keyscan writes them, for ssh.")
            @Nullable
            String knownHostsFile,

            @Doc("For https; git where absent.") @Nullable String username,

            @SettingsRule(READABLE_FILE) @Doc("Holds the password or token, for https.") @Nullable
            String passwordFile,

            @SettingsRule(CERTIFICATE_FILE)
            @Doc("Certificates (PEM) of authorities that are trusted besides the system's, for https.")
            @Nullable
            String caFile,

            @Null(message = NOT_YET) @Doc("Not supported yet.") @Nullable
            String allowedSignersFile) {}

    @Doc("The keys of files that SOPS has encrypted. Where absent: the systemd credential age-key, if there is one.")
    public record SopsSettings(
            @SettingsRule(READABLE_FILE) @Doc("Keys of age, as age-keygen writes them.") @Nullable
            String ageKeyFile,

            @SettingsRule(READABLE_FILE) @Doc("Keys of PGP, as gpg --export-secret-keys --armor writes them.") @Nullable
            String pgpKeyFile,

            @SettingsRule(READABLE_FILE) @Doc("Holds the passphrase of the PGP key, where it has one.") @Nullable
            String pgpPassphraseFile) {}

    @Doc("When what happens.")
    public record ScheduleSettings(
            @SettingsRule(INTERVAL)
            @Default("60s")
            @Doc("A duration, give or take 5 %, or a cron expression: five fields as in crontab, or six with"
                    + " seconds first.")
            @Example("*/5 * * * *")
            String reconcile,

            @DurationMin(seconds = 1, message = "must be at least 1s")
            @DurationMax(days = 366, message = "must be at most 8784h, a year")
            @Default("1h")
            @Doc("How often the nodes' disks are looked at.")
            Duration survey,

            @DurationMin(seconds = 1, message = "must be at least 1s")
            @DurationMax(days = 366, message = "must be at most 8784h, a year")
            @Default("5m")
            @Doc("How often tags are looked up that apps follow (image_policy: follow).")
            Duration images) {

        public Interval interval() {
            return Interval.parse(reconcile);
        }
    }

    @SettingsRule(ENGINE)
    @Doc("The Docker engine, which must be a manager of the Swarm.")
    public record DockerSettings(
            @Pattern(regexp = "(unix:///|tcp://).+", message = "must be unix:///… or tcp://…")
            @SettingsRule(DOCKER_HOST)
            @Default("unix:///var/run/docker.sock")
            @Doc("Where it listens.")
            String host,

            @Doc("For tcp:// with TLS: the folder with ca.pem, cert.pem and key.pem. Default: the one that"
                    + " DOCKER_CERT_PATH names where DOCKER_TLS_VERIFY is set.")
            @Example("/etc/holdfast/docker")
            @Nullable
            String certPath,

            @SettingsRule(READABLE_FILE)
            @Doc("The Docker client's configuration, where credentials for registries and the names of credential"
                    + " helpers are read. Default: config.json in DOCKER_CONFIG, else in ~/.docker, where it is there.")
            @Example("/root/.docker/config.json")
            @Nullable
            String registryConfig) {

        public EngineAddress address() {
            return certPath == null
                    ? EngineAddress.of(host, System.getenv())
                    : EngineAddress.of(host, Path.of(certPath));
        }
    }

    @Doc("Credentials for one registry.")
    public record RegistrySettings(
            @NotBlank(message = "must be a name") @Doc("The user's name.")
            String username,

            @SettingsRule(READABLE_FILE) @Doc("Holds the password or token; read anew for each run.")
            String passwordFile) {}

    @Doc("What is answered over HTTP: the plan of a pull request.")
    public record HttpSettings(
            @Pattern(
                    regexp = ListenAddress.FORM,
                    message = "must be ADDRESS:PORT, with an IPv6 address in brackets: [::1]:8420")
            @SettingsRule(LISTEN_ADDRESS)
            @Default("127.0.0.1:8420")
            @Doc("Address and port to listen on. It speaks plain HTTP: put a proxy with TLS before it.")
            String listen,

            @SettingsRule(READABLE_FILE)
            @Doc("Holds the token that whoever asks must send: Authorization: Bearer TOKEN.")
            String tokenFile) {

        InetSocketAddress address() throws IOException {
            return ListenAddress.parse(listen);
        }
    }
}

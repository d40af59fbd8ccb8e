package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.git.Credentials;
import dev.holdfast.sops.KeyPlaces;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.YamlBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    private static final Path TEMPLATE = Path.of("../systemd/daemon.yaml");

    @TempDir
    Path directory;

    private Path file = Path.of("");
    private Path key = Path.of("");
    private Path hosts = Path.of("");

    @BeforeEach
    void files() throws IOException {
        file = directory.resolve("daemon.yaml");
        key = Files.writeString(directory.resolve("ssh-key"), "key");
        hosts = Files.writeString(directory.resolve("known_hosts"), "hosts");
    }

    private YamlBinder.Bound<DaemonSettings> read(String text) throws IOException {
        Files.writeString(file, text);
        return SettingsReader.read(file, Map.of("CREDENTIALS_DIRECTORY", directory.toString()));
    }

    private DaemonSettings settings(String text) throws IOException {
        var bound = read(text);
        assertThat(bound.problems()).isEmpty();
        return Objects.requireNonNull(bound.value());
    }

    private List<String> problems(String text) throws IOException {
        return read(text).problems().stream()
                .map(Problem::toString)
                .map(problem -> problem.substring(file.toString().length()))
                .toList();
    }

    @Test
    void anEngineOverTlsNeedsItsKeys() throws IOException {
        var text = "repository: { url: \"https://git.example.org/apps.git\" }\n"
                + "docker: { host: \"tcp://manager:2376\", cert_path: %s }\n";
        assertThat(problems(text.formatted("/no/such/folder")))
                .singleElement()
                .asString()
                .contains("docker.cert_path", "/no/such/folder/ca.pem");
        assertThat(problems(text.formatted("/no/such/folder").replace("tcp://manager:2376", "unix:///docker.sock")))
                .as("a socket needs none")
                .isEmpty();
    }

    @Test
    void allDefaultsArePinned() throws IOException {
        var settings = settings("repository:\n  url: https://git.example.org/apps.git\n");
        assertThat(settings.repository())
                .isEqualTo(new DaemonSettings.RepositorySettings(
                        "https://git.example.org/apps.git", null, ".", null, null, null, null, null, null, null));
        assertThat(settings.schedule())
                .isEqualTo(new DaemonSettings.ScheduleSettings("60s", Duration.ofHours(1), Duration.ofMinutes(5)));
        assertThat(settings.schedule().interval()).isEqualTo(new Interval.Every(Duration.ofMinutes(1)));
        assertThat(settings.docker())
                .isEqualTo(new DaemonSettings.DockerSettings("unix:///var/run/docker.sock", null, null));
        assertThat(settings.stateDir()).isEqualTo("/var/lib/holdfast");
        assertThat(settings.http()).isNull();
        assertThat(settings("""
            repository: { url: "https://git.example.org/apps.git" }
            http: { token_file: "${CREDENTIALS_DIRECTORY}/ssh-key" }
            """).http()).isEqualTo(new DaemonSettings.HttpSettings("127.0.0.1:8420", key.toString()));
        assertThat(settings.location().cache()).isEqualTo(Path.of("/var/lib/holdfast/git"));
        assertThat(settings.location().credentials()).isEqualTo(Credentials.NONE);
    }

    @Test
    void allKeysAreRead() throws IOException {
        var settings = settings("""
            repository:
              url: git@git.example.org:infra/apps.git
              branch: main
              path: clusters/prod
              ssh_key_file: ${CREDENTIALS_DIRECTORY}/ssh-key
              known_hosts_file: ${CREDENTIALS_DIRECTORY}/known_hosts
              username: ada
              password_file: ${NOWHERE:-${CREDENTIALS_DIRECTORY}}/ssh-key
            schedule:
              reconcile: "*/5 * * * *"
              survey: 30m
            docker:
              host: tcp://127.0.0.1:2375
            state_dir: /srv/holdfast
            http:
              listen: 0.0.0.0:9000
              token_file: ${CREDENTIALS_DIRECTORY}/ssh-key
            """);
        assertThat(settings.http()).isEqualTo(new DaemonSettings.HttpSettings("0.0.0.0:9000", key.toString()));
        var location = settings.location();
        assertThat(location.url()).isEqualTo("git@git.example.org:infra/apps.git");
        assertThat(location.ref()).isEqualTo("main");
        assertThat(location.path()).isEqualTo("clusters/prod");
        assertThat(location.credentials()).isEqualTo(new Credentials(key, hosts, "ada", key, null));
        assertThat(settings.schedule().interval()).isEqualTo(new Interval.Cron("0 */5 * * * ?"));
        assertThat(settings.schedule().survey()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.docker().host()).isEqualTo("tcp://127.0.0.1:2375");
        assertThat(location.cache()).isEqualTo(Path.of("/srv/holdfast/git"));
    }

    @Test
    void allProblemsAreSaidAtOnceEachAtItsPlace() throws IOException {
        assertThat(problems("""
            repository:
              url: ssh://git@git.example.org/apps.git
              ssh_key_file: /nowhere/key
              known_hosts_file: known_hosts
            schedule:
              reconcile: 100ms
              survey: 0s
            docker:
              host: npipe://x
            """))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(":3:17: repository.ssh_key_file: there is no such file"),
                        second -> assertThat(second)
                                .startsWith(":4:21: repository.known_hosts_file: must be an absolute path"),
                        third -> assertThat(third).startsWith(":6:14: schedule.reconcile: must be at least 1s"),
                        fourth -> assertThat(fourth).startsWith(":7:11: schedule.survey: must be at least 1s"),
                        fifth -> assertThat(fifth).startsWith(":9:9: docker.host: must be unix:///… or tcp://…"));
    }

    @Test
    void sshNeedsAKeyAndKnownHosts() throws IOException {
        for (var url : new String[] {"git@git.example.org:apps.git", "ssh://git.example.org/apps.git"}) {
            assertThat(problems("repository: { url: \"" + url + "\" }\n"))
                    .anySatisfy(problem -> assertThat(problem).contains("repository.ssh_key_file: is missing"))
                    .anySatisfy(problem -> assertThat(problem).contains("repository.known_hosts_file: is missing"))
                    .hasSize(2);
        }
        for (var url : new String[] {"https://git.example.org/apps.git", "file:///srv/apps.git", "/srv/apps.git"}) {
            assertThat(problems("repository: { url: \"" + url + "\" }\n")).isEmpty();
        }
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotRepeated() throws IOException {
        assertThat(problems("repository: { url: \"https://ada:hunter2@git.example.org/apps.git\" }\n"))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem).contains("password_file").doesNotContain("hunter2"));
    }

    @Test
    void noProblemRepeatsWhatStandsWhereASecretMayStand() throws IOException {
        for (var line : new String[] {
            "webhook: hunter4",
            "webhook: { secret_file: hunter4 }",
            "webhook: { secret: hunter4 }",
            "http: { token_file: [hunter4] }",
            "http: { token: hunter4 }",
            "http: hunter4",
            "sops: hunter4",
            "notify: [hunter4]",
            "notify: hunter4",
            "repository: https://ada:hunter4@git.example.org/x.git",
            "repository: { url: 'https://ada:hun@hunter4@git.example.org/x.git' }",
            "repository: { url: 'https://hunter4@git.example.org/x.git' }",
            "repository: { url: 'ftp://ada:hunter4@git.example.org/x.git' }",
            "repository: { url: /srv/x, username: ada, password_file: hunter4 }",
            "repository: { url: /srv/x, password: hunter4 }",
            "repository: { url: /srv/x, password_file: *hunter4 }"
        }) {
            assertThat(problems(line + "\n"))
                    .as(line)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem).doesNotContain("hunter4"));
        }
    }

    @Test
    void unknownVariablesAndUnknownKeysAreProblems() throws IOException {
        assertThat(problems("""
            repository:
              url: /srv/apps.git
              ssh_key_file: ${CREDENTIAL_DIRECTORY}/key
            schedul: {}
            """))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(":3:17: repository.ssh_key_file: unknown variable CREDENTIAL_DIRECTORY")
                        .contains("did you mean CREDENTIALS_DIRECTORY?")
                        .contains("set it in the environment"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(":4:1: schedul: unknown key")
                        .contains("did you mean \"schedule\"?"))
                .hasSize(2);
    }

    @Test
    void theKeysOfEncryptedFilesAreNamed() throws IOException {
        var key = Files.writeString(directory.resolve("age-keys"), "AGE-SECRET-KEY-1\n");
        var text = "repository: { url: /srv/apps.git }\nsops: { age_key_file: %s, pgp_key_file: %s }\n";
        assertThat(settings(text.formatted(key, key)).keys()).isEqualTo(new KeyPlaces(key, null, key, null));
        assertThat(problems(text.formatted(key, "/nowhere/key")))
                .singleElement()
                .asString()
                .contains("sops.pgp_key_file: there is no such file");
    }

    @Test
    void credentialsForRegistriesAreNamedByHost() throws IOException {
        var good = settings("""
            repository: { url: /srv/apps.git }
            schedule: { images: 90s }
            docker: { registry_config: "${CREDENTIALS_DIRECTORY}/ssh-key" }
            registries:
              registry.example.com:5000: { username: ci, password_file: "${CREDENTIALS_DIRECTORY}/ssh-key" }
              docker.io: { username: hub, password_file: "${CREDENTIALS_DIRECTORY}/ssh-key" }
            """);
        assertThat(good.schedule().images()).isEqualTo(Duration.ofSeconds(90));
        assertThat(good.logins().config()).isEqualTo(key);
        assertThat(good.logins().logins()).containsOnlyKeys("registry.example.com:5000", "docker.io");
        assertThat(settings("repository: { url: /srv/apps.git }").logins().logins())
                .isEmpty();

        assertThat(problems("""
            repository: { url: /srv/apps.git }
            docker: { registry_config: /no/such/config.json }
            registries:
              https://registry.example.com: { username: ci, password_file: /no/such/password }
              other.example.com: { username: "", password: hunter2 }
            """))
                .anySatisfy(problem -> assertThat(problem).contains("docker.registry_config: there is no such file"))
                .anySatisfy(problem -> assertThat(problem).contains("must be HOST or HOST:PORT, without https://"))
                .anySatisfy(problem -> assertThat(problem).contains("password_file: is missing"))
                .anySatisfy(problem -> assertThat(problem).contains("username: must be a name"))
                .noneSatisfy(problem -> assertThat(problem).contains("hunter2"));
    }

    @Test
    void whatIsForeseenButNotThereYetIsSaid() throws IOException {
        assertThat(problems("""
            repository:
              url: /srv/apps.git
              allowed_signers_file: /etc/holdfast/allowed_signers
            webhook: { secret_file: /etc/holdfast/webhook }
            notify:
              - { kind: slack }
            """))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).contains("is not supported yet: remove it"));
    }

    @Test
    void aMissingFileAndAMissingRepositoryAreProblems() throws IOException {
        assertThat(SettingsReader.read(directory.resolve("none.yaml"), Map.of()).problems())
                .singleElement()
                .hasToString(directory.resolve("none.yaml") + ": there is no such file");
        assertThat(problems("schedule: { reconcile: 60s }\n")).isNotEmpty();
        assertThat(problems("")).isNotEmpty();
    }

    private List<String> problemsOf(String listen, String host, String stateDir) throws IOException {
        return problems("""
            repository: { url: /srv/apps.git }
            docker: { host: "%s" }
            state_dir: "%s"
            http:
              listen: "%s"
              token_file: ${CREDENTIALS_DIRECTORY}/ssh-key
            """.formatted(host, stateDir, listen));
    }

    @Test
    void whatIsListenedOnIsAnAddressOfThisMachineAndAPortThatExists() throws IOException {
        for (var sound : List.of("127.0.0.1:8420", "[::]:8420", ":8420", "*:65535", "localhost:1", "0.0.0.0:80")) {
            assertThat(problemsOf(sound, "unix:///var/run/docker.sock", "/srv/holdfast"))
                    .as(sound)
                    .isEmpty();
            assertThat(ListenAddress.parse(sound).isUnresolved()).as(sound).isFalse();
        }
        for (var wrong : List.of("127.0.0.1:65536", "127.0.0.1:99999", ":0", "[::1]:70000")) {
            assertThat(problemsOf(wrong, "unix:///var/run/docker.sock", "/srv/holdfast"))
                    .as(wrong)
                    .singleElement()
                    .satisfies(problem ->
                            assertThat(problem).startsWith(":5:11: http.listen: must have a port from 1 to 65535"));
        }
        for (var wrong : List.of("::1:8420", "8420", "127.0.0.1", "127.0.0.1:", "a b:80", "x:123456", "")) {
            assertThat(problemsOf(wrong, "unix:///var/run/docker.sock", "/srv/holdfast"))
                    .as(wrong)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).startsWith(":5:11: http.listen: must be ADDRESS:PORT"));
        }
        for (var wrong : List.of("192.0.2.7:8420", "[2001:db8::7]:8420", "nowhere.invalid:8420")) {
            assertThat(problemsOf(wrong, "unix:///var/run/docker.sock", "/srv/holdfast"))
                    .as(wrong)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).contains("must be an address of this machine"));
        }
    }

    @Test
    void anEngineAndAStateDirectoryThatCannotBeAreProblems() throws IOException {
        for (var wrong :
                List.of("tcp://10.0.0.1", "tcp://:2375", "tcp://h:0", "tcp://h:99999", "unix:///", "unix:///a b")) {
            assertThat(problemsOf(":8420", wrong, "/srv/holdfast"))
                    .as(wrong)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).startsWith(":2:17: docker.host: must be"));
        }
        for (var wrong : List.of(key.toString(), key + "/below", "var/lib", "")) {
            assertThat(problemsOf(":8420", "tcp://h:2375", wrong))
                    .as(wrong)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem).startsWith(":3:12: state_dir: "));
        }
    }

    @Test
    void aRepositoryThatCannotBeIsAProblem() throws IOException {
        var wrong = Map.of(
                "url: https://git.example.org:99999/a.git",
                "repository.url: must have a port",
                "url: https:///a.git",
                "repository.url: must name a host",
                "url: \"https://git.example.org/a b.git\"",
                "repository.url: must not contain blanks",
                "url: /srv/a.git, branch: \"a b\"",
                "repository.branch: must be the name of a branch",
                "url: /srv/a.git, branch: -x",
                "repository.branch: must be the name of a branch",
                "url: /srv/a.git, branch: \"\"",
                "repository.branch: must be the name of a branch",
                "url: /srv/a.git, branch: a..b",
                "repository.branch: must be the name of a branch",
                "url: /srv/a.git, path: ../b",
                "repository.path: must be a folder in the repository",
                "url: /srv/a.git, path: /b",
                "repository.path: must be a folder in the repository",
                "url: https://h/a.git, username: \"a:b\", password_file: " + key,
                "repository.username: must be a name");
        for (var each : wrong.entrySet()) {
            assertThat(problems("repository: { " + each.getKey() + " }\n"))
                    .as(each.getKey())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).contains(each.getValue()));
        }
    }

    @Test
    void filesThatHoldNothingOrAreNoFilesAreProblems() throws IOException {
        var empty = Files.writeString(directory.resolve("empty"), " \n");
        var wrong = Map.of(
                empty.toString(),
                "is empty",
                directory.toString(),
                "must be a file",
                "/nowhere",
                "there is no such file");
        for (var each : wrong.entrySet()) {
            assertThat(problems("repository: { url: \"https://h/a.git\", password_file: " + each.getKey() + " }\n"))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).contains("repository.password_file: " + each.getValue()));
        }
    }

    @Test
    void timesThatNeverComeAreProblems() throws IOException {
        for (var wrong : List.of("1000000h", "0 0 30 2 *", "0 0 0 1 1 ? 2001", "99 * * * *", "")) {
            assertThat(problems("repository: { url: /a.git }\nschedule: { reconcile: \"" + wrong + "\" }\n"))
                    .as(wrong)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).contains("schedule.reconcile: "));
        }
        assertThat(problems("repository: { url: /a.git }\nschedule: { survey: 2000000h }\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("schedule.survey: must be at most 8784h"));
    }

    @Test
    void theTemplateIsSoundOnceItsFilesAreThere() throws IOException {
        var text = Files.readString(TEMPLATE).replace("/etc/holdfast/known_hosts", hosts.toString());
        var settings = settings(text);
        assertThat(settings.repository().sshKeyFile()).isEqualTo(key.toString());
        assertThat(settings.stateDir()).isEqualTo("/var/lib/holdfast");
    }
}

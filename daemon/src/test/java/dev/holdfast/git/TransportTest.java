package dev.holdfast.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TransportTest {

    @TempDir
    Path directory;

    private ConfigRepository open(String url, Credentials credentials) {
        return open(url, credentials, Duration.ofSeconds(10));
    }

    private ConfigRepository open(String url, Credentials credentials, Duration silence) {
        return ConfigRepository.open(
                new RepositoryLocation.Remote(url, null, ".", credentials, directory.resolve("cache")),
                silence,
                Duration.ofSeconds(40),
                Map.of());
    }

    private Path password(String password) throws IOException {
        return Files.writeString(directory.resolve("password"), password + "\n");
    }

    @Test
    void httpWithAPasswordIsFetchedOnceAndLookedAtAfterwards() throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var server = new HttpOrigin(directory, 0);
                var repository = open(server.url(), Logins.http("ada", password(HttpOrigin.PASSWORD)))) {
            assertThat(repository.checkout().subject()).isEqualTo("Add web");
            assertThat(repository.checkout().subject()).isEqualTo("Add web");
            assertThat(server.fetches()).isEqualTo(1);
            origin.commitAndPush("Next");
            assertThat(repository.checkout().subject()).isEqualTo("Next");
        }
    }

    @Test
    void aWrongPasswordIsAProblemAndIsNotRepeated() throws IOException {
        Origin.withOneApp(directory);
        try (var server = new HttpOrigin(directory, 0)) {
            try (var repository = open(server.url(), Logins.http("ada", password("hunter2")))) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageContaining("refuses the login")
                        .hasMessageNotContaining("hunter2");
            }
            try (var repository = open(server.url(), Credentials.NONE)) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageContaining("refuses the login");
            }
            var inUrl = server.url().replace("http://", "http://tokentoken:x-oauth@");
            try (var repository = open(inUrl, Credentials.NONE)) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageNotContaining("tokentoken")
                        .hasMessageNotContaining("x-oauth");
            }
            var missing = Logins.http("ada", directory.resolve("none"));
            try (var repository = open(server.url(), missing)) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageContaining("there is no such file");
            }
        }
    }

    @Test
    void aMissingRepositoryIsAProblem() throws IOException {
        Origin.withOneApp(directory);
        try (var server = new HttpOrigin(directory, 0);
                var repository = open(
                        server.url().replace("apps", "other"), Logins.http("ada", password(HttpOrigin.PASSWORD)))) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContaining("other.git");
        }
    }

    @Test
    void aServerThatIsDownIsWaitedForAndUsedAgain() throws IOException {
        Origin.withOneApp(directory);
        var server = new HttpOrigin(directory, 0);
        var port = server.port();
        try (var repository = open(server.url(), Logins.http("ada", password(HttpOrigin.PASSWORD)))) {
            repository.checkout();
            server.close();
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitUnreachable.class)
                    .hasMessageContaining("refused");
            try (var again = new HttpOrigin(directory, port)) {
                assertThat(again.port()).isEqualTo(port);
                assertThat(repository.checkout().subject()).isEqualTo("Add web");
            }
        }
    }

    @Test
    void anUnknownHostIsWaitedFor() {
        try (var repository = open("https://host.invalid/apps.git", Credentials.NONE)) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitUnreachable.class)
                    .hasMessage("cannot reach https://host.invalid/apps.git: unknown host host.invalid"
                            + " (no proxy is used: HTTPS_PROXY is not set)");
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        var key = SshOrigin.privateKey(directory.resolve("key"), pair("ssh-ed25519"), null);
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var known = Files.writeString(directory.resolve("known_hosts"), "");
            var host = "127.0.0.1:" + silent.getLocalPort();
            for (var url : new String[] {"http://" + host + "/apps.git", "ssh://git@" + host + "/apps.git"}) {
                var start = System.nanoTime();
                try (var repository = open(url, Logins.ssh(key, known), Duration.ofSeconds(1))) {
                    assertThatThrownBy(repository::checkout).as(url).isInstanceOf(GitUnreachable.class);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).as(url).isLessThan(Duration.ofSeconds(20));
            }
        }
    }

    @Test
    void aServerThatDripsIsGivenUpAndAnInterruptEndsTheWait() throws Exception {
        try (var drip = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var server = Thread.ofVirtual().start(() -> {
                while (true) {
                    try {
                        var socket = drip.accept();
                        Thread.ofVirtual().start(() -> {
                            try (socket) {
                                while (true) {
                                    socket.getOutputStream().write('H');
                                    Thread.sleep(100);
                                }
                            } catch (IOException | InterruptedException over) {
                                return;
                            }
                        });
                    } catch (IOException over) {
                        return;
                    }
                }
            });
            var location = new RepositoryLocation.Remote(
                    "http://127.0.0.1:" + drip.getLocalPort() + "/x.git", null, ".", Credentials.NONE, null);
            try (var repository = ConfigRepository.open(location, Duration.ofSeconds(5), Duration.ofSeconds(2))) {
                assertThatThrownBy(repository::checkout).isInstanceOf(GitUnreachable.class);
            }
            try (var repository = ConfigRepository.open(location, Duration.ofSeconds(5), Duration.ofSeconds(50))) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(repository::checkout).isInstanceOf(GitUnreachable.class);
                assertThat(Thread.interrupted()).isTrue();
            }
            server.interrupt();
        }
    }

    @Test
    void aStopWhileALocalRepositoryIsReadSaysNothingOfItsOwn() throws Exception {
        var origin = Origin.withOneApp(directory);
        var printed = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (var wait = 0; wait < 30; wait++) {
                origin.git("commit", "-q", "--allow-empty", "-m", "Commit " + wait);
                try (var repository = open("file://" + origin.work(), Credentials.NONE)) {
                    var reader = Thread.ofPlatform().start(() -> {
                        try {
                            repository.checkout();
                        } catch (GitUnreachable stopped) {
                            assertThat(stopped).hasMessageContaining("stopped while reading");
                        }
                    });
                    Thread.sleep(wait);
                    reader.interrupt();
                    reader.join();
                }
            }
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static KeyPair pair(String type) throws GeneralSecurityException {
        return KeyUtils.generateKeyPair(type, type.equals("ssh-rsa") ? 2048 : 256);
    }

    @Test
    void sshWithAKnownHostAndAKeyIsFetched() throws Exception {
        var origin = Origin.withOneApp(directory);
        for (var algorithm : new String[] {"ecdsa-sha2-nistp256", "ssh-ed25519", "ssh-rsa"}) {
            // One pair for both ends: to find another RSA key takes seconds.
            var client = pair(algorithm);
            var key = SshOrigin.privateKey(directory.resolve("key-" + algorithm), client, null);
            try (var server = new SshOrigin(client, client.getPublic())) {
                var known = Files.writeString(directory.resolve("known_hosts"), server.knownHost());
                var url = "ssh://git@127.0.0.1:" + server.port() + origin.bare();
                try (var repository = open(url, Logins.ssh(key, known))) {
                    assertThat(repository.checkout().subject()).isEqualTo("Add web");
                    assertThat(repository.checkout().subject()).isEqualTo("Add web");
                }
            }
        }
    }

    @Test
    void sshRefusesAHostThatIsUnknownOrHasChangedAndSaysWhy() throws Exception {
        var origin = Origin.withOneApp(directory);
        var client = pair("ssh-ed25519");
        var key = SshOrigin.privateKey(directory.resolve("key"), client, null);
        try (var server = new SshOrigin(pair("ssh-ed25519"), client.getPublic())) {
            var url = "ssh://git@127.0.0.1:" + server.port() + origin.bare();
            var known = directory.resolve("known_hosts");
            Files.writeString(known, "# nobody\n");
            try (var repository = open(url, Logins.ssh(key, known))) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageContaining("is not in " + known)
                        .hasMessageContaining("SHA256:");
            }
            Files.writeString(known, server.knownHost(pair("ssh-ed25519").getPublic()));
            try (var repository = open(url, Logins.ssh(key, known))) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageContaining("has changed: " + known);
            }
            Files.writeString(known, server.knownHost() + "@revoked " + server.knownHost());
            try (var repository = open(url, Logins.ssh(key, known))) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageContaining("revoked");
            }
            assertThat(Files.readString(known)).startsWith(server.knownHost());
        }
    }

    @Test
    void sshKeysThatCannotBeUsedAreProblems() throws Exception {
        var origin = Origin.withOneApp(directory);
        var client = pair("ssh-ed25519");
        try (var server = new SshOrigin(pair("ssh-ed25519"), client.getPublic())) {
            var url = "ssh://git@127.0.0.1:" + server.port() + origin.bare();
            var known = Files.writeString(directory.resolve("known_hosts"), server.knownHost());
            var locked = SshOrigin.privateKey(directory.resolve("locked"), client, "secret");
            var other = SshOrigin.privateKey(directory.resolve("other"), pair("ssh-ed25519"), null);
            var rubbish = Files.writeString(directory.resolve("rubbish"), "no key");
            assertProblem(url, Logins.ssh(locked, known), "has a passphrase");
            assertProblem(url, Logins.ssh(other, known), "refuses the login");
            assertProblem(url, Logins.ssh(rubbish, known), "no private key");
            assertProblem(url, Logins.ssh(directory.resolve("none"), known), "no such file");
            assertProblem(url, Logins.ssh(other, directory.resolve("none")), "is not there");
            assertProblem(url, Credentials.NONE, "needs ssh_key_file and known_hosts_file");
            assertProblem("git@127.0.0.1:apps.git", Credentials.NONE, "needs ssh_key_file");
            var key = SshOrigin.privateKey(directory.resolve("key"), client, null);
            assertProblem(url.replace("apps.git", "other.git"), Logins.ssh(key, known), "other.git");
        }
    }

    private void assertProblem(String url, Credentials credentials, String message) {
        try (var repository = open(url, credentials)) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContaining(message);
        }
    }
}

package dev.holdfast.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whose certificates are trusted, and what is said of one that is not.
@Timeout(120)
class CertificateTest {

    @TempDir
    Path directory;

    private final TestAuthority authority;
    private Path caFile = Path.of("");

    CertificateTest() throws Exception {
        authority = TestAuthority.named("Corp Authority");
    }

    @BeforeEach
    void files() throws Exception {
        Origin.withOneApp(directory);
        caFile = authority.pem(directory.resolve("ca.pem"));
    }

    private Credentials ada(@Nullable Path caFile) throws Exception {
        var password = Files.writeString(directory.resolve("password"), HttpOrigin.PASSWORD + "\n");
        return new Credentials(null, null, "ada", password, caFile);
    }

    private ConfigRepository open(String url, Credentials credentials, Map<String, String> environment) {
        return ConfigRepository.open(
                new RepositoryLocation.Remote(url, null, ".", credentials, directory.resolve("cache")),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                environment);
    }

    private void assertWorks(String url, Credentials credentials, Map<String, String> environment) {
        try (var repository = open(url, credentials, environment)) {
            assertThat(repository.checkout().subject()).isEqualTo("Add web");
        }
    }

    private HttpOrigin secure(SSLContext tls) throws Exception {
        return new HttpOrigin(directory, 0, tls);
    }

    @Test
    void anAuthorityOfOurOwnIsTrustedWhereverItIsNamed() throws Exception {
        try (var server = secure(authority.server("127.0.0.1", "localhost"))) {
            assertWorks(server.url(), ada(caFile), Map.of());
            assertWorks(server.url(), ada(null), Map.of("GIT_SSL_CAINFO", caFile.toString()));
            assertWorks(server.url(), ada(null), Map.of("SSL_CERT_FILE", caFile.toString()));
            var folder = Files.createDirectories(directory.resolve("certs"));
            Files.copy(caFile, folder.resolve("corp.pem"));
            assertWorks(server.url(), ada(null), Map.of("SSL_CERT_DIR", "/nowhere:" + folder));
            var settings = Files.writeString(directory.resolve("gitconfig"), "[http]\n\tsslCAInfo = ~/ca.pem\n");
            assertWorks(
                    server.url(),
                    ada(null),
                    Map.of("GIT_CONFIG_GLOBAL", settings.toString(), "HOME", directory.toString()));
            Files.writeString(directory.resolve(".gitconfig"), """
                [http "https://127.0.0.1:%d"]
                    sslCAInfo = %s
                """.formatted(server.port(), caFile));
            assertWorks(server.url(), ada(null), Map.of("HOME", directory.toString()));
        }
    }

    @Test
    void whatIsWrongWithACertificateIsSaidAndNothingSwitchesTheCheckOff() throws Exception {
        var settings = Files.writeString(
                directory.resolve("gitconfig"),
                "[http]\n\tsslVerify = false\n[http \"https://localhost\"]\n\tsslVerify = false\n");
        var off = Map.of("GIT_SSL_NO_VERIFY", "1", "GIT_CONFIG_GLOBAL", settings.toString());
        try (var server = secure(authority.server("127.0.0.1"))) {
            assertRefused(
                    server.url(),
                    ada(null),
                    off,
                    "127.0.0.1:" + server.port(),
                    "CN=Corp Authority",
                    "repository.ca_file");
            assertRefused(
                    server.url().replace("127.0.0.1", "localhost"), ada(caFile), off, "is for other names: 127.0.0.1");
            // JGit's own switch, in the clone that it keeps.
            assertWorks(server.url(), ada(caFile), Map.of());
            try (var clones = Files.newDirectoryStream(directory.resolve("cache"), "*.git")) {
                for (var clone : clones) {
                    Files.writeString(clone.resolve("config"), "[http]\n\tsslVerify = false\n");
                }
            }
            assertRefused(server.url(), ada(null), off, "CN=Corp Authority");
        }
        try (var server = secure(authority.server(TestAuthority.ago(5), TestAuthority.ago(3), "127.0.0.1"))) {
            assertRefused(server.url(), ada(caFile), off, "127.0.0.1:" + server.port(), "has expired on ");
        }
        try (var server = secure(authority.server(TestAuthority.ago(-3), TestAuthority.ago(-5), "127.0.0.1"))) {
            assertRefused(server.url(), ada(caFile), off, "is not valid before ");
        }
    }

    private void assertRefused(String url, Credentials credentials, Map<String, String> environment, String... said) {
        try (var repository = open(url, credentials, environment)) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContainingAll(said)
                    .hasMessageContaining("the certificate of");
        }
    }

    @Test
    void aFileWithoutCertificatesAndAServerWithoutTlsAreSaid() throws Exception {
        var empty = Files.writeString(directory.resolve("empty.pem"), "nothing\n");
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerPlainly(server));
            var url = "https://127.0.0.1:" + server.getLocalPort() + "/apps.git";
            try (var repository = open(url, ada(empty), Map.of())) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageContainingAll("repository.ca_file", empty.toString(), "no certificate");
            }
            try (var repository = open(url, ada(null), Map.of())) {
                assertThatThrownBy(repository::checkout).hasMessageContaining("is it http://?");
            }
        }
    }

    private static void answerPlainly(ServerSocket server) {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                client.getInputStream().read();
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void aPasswordIsToldToNoServerThatTheRightOneLeadsTo() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        var stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            told.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        stranger.start();
        var right = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        right.createContext("/", exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://localhost:" + stranger.getAddress().getPort() + exchange.getRequestURI());
                exchange.sendResponseHeaders(302, -1);
            }
            exchange.close();
        });
        right.start();
        try (var repository =
                open("http://127.0.0.1:" + right.getAddress().getPort() + "/apps.git", ada(null), Map.of())) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContaining("redirects to http://localhost:"
                            + stranger.getAddress().getPort())
                    .hasMessageContaining("sent to no other server");
            assertThat(told).isEmpty();
        } finally {
            right.stop(0);
            stranger.stop(0);
        }
    }
}

package dev.holdfast.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.SmallProxy;
import dev.holdfast.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProxyTest {

    @TempDir
    Path directory;

    private ConfigRepository open(String url, @Nullable Path caFile, Map<String, String> environment) throws Exception {
        var password = Files.writeString(directory.resolve("password"), HttpOrigin.PASSWORD + "\n");
        return ConfigRepository.open(
                new RepositoryLocation.Remote(
                        url, null, ".", new Credentials(null, null, "ada", password, caFile), null),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                environment);
    }

    private void assertWorks(String url, @Nullable Path caFile, Map<String, String> environment) throws Exception {
        try (var repository = open(url, caFile, environment)) {
            assertThat(repository.checkout().subject()).isEqualTo("Add web");
        }
    }

    private void assertFails(String url, Map<String, String> environment, String... said) throws Exception {
        try (var repository = open(url, null, environment)) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitFailure.class)
                    .hasMessageContainingAll(said)
                    .hasMessageNotContaining("p@ss")
                    .hasMessageNotContaining("hunter");
        }
    }

    @Test
    void httpAndHttpsGoThroughTheProxyThatTheEnvironmentOrGitNamesWithItsLogin() throws Exception {
        Origin.withOneApp(directory);
        var authority = TestAuthority.named("Corp Authority");
        var caFile = authority.pem(directory.resolve("ca.pem"));
        try (var proxy = new SmallProxy("bob:p@ss w/rd");
                var plain = new HttpOrigin(directory, 0);
                var secure = new HttpOrigin(directory, 0, authority.server("git.corp.test"))) {
            var address = "http://bob:p%40ss%20w%2Frd@127.0.0.1:" + proxy.port();
            var https = "https://git.corp.test:" + secure.port() + "/apps.git";
            var http = "http://git.corp.test:" + plain.port() + "/apps.git";
            assertWorks(https, caFile, Map.of("HTTPS_PROXY", address));
            assertWorks(https, caFile, Map.of("https_proxy", address, "HTTPS_PROXY", "http://127.0.0.1:1"));
            assertWorks(http, null, Map.of("http_proxy", address));
            assertWorks(http, null, Map.of("ALL_PROXY", address.replace("http://", "")));
            var settings = Files.writeString(
                    directory.resolve("gitconfig"),
                    "[http \"http://*.corp.test:" + plain.port() + "\"]\n\tproxy = " + address + "\n");
            assertWorks(http, null, Map.of("GIT_CONFIG_GLOBAL", settings.toString()));
            assertThat(proxy.asked())
                    .contains("CONNECT git.corp.test:" + secure.port() + " HTTP/1.1")
                    .anySatisfy(line -> assertThat(line).startsWith("GET http://git.corp.test:" + plain.port()))
                    .anySatisfy(line -> assertThat(line).startsWith("POST http://git.corp.test:" + plain.port()));
            var wrong = address.replace("p%40ss", "hunter");
            assertFails(https, Map.of("HTTPS_PROXY", wrong), "of HTTPS_PROXY refuses the login");
            assertFails(http, Map.of("HTTP_PROXY", wrong), "of HTTP_PROXY refuses the login");
        }
    }

    @Test
    void noProxyIsUsedForWhatNoProxyNames() throws Exception {
        Origin.withOneApp(directory);
        try (var server = new HttpOrigin(directory, 0)) {
            assertWorks(server.url(), null, Map.of("HTTP_PROXY", "http://127.0.0.1:1", "NO_PROXY", "x, 127.0.0.0/8"));
            assertFails(
                    server.url(),
                    Map.of("HTTP_PROXY", "http://bob:hunter2@127.0.0.1:1"),
                    "through the proxy http://127.0.0.1:1 of HTTP_PROXY");
        }
    }

    @Test
    void whetherAProxyIsUsedIsSaidWhereAHostIsUnknown() throws Exception {
        var url = "https://nowhere.invalid/apps.git";
        assertFails(url, Map.of(), "unknown host nowhere.invalid (no proxy is used: HTTPS_PROXY is not set)");
        assertFails(
                url,
                Map.of("HTTPS_PROXY", "http://127.0.0.1:1", "no_proxy", ".invalid"),
                "unknown host nowhere.invalid (no proxy is used: no_proxy names nowhere.invalid)");
        assertFails(
                url, Map.of("https_proxy", "http://proxy.invalid:3128"), "unknown host proxy.invalid", "https_proxy");
        try (var proxy = new SmallProxy(null)) {
            assertFails(
                    url,
                    Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()),
                    "the proxy answered HTTP/1.1 502 Bad Gateway",
                    "of HTTPS_PROXY");
        }
        assertFails(url, Map.of("HTTPS_PROXY", "socks5://bob:hunter2@127.0.0.1:1"), "of the kind socks5");
        assertFails(url, Map.of("HTTPS_PROXY", "http://bob:hunter2@:x"), "HTTPS_PROXY is not a proxy's URL");
    }
}

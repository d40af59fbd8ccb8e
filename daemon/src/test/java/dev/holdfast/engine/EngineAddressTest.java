package dev.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which engine, and how it is trusted, from what the Docker client knows.
class EngineAddressTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"http://manager:2375", "ssh://manager", "manager:2375", "/var/run/docker.sock"})
    void otherSchemesAreRefusedAndSayWhatIsTaken(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineAddress.plain(host))
                .withMessageContaining(host)
                .withMessageContaining("unix:///PATH or tcp://HOST:PORT");
    }

    @Test
    void tlsIsAskedForAsTheDockerClientAsks() throws Exception {
        keys(folder);
        var path = folder.toString();
        assertThat(of("tcp://m:2376", Map.of("DOCKER_CERT_PATH", path)).tls()).isNull();
        assertThat(of("tcp://m:2376", Map.of("DOCKER_TLS_VERIFY", "", "DOCKER_CERT_PATH", path))
                        .tls())
                .isNull();
        assertThat(of("tcp://m:2376", Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", path))
                        .tls())
                .isNotNull();
        assertThat(of("tcp://m:2376", Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CONFIG", path))
                        .tls())
                .isNotNull();
        assertThat(of("unix:///s", Map.of("DOCKER_TLS_VERIFY", "1")).tls())
                .as("a socket of this machine has none")
                .isNull();
    }

    @Test
    void keysThatAreNotThereAreSaidBeforeAnythingIsSentPlainly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        of("tcp://m:2376", Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", folder.toString())))
                .withMessageContaining(folder.resolve("ca.pem").toString());
    }

    @Test
    void theContextInUseNamesTheEngineAndItsKeys() throws Exception {
        Files.writeString(folder.resolve("config.json"), "{\"currentContext\": \"prod\"}");
        context("prod", "tcp://manager.example.com:2376", true);
        context("test", "unix:///run/test.sock", false);

        var inUse = EngineAddress.ofContext(Map.of("DOCKER_CONFIG", folder.toString()))
                .orElseThrow();
        assertThat(inUse.host()).isEqualTo("tcp://manager.example.com:2376");
        assertThat(inUse.tls()).isNotNull();
        var asked = EngineAddress.ofContext(Map.of("DOCKER_CONFIG", folder.toString(), "DOCKER_CONTEXT", "test"))
                .orElseThrow();
        assertThat(asked.host()).isEqualTo("unix:///run/test.sock");
        assertThat(asked.tls()).isNull();
        assertThat(EngineAddress.ofContext(Map.of("DOCKER_CONFIG", folder.toString(), "DOCKER_CONTEXT", "default")))
                .isEmpty();
    }

    @Test
    void aContextThatIsNotThereIsNoReasonToTakeTheDefaultEngine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineAddress.ofContext(
                        Map.of("DOCKER_CONFIG", folder.toString(), "DOCKER_CONTEXT", "porduction")))
                .withMessageContaining("\"porduction\"")
                .withMessageContaining("docker context ls");
    }

    private static EngineAddress of(String host, Map<String, String> environment) {
        return EngineAddress.of(host, environment);
    }

    private void context(String name, String host, boolean keys) throws Exception {
        var hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        var meta = Files.createDirectories(folder.resolve("contexts/meta/" + hash));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\": \"%s\", \"Metadata\": {}, \"Endpoints\": {\"docker\": {\"Host\": \"%s\", \"SkipTLSVerify\": false}}}"
                        .formatted(name, host));
        if (keys) {
            keys(Files.createDirectories(folder.resolve("contexts/tls/" + hash + "/docker")));
        }
    }

    /// Only looked for, not read, before a connection is made.
    private static void keys(Path folder) throws IOException {
        for (var name : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.writeString(folder.resolve(name), "");
        }
    }
}

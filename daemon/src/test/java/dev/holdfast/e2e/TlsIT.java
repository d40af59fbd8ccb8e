package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// An engine on the network is spoken to over TLS, in both directions known by certificates, or not at all.
class TlsIT {

    private static final String PORT = "tcp://127.0.0.1:2376";

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @TempDir
    Path folder;

    @Test
    void anEngineThatAsksForCertificatesIsReachedWithThemOnly() throws Exception {
        var authority = TestAuthority.named("the engines");
        authority.pem(folder.resolve("ca.pem"));
        authority.pemPair(folder.resolve("server-cert.pem"), folder.resolve("server-key.pem"), "127.0.0.1");
        var ours = client(folder.resolve("ours"), authority, authority);
        var strangers = client(folder.resolve("strangers"), authority, TestAuthority.named("somebody else"));
        var fooled = client(folder.resolve("fooled"), TestAuthority.named("somebody else"), authority);
        swarm.node(1).serveTls(folder);

        assertThat(version(ours, "DOCKER_TLS_VERIFY=1")).contains("20.10");
        assertThat(version(ours, "DOCKER_TLS_VERIFY=")).as("without TLS").contains("none at " + PORT);
        assertThat(version(strangers, "DOCKER_TLS_VERIFY=1")).as("not our key").contains("none at " + PORT);
        assertThat(version(fooled, "DOCKER_TLS_VERIFY=1"))
                .as("not its authority")
                .contains("none at " + PORT);
    }

    private static Path client(Path folder, TestAuthority engines, TestAuthority own) throws Exception {
        Files.createDirectories(folder);
        engines.pem(folder.resolve("ca.pem"));
        own.pemPair(folder.resolve("cert.pem"), folder.resolve("key.pem"), "client");
        return folder;
    }

    /// What `holdfast version` says on the node itself, whose port nobody else can reach.
    private static String version(Path keys, String verify) {
        var command = new ArrayList<>(List.of(
                "env",
                verify,
                "DOCKER_CERT_PATH=" + keys,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.holdfast.cli.Main",
                "version",
                "--docker-host",
                PORT));
        return swarm.node(1).exec(command.toArray(String[]::new));
    }
}

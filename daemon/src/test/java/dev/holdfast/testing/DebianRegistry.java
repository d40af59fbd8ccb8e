package dev.holdfast.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Real registries (Debian's docker-registry, unpacked and never installed) on the first node of a private Swarm, over
/// TLS, with one user. All nodes trust their authority.
public final class DebianRegistry implements AutoCloseable {

    public static final String USER = "puller";
    public static final String PASSWORD = "s3cret-pull";

    /// Of that password, as `htpasswd -B` writes it.
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuu8YiNQeALDquttzdJ8JTU2sZhhUyTzGK";

    private static final String ADDRESS = "192.168.77.11";
    private static final String FETCH = """
        mkdir -p "$1" && cd "$1" && exec 9>lock && flock 9
        [ -x usr/bin/docker-registry ] && exit
        apt-get -q=2 download docker-registry >&2 ||
            { apt-get -q=2 update >&2 && apt-get -q=2 download docker-registry >&2; } || exit
        dpkg-deb -x docker-registry_*.deb . && rm docker-registry_*.deb
        """;

    private final PrivateSwarm swarm;
    private final Path folder;
    private final Path program;
    private final List<String> processes = new ArrayList<>();

    /// @param folder for files, which the nodes see
    public DebianRegistry(PrivateSwarm swarm, Path folder) throws Exception {
        this.swarm = swarm;
        this.folder = folder;
        var cache = Path.of(System.getProperty("user.home"), ".cache/holdfast/registry");
        Command.run(Duration.ofMinutes(5), List.of("sh", "-c", FETCH, "fetch", cache.toString()));
        this.program = cache.resolve("usr/bin/docker-registry");
        var authority = TestAuthority.named("the registries");
        authority.pem(folder.resolve("ca.crt"));
        authority.pemPair(folder.resolve("tls.crt"), folder.resolve("tls.key"), ADDRESS);
        for (var node : swarm.nodes()) {
            // Seen by this node alone.
            node.exec("sh", "-c", "mkdir -p /etc/docker && mount -t tmpfs tmpfs /etc/docker");
        }
    }

    /// @return its name: address and port
    public String withPasswords(int port) throws IOException {
        var users = Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
        return serve(port, "htpasswd: { realm: test, path: %s }".formatted(users));
    }

    /// @return its name: address and port; the port after it is that of the token server
    public String withTokens(int port) throws IOException {
        begin(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath() + ":" + System.getProperty("java.class.path"),
                TokenServer.class.getName(),
                Integer.toString(port + 1),
                "tokens",
                folder.resolve("tls.crt").toString(),
                folder.resolve("tls.key").toString(),
                USER,
                PASSWORD);
        return serve(
                port,
                "token: { realm: \"http://%s:%d/token\", service: tokens, issuer: holdfast-test, rootcertbundle: %s }"
                        .formatted(ADDRESS, port + 1, folder.resolve("ca.crt")));
    }

    private String serve(int port, String auth) throws IOException {
        var host = ADDRESS + ":" + port;
        for (var node : swarm.nodes()) {
            node.exec("mkdir", "-p", "/etc/docker/certs.d/" + host);
            node.exec("cp", folder.resolve("ca.crt").toString(), "/etc/docker/certs.d/" + host + "/");
        }
        var settings = Files.writeString(folder.resolve(port + ".yml"), """
            version: 0.1
            storage: { filesystem: { rootdirectory: %s } }
            http: { addr: "0.0.0.0:%d", tls: { certificate: %s, key: %s } }
            auth: { %s }
            """.formatted(
                folder.resolve("images-" + port), port, folder.resolve("tls.crt"), folder.resolve("tls.key"), auth));
        begin(program.toString(), "serve", settings.toString());
        return host;
    }

    private void begin(String... command) {
        var line = new ArrayList<>(
                List.of("sh", "-c", "log=$1; shift; setsid \"$@\" >>$log 2>&1 & echo $!", "begin", folder + "/log"));
        line.addAll(List.of(command));
        processes.add(swarm.node(1).exec(line.toArray(String[]::new)));
    }

    /// Puts an image of the first node into a registry, under a name of this registry.
    ///
    /// @return the digest that the registry gave it
    public String push(String image, String as) {
        var login = folder.resolve("push").toString();
        var host = as.substring(0, as.indexOf('/'));
        swarm.docker("--config", login, "login", "-u", USER, "-p", PASSWORD, host);
        swarm.docker("tag", image, as);
        var said = swarm.docker("--config", login, "push", as);
        return said.replaceAll("(?s).*digest: (sha256:[0-9a-f]{64}).*", "$1");
    }

    /// All of them: nothing listens any more.
    public void stop() {
        processes.forEach(process -> swarm.node(1).exec("sh", "-c", "kill " + process + " 2>/dev/null || true"));
        processes.clear();
    }

    @Override
    public void close() {
        stop();
        swarm.nodes().forEach(node -> node.exec("umount", "-l", "/etc/docker"));
    }
}

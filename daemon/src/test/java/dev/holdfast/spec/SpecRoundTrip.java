package dev.holdfast.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Deploy;
import dev.holdfast.app.Directory;
import dev.holdfast.app.ExtraHost;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Healthcheck;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.Logging;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.Port;
import dev.holdfast.app.Tmpfs;
import dev.holdfast.app.Ulimit;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.live.Service;
import dev.holdfast.testing.PrivateSwarm;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the comparison promises, on an engine.
abstract class SpecRoundTrip {

    private static final String IMAGE = "busybox:latest";
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// What a person may do to a service (the options of `docker service update`), and the value that differs then.
    private static final Map<List<String>, String> DRIFTS = Map.ofEntries(
            drift("environment.LEVEL", "--env-add", "LEVEL=debug"),
            drift("environment.A", "--env-rm", "A"),
            drift("image", "--image", "demo:2", "--no-resolve-image"),
            drift("user", "--user", "root"),
            drift("working_dir", "--workdir", "/opt"),
            drift("hostname", "--hostname", "other"),
            drift("group_add", "--group-add", "audio"),
            drift("command", "--args", "sleep 1"),
            drift("entrypoint", "--entrypoint", "/bin/ash"),
            drift("deploy.resources.limits.cpus", "--limit-cpu", "2"),
            drift("deploy.resources.limits.memory", "--limit-memory", "64m"),
            drift("deploy.resources.reservations.memory", "--reserve-memory", "8m"),
            drift("deploy.resources.reservations.generic_resources.gpu", "--generic-resource-add", "gpu=1"),
            drift("tmpfs[/extra]", "--mount-add", "type=tmpfs,target=/extra"),
            drift("persistent.directories[/data]", "--mount-rm", "/data"),
            drift("networks.backend", "--network-rm", "backend"),
            drift("ports[9999/tcp]", "--publish-add", "9999:99"),
            drift("secrets[password]", "--secret-rm", "password-0123456789ab"),
            drift("configs[/etc/a]", "--config-rm", "conf-0123456789ab"),
            drift("deploy.placement.constraints[node.role==manager]", "--constraint-add", "node.role == manager"),
            drift("deploy.placement.preferences", "--placement-pref-add", "spread=node.labels.rack"),
            drift("deploy.placement.max_replicas_per_node", "--replicas-max-per-node", "3"),
            drift("cap_add", "--cap-add", "SYS_PTRACE"),
            drift("ulimits.nproc", "--ulimit-add", "nproc=5:6"),
            drift("sysctls.net.ipv4.ip_forward", "--sysctl-add", "net.ipv4.ip_forward=1"),
            drift("deploy.labels.mine", "--label-add", "mine=1"),
            drift("labels.mine", "--container-label-add", "mine=1"),
            drift("deploy.replicas", "--replicas", "1"),
            drift("deploy.update_config.order", "--update-order", "start-first"),
            drift("deploy.update_config.monitor", "--update-monitor", "1m"),
            drift("deploy.rollback_config.parallelism", "--rollback-parallelism", "4"),
            drift("deploy.restart_policy.condition", "--restart-condition", "none"),
            drift("deploy.restart_policy.delay", "--restart-delay", "1m"),
            drift("stop_signal", "--stop-signal", "SIGUSR1"),
            drift("stop_grace_period", "--stop-grace-period", "3s"),
            drift("healthcheck.retries", "--health-retries", "9"),
            drift("healthcheck.test", "--no-healthcheck"),
            drift("dns", "--dns-add", "9.9.9.9"),
            drift("extra_hosts.c", "--host-add", "c:1.2.3.4"),
            drift("logging.driver", "--log-driver", "local"),
            drift("init", "--init=false"),
            drift("tty", "--tty"),
            drift("read_only", "--read-only=false"));

    private Engine engine = Engine.at(EngineAddress.plain(EngineAddress.DEFAULT_HOST));

    abstract PrivateSwarm swarm();

    /// What only a newer Docker lets a person do.
    Map<List<String>, String> newerDrifts() {
        return Map.of();
    }

    @BeforeEach
    void connect() {
        engine.close();
        engine = Engine.at(EngineAddress.plain(swarm().dockerHost()));
        var overlay = Specs.object();
        overlay.put("Name", "backend").put("Driver", "overlay");
        engine.createNetwork(overlay);
        var bytes = "x".getBytes(StandardCharsets.UTF_8);
        engine.createSecret("password-0123456789ab", Specs.object(), bytes, null);
        engine.createConfig("conf-0123456789ab", Specs.object(), bytes, null);
    }

    @AfterEach
    void disconnect() {
        engine.close();
    }

    @Test
    void aServiceOfEveryFieldEqualsItsAppOnceItIsThere() {
        var desired = spec(everything());
        var id = engine.createService(filled(desired), null);

        var difference = compare(id, desired);

        assertThat(difference.fields()).isEmpty();
        assertThat(difference.toSend()).isEqualTo(service(id).spec());
    }

    @Test
    void whatAPersonChangedIsFoundAndPutBack() {
        var desired = spec(everything());
        var id = engine.createService(filled(desired), null);
        var softly = new SoftAssertions();
        var drifts = new HashMap<>(DRIFTS);
        drifts.putAll(newerDrifts());

        drifts.forEach((options, path) -> {
            update(id, options);
            var found = compare(id, desired);
            softly.assertThat(found.fields())
                    .as(String.join(" ", options))
                    .extracting(FieldChange::path)
                    .contains(path);
            send(id, found.toSend());
            softly.assertThat(compare(id, desired).fields())
                    .as("put back: " + options)
                    .isEmpty();
        });

        softly.assertAll();
    }

    @Test
    void whatDockersOwnCommandReordersOnTheWayIsNoDifference() {
        var desired = spec(everything());
        var id = engine.createService(filled(desired), null);
        var softly = new SoftAssertions();

        for (var options : List.of(
                List.of("--force"),
                List.of("--env-add", "LEVEL=info"),
                List.of("--cap-add", "net_admin"),
                List.of("--update-parallelism", "1"),
                List.of("--restart-condition", "any"))) {
            update(id, options);
            var difference = compare(id, desired);
            softly.assertThat(difference.fields()).as(String.join(" ", options)).isEmpty();
        }

        softly.assertAll();
    }

    @Test
    void aServiceMadeByHandIsTakenOverWithoutARestart() {
        swarm().docker(
                        "service",
                        "create",
                        "--quiet",
                        "--no-resolve-image",
                        "--name",
                        "web",
                        "--env",
                        "B=2",
                        "--env",
                        "A=1",
                        "--mount",
                        "type=tmpfs,target=/z",
                        "--mount",
                        "type=volume,source=db-data,target=/data",
                        "--stop-signal",
                        "KILL",
                        IMAGE,
                        "sleep",
                        "1000");
        var app = AppMaker.app(maker -> {
            maker.image = IMAGE;
            maker.command = List.of("sleep", "1000");
            maker.environment = Map.of("A", "1", "B", "2");
            maker.directories = List.of(new Directory("db-data", null, "/data", false));
            maker.tmpfs = List.of(new Tmpfs("/z", null, null));
            maker.stopSignal = "SIGKILL";
        });
        var desired = spec(app);
        var id = engine.service("web").path("ID").asText();
        var before = tasks(id);

        var difference = compare(id, desired);
        send(id, difference.toSend());

        assertThat(difference.fields()).isNotEmpty();
        assertThat(difference.restarts()).isFalse();
        assertThat(compare(id, desired).fields()).isEmpty();
        assertThat(tasks(id)).isEqualTo(before).hasSize(1);
    }

    App everything() {
        return AppMaker.app(app -> {
            app.image = IMAGE;
            app.replicas = 0;
            app.command = List.of("sleep", "1000");
            app.entrypoint = List.of("/bin/sh", "-c");
            app.environment = Map.of("LEVEL", "info", "A", "x=y", "EMPTY", "");
            app.labels = Map.of("team", "blue", "empty", "");
            app.serviceLabels = Map.of("team", "blue");
            app.networks = Map.of("backend", new NetworkAttachment(List.of("db", "www"), Map.of()));
            app.ports = List.of(new Port(80, 8080, "tcp", "ingress"), new Port(53, 5353, "udp", "host"));
            app.healthcheck =
                    new Healthcheck(List.of("CMD", "true"), SECOND.multipliedBy(30), SECOND, 3, SECOND, SECOND, false);
            app.user = "1000:1000";
            app.workingDir = "/tmp";
            app.hostname = "{{.Node.Hostname}}";
            app.init = true;
            app.readOnly = true;
            app.stdinOpen = true;
            app.tmpfs = List.of(new Tmpfs("/cache", 1L << 20, 01777), new Tmpfs("/a", null, null));
            app.stopSignal = "SIGQUIT";
            app.stopGracePeriod = SECOND.multipliedBy(20);
            app.extraHosts = List.of(new ExtraHost("b", "10.0.0.2"), new ExtraHost("a", "10.0.0.1"));
            app.dns = List.of("1.1.1.1", "8.8.8.8");
            app.dnsSearch = List.of("b.test", "a.test");
            app.capAdd = List.of("NET_ADMIN");
            app.capDrop = List.of("CHOWN", "KILL");
            app.sysctls = Map.of("net.core.somaxconn", "1024");
            app.ulimits = Map.of("nofile", new Ulimit(1024, 2048), "core", new Ulimit(0, 0));
            app.oomScoreAdj = 300;
            app.logging = new Logging("json-file", Map.of("max-size", "1m"));
            app.secrets = List.of(new FileReference("password", null, "33", null, 0400));
            app.configs = List.of(new FileReference("conf", "/etc/a", null, null, null));
            app.hostPaths = List.of(new HostPath("/etc", "/host-etc"));
            app.directories = List.of(
                    new Directory("db-data", null, "/data", false),
                    new Directory("media", null, "/media", true),
                    new Directory(null, "/srv/x", "/x", false));
            app.placement = new Deploy.Placement(
                    List.of("node.platform.os == linux"), List.of(new Deploy.Preference("node.labels.zone")), null);
            app.resources = new Deploy.Resources(
                    new Deploy.Limits(new BigDecimal("0.5"), 512L << 20, 100),
                    new Deploy.Reservations(new BigDecimal("0.1"), 4L << 20, List.of()));
            app.restartPolicy = new Deploy.RestartPolicy("any", Duration.ZERO, 3, SECOND);
            app.updateConfig = new Deploy.UpdateConfig(null, SECOND, null, null, 0.123456789, null);
        });
    }

    private ObjectNode spec(App app) {
        return built(app).spec();
    }

    SpecBuilder.Built built(App app) {
        var node = engine.info().path("Swarm").path("NodeID").asText();
        var persistent = app.isPersistent(volume -> false);
        return SpecBuilder.build(app, Contexts.of(app, engine.version(), app.image(), persistent ? node : null));
    }

    private SpecDifference compare(String id, ObjectNode desired) {
        var networks = new TreeMap<String, String>();
        engine.networks()
                .forEach(network -> networks.put(
                        network.path("Id").asText(), network.path("Name").asText()));
        return SpecDiff.compare(service(id), desired, new Names(networks, constraint -> true), false);
    }

    private Service service(String id) {
        return Service.of(engine.service(id));
    }

    private void send(String id, ObjectNode spec) {
        engine.updateService(id, service(id).version(), filled(spec), null);
    }

    private void update(String id, List<String> options) {
        var start = Stream.of("service", "update", "--quiet", "--detach");
        swarm().docker(Stream.of(start, options.stream(), Stream.of(id))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    /// With the IDs of secrets and configs.
    private ObjectNode filled(ObjectNode spec) {
        var copy = spec.deepCopy();
        fill(copy.at("/TaskTemplate/ContainerSpec/Secrets"), "Secret", engine.secrets());
        fill(copy.at("/TaskTemplate/ContainerSpec/Configs"), "Config", engine.configs());
        return copy;
    }

    private static void fill(JsonNode references, String kind, List<JsonNode> objects) {
        for (var reference : references) {
            for (var object : objects) {
                if (object.path("Spec").path("Name").equals(reference.path(kind + "Name"))) {
                    ((ObjectNode) reference).set(kind + "ID", object.path("ID"));
                }
            }
        }
    }

    private List<String> tasks(String service) {
        var ids = new ArrayList<String>();
        for (var task : engine.tasks()) {
            if (task.path("ServiceID").asText().equals(service)) {
                ids.add(task.path("ID").asText());
            }
        }
        return ids;
    }

    private static Map.Entry<List<String>, String> drift(String path, String... options) {
        return Map.entry(List.of(options), path);
    }
}

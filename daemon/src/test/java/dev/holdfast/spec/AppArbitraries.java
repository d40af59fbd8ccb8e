package dev.holdfast.spec;

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
import dev.holdfast.app.Scratch;
import dev.holdfast.app.Tmpfs;
import dev.holdfast.app.Ulimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;

/// Any app, from a small world of words, so that two of them often meet.
public final class AppArbitraries {

    private static final double HALF = 0.5;

    private AppArbitraries() {}

    public static Arbitrary<App> apps() {
        return Builders.withBuilder(AppMaker::new)
                .use(Arbitraries.of("nginx:1.27", "nginx:1.28", "registry:5000/team/app", "postgres:17"))
                .inSetter((m, v) -> m.image = v)
                .use(list("serve", "--port", "80"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.command = v)
                .use(list("/entry", "sh", "-c"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.entrypoint = v)
                .use(map())
                .withProbability(HALF)
                .inSetter((m, v) -> m.environment = v)
                .use(map())
                .withProbability(HALF)
                .inSetter((m, v) -> m.labels = v)
                .use(map())
                .withProbability(HALF)
                .inSetter((m, v) -> m.serviceLabels = v)
                .use(networks())
                .withProbability(HALF)
                .inSetter((m, v) -> m.networks = v)
                .use(ports())
                .withProbability(HALF)
                .inSetter((m, v) -> m.ports = v)
                .use(healthchecks())
                .withProbability(HALF)
                .inSetter((m, v) -> m.healthcheck = v)
                .use(words())
                .withProbability(HALF)
                .inSetter((m, v) -> m.user = v)
                .use(words())
                .withProbability(HALF)
                .inSetter((m, v) -> m.workingDir = "/" + v)
                .use(words())
                .withProbability(HALF)
                .inSetter((m, v) -> m.hostname = v)
                .use(booleans())
                .withProbability(HALF)
                .inSetter((m, v) -> m.init = v)
                .use(booleans())
                .withProbability(HALF)
                .inSetter((m, v) -> m.readOnly = v)
                .use(booleans())
                .withProbability(HALF)
                .inSetter((m, v) -> m.tty = v)
                .use(booleans())
                .withProbability(HALF)
                .inSetter((m, v) -> m.stdinOpen = v)
                .use(directories())
                .withProbability(HALF)
                .inSetter((m, v) -> m.directories = v)
                .use(Arbitraries.of(new Tmpfs("/cache", null, null), new Tmpfs("/cache", 64L << 20, 01777)))
                .withProbability(HALF)
                .inSetter((m, v) -> m.tmpfs = List.of(v))
                .use(Arbitraries.of(
                        new HostPath("/var/run/docker.sock", "/sock"),
                        new HostPath("/etc", "/sock"),
                        new HostPath("/etc", "/sock", true)))
                .withProbability(HALF)
                .inSetter((m, v) -> m.hostPaths = List.of(v))
                .use(Arbitraries.of(
                        new Scratch("scrap", null, "/scratch", false),
                        new Scratch("scrap", null, "/scratch", true),
                        new Scratch(null, "/var/cache/x", "/scratch", false)))
                .withProbability(HALF)
                .inSetter((m, v) -> m.scratch = List.of(v))
                .use(Arbitraries.of("SIGTERM", "QUIT", "9"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.stopSignal = v)
                .use(durations())
                .withProbability(HALF)
                .inSetter((m, v) -> m.stopGracePeriod = v)
                .use(Arbitraries.of("a", "b").set().ofMaxSize(2))
                .withProbability(HALF)
                .inSetter((m, v) -> m.extraHosts =
                        v.stream().map(h -> new ExtraHost(h, "10.0.0.1")).toList())
                .use(list("1.1.1.1", "8.8.8.8", "9.9.9.9"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.dns = v)
                .use(list("a.test", "b.test", "c.test"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.dnsSearch = v)
                .use(list("NET_ADMIN", "CAP_SYS_TIME", "chown"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.capAdd = v)
                .use(list("ALL", "CAP_SYS_TIME", "kill"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.capDrop = v)
                .use(map())
                .withProbability(HALF)
                .inSetter((m, v) -> m.sysctls = v)
                .use(Arbitraries.of(new Ulimit(1024, 1024), new Ulimit(0, 5), new Ulimit(-1, -1)))
                .withProbability(HALF)
                .inSetter((m, v) -> m.ulimits = Map.of("nofile", v, "nproc", new Ulimit(7, 9)))
                .use(Arbitraries.of(-500, 0, 1000))
                .withProbability(HALF)
                .inSetter((m, v) -> m.oomScoreAdj = v)
                .use(Arbitraries.of(new Logging("local", Map.of()), new Logging(null, Map.of("max-size", "1m"))))
                .withProbability(HALF)
                .inSetter((m, v) -> m.logging = v)
                .use(Arbitraries.of("no", "always", "on-failure:3", "on-failure", "unless-stopped"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.restart = v)
                .use(files("password", "other"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.secrets = v)
                .use(files("conf", "page"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.configs = v)
                .use(Arbitraries.of("replicated", "replicated", "global"))
                .inSetter((m, v) -> m.mode = v)
                .use(booleans())
                .inSetter((m, v) -> m.eachNode =
                        v && m.mode.equals("global") && m.directories.stream().allMatch(each -> each.with() == null))
                .use(Arbitraries.integers().between(0, 3))
                .withProbability(HALF)
                .inSetter((m, v) -> m.replicas = v)
                .use(Arbitraries.of("vip", "dnsrr"))
                .withProbability(HALF)
                .inSetter((m, v) -> m.endpointMode = v)
                .use(placements())
                .withProbability(HALF)
                .inSetter((m, v) -> m.placement = v)
                .use(resources())
                .withProbability(HALF)
                .inSetter((m, v) -> m.resources = v)
                .use(restartPolicies())
                .withProbability(HALF)
                .inSetter((m, v) -> m.restartPolicy = v)
                .use(replacing())
                .withProbability(HALF)
                .inSetter((m, v) -> m.updateConfig = v)
                .use(replacing())
                .withProbability(HALF)
                .inSetter((m, v) -> m.rollbackConfig = v)
                .build(AppMaker::build);
    }

    private static Arbitrary<String> words() {
        return Arbitraries.of("alpha", "beta", "gamma");
    }

    private static Arbitrary<Boolean> booleans() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Duration> durations() {
        return Arbitraries.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(90_500), Duration.ofHours(2));
    }

    private static Arbitrary<List<String>> list(String... words) {
        return Arbitraries.of(words).list().uniqueElements().ofMaxSize(3);
    }

    private static Arbitrary<Map<String, String>> map() {
        return Arbitraries.maps(Arbitraries.of("A", "B", "LEVEL"), Arbitraries.of("", "1", "x=y", "a b"))
                .ofMaxSize(3);
    }

    private static Arbitrary<Map<String, NetworkAttachment>> networks() {
        var attachment = Combinators.combine(list("db", "web", "cache"), map()).as(NetworkAttachment::new);
        return Arbitraries.maps(Arbitraries.of("backend", "front", "back2"), attachment)
                .ofMaxSize(3);
    }

    private static Arbitrary<List<Port>> ports() {
        var port = Combinators.combine(
                        Arbitraries.of(80, 443),
                        Arbitraries.of(8080, 8081, 53).injectNull(0.3),
                        Arbitraries.of("tcp", "udp"),
                        Arbitraries.of("ingress", "host"))
                .as(Port::new);
        return port.list().uniqueElements(p -> p.published() + p.protocol()).ofMaxSize(3);
    }

    private static Arbitrary<Healthcheck> healthchecks() {
        return Combinators.combine(
                        Arbitraries.of(List.of("CMD", "true"), List.of("CMD-SHELL", "x"), List.<String>of()),
                        durations().injectNull(HALF),
                        durations().injectNull(HALF),
                        Arbitraries.of(0, 3).injectNull(HALF),
                        durations().injectNull(HALF),
                        durations().injectNull(HALF),
                        booleans())
                .as(Healthcheck::new);
    }

    private static Arbitrary<List<Directory>> directories() {
        return Arbitraries.of(
                        new Directory("db-data", null, "/data", false),
                        new Directory("db-data", null, "/data", true),
                        new Directory("media", null, "/media", false),
                        new Directory("other-data", null, "/other", false, "other", false),
                        new Directory(null, "/srv/other", "/other", false, "other", false),
                        new Directory(null, "/srv/x", "/x", false),
                        new Directory(null, "/mnt/nas", "/nas", false, null, true),
                        new Directory(null, "/srv/y,z", "/x", true))
                .list()
                .uniqueElements(Directory::target)
                .ofMaxSize(3);
    }

    private static Arbitrary<List<FileReference>> files(String... sources) {
        return Combinators.combine(
                        Arbitraries.of(sources),
                        Arbitraries.of("a.txt", "/run/b").injectNull(HALF),
                        Arbitraries.of("0", "33").injectNull(HALF),
                        Arbitraries.of("0", "33").injectNull(HALF),
                        Arbitraries.of(0, 0444, 0400).injectNull(HALF))
                .as(FileReference::new)
                .list()
                .uniqueElements(FileReference::targetOrSource)
                .ofMaxSize(2);
    }

    private static Arbitrary<Deploy.Placement> placements() {
        return Combinators.combine(
                        list("node.role == manager", "node.labels.zone!=b", "node.id==node-2"),
                        Arbitraries.of("node.labels.zone", "node.labels.rack")
                                .map(Deploy.Preference::new)
                                .list()
                                .uniqueElements()
                                .ofMaxSize(2),
                        Arbitraries.of(0, 1, 2).injectNull(HALF))
                .as(Deploy.Placement::new);
    }

    private static Arbitrary<Deploy.Resources> resources() {
        var cpus = Arbitraries.of("0.5", "1", "1.25").map(BigDecimal::new).injectNull(HALF);
        var memory = Arbitraries.of(4194304L, 536870912L, 5000001L).injectNull(HALF);
        var limits = Combinators.combine(cpus, memory, Arbitraries.of(0, 100).injectNull(HALF))
                .as(Deploy.Limits::new);
        var generic = Arbitraries.of("gpu", "fpga")
                .map(kind -> new Deploy.GenericResource(new Deploy.DiscreteResource(kind, 2)))
                .list()
                .uniqueElements()
                .ofMaxSize(2);
        var reservations = Combinators.combine(cpus, memory, generic).as(Deploy.Reservations::new);
        return Combinators.combine(limits.injectNull(HALF), reservations.injectNull(HALF))
                .as(Deploy.Resources::new);
    }

    private static Arbitrary<Deploy.RestartPolicy> restartPolicies() {
        return Combinators.combine(
                        Arbitraries.of("none", "on-failure", "any").injectNull(HALF),
                        durations().injectNull(HALF),
                        Arbitraries.of(0, 3).injectNull(HALF),
                        durations().injectNull(HALF))
                .as(Deploy.RestartPolicy::new);
    }

    private static Arbitrary<Deploy.UpdateConfig> replacing() {
        return Combinators.combine(
                        Arbitraries.of(0, 1, 2).injectNull(HALF),
                        durations().injectNull(HALF),
                        Arbitraries.of("pause", "continue", "rollback").injectNull(HALF),
                        durations().injectNull(HALF),
                        Arbitraries.of(0.0, 0.25, 0.123456789).injectNull(HALF),
                        Arbitraries.of("start-first", "stop-first").injectNull(HALF))
                .as(Deploy.UpdateConfig::new);
    }
}

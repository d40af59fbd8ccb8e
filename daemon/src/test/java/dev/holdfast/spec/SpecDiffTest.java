package dev.holdfast.spec;

import static dev.holdfast.spec.AppMaker.app;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Deploy;
import dev.holdfast.app.Directory;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.Logging;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.Port;
import dev.holdfast.live.Labels;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpecDiffTest {

    private static final Directory DATA = new Directory("db-data", null, "/data", false);
    private static final String DIGEST = "@sha256:" + "a".repeat(64);
    private static final String OTHER_DIGEST = "@sha256:" + "b".repeat(64);

    @Test
    void noUpdateTakesThePlacementAwayOrLeavesItOut() {
        Consumer<AppMaker> manager =
                app -> app.placement = new Deploy.Placement(List.of("node.role==manager"), List.of(), null);
        assertThat(change(manager, app -> {}).toSend().at("/TaskTemplate/Placement"))
                .isEqualTo(Specs.object());

        var wanted = Contexts.spec(app(app -> {}));
        var bare = wanted.deepCopy();
        Specs.child(bare, "TaskTemplate").remove("Placement");
        var live = EngineStore.stored(bare);
        assertThat(compare(live, wanted).fields()).as("it means the same").isEmpty();
        assertThat(SpecHash.of(bare)).isEqualTo(SpecHash.of(wanted));
        var scaled = compare(live, Contexts.spec(app(app -> app.replicas = 2)));
        assertThat(scaled.toSend().at("/TaskTemplate/Placement")).isEqualTo(Specs.object());
    }

    @Test
    void changesAreToldInTheWordsOfTheAppFile() {
        var difference = change(
                app -> {
                    app.environment = Map.of("LEVEL", "info", "GONE", "x");
                    app.ports = List.of(new Port(80, 8080, "tcp", "ingress"));
                    app.networks = Map.of("backend", NetworkAttachment.PLAIN);
                    app.serviceLabels = Map.of("team", "red");
                    app.logging = new Logging("local", Map.of());
                },
                app -> {
                    app.image = "nginx:1.28";
                    app.environment = Map.of("LEVEL", "debug", "NEW", "");
                    app.ports = List.of(new Port(81, 8080, "tcp", "host"), new Port(53, null, "udp", "ingress"));
                    app.networks = Map.of("backend", new NetworkAttachment(List.of("www"), Map.of("a", "b")));
                    app.serviceLabels = Map.of("team", "blue");
                    app.replicas = 3;
                    app.command = List.of("serve", "now");
                    app.stopGracePeriod = Duration.ofSeconds(90);
                    app.resources =
                            new Deploy.Resources(new Deploy.Limits(new BigDecimal("0.50"), 512L << 20, null), null);
                });

        assertThat(difference.fields())
                .containsExactly(
                        restarts("command", null, "[\"serve\",\"now\"]"),
                        keeps("deploy.labels.team", "red", "blue"),
                        keeps("deploy.replicas", "1", "3"),
                        restarts("deploy.resources.limits.cpus", null, "0.5"),
                        restarts("deploy.resources.limits.memory", null, "512M"),
                        keeps("deploy.rollback_config.order", "start-first", "stop-first"),
                        keeps("deploy.update_config.order", "start-first", "stop-first"),
                        restarts("environment.GONE", "x", null),
                        restarts("environment.LEVEL", "info", "debug"),
                        restarts("environment.NEW", null, ""),
                        restarts("image", "nginx:1.27", "nginx:1.28"),
                        restarts("logging.driver", "local", null),
                        restarts("networks.backend.aliases", null, "[\"www\"]"),
                        restarts("networks.backend.driver_opts.a", null, "b"),
                        restarts("ports[8080/tcp]", "80", "81 (host)"),
                        restarts("ports[:53/udp]", null, "53"),
                        restarts("stop_grace_period", "10s", "1m30s"));
        assertThat(difference.restarts()).isTrue();
        assertThat(difference.touchesData()).isFalse();
    }

    @Test
    void aCommitAloneIsNoDifferenceButIsWrittenWithOne() {
        var live = live(app(app -> {}));
        Specs.child(live, "Labels").put(Labels.COMMIT, "older");
        var same = Contexts.spec(app(app -> {}));
        var other = Contexts.spec(app(app -> app.replicas = 2));

        assertThat(compare(live, same).toSend()).isEqualTo(live);
        var difference = compare(live, other);
        assertThat(difference.fields()).containsExactly(keeps("deploy.replicas", "1", "2"));
        assertThat(difference.toSend().path("Labels").path(Labels.COMMIT).asText())
                .isEqualTo("c0ffee");
        assertThat(difference.restarts()).isFalse();
    }

    @Test
    void theWordToPauseIsNobodysDriftAndSurvivesAWrite() {
        var live = live(app(app -> {}));
        Specs.child(live, "Labels").put(Labels.PAUSE, "moving disks");

        assertThat(compare(live, Contexts.spec(app(app -> {}))).isEmpty()).isTrue();
        var labels = compare(live, Contexts.spec(app(app -> app.serviceLabels = Map.of("a", "b"))))
                .toSend()
                .path("Labels");
        assertThat(labels.path(Labels.PAUSE).asText()).isEqualTo("moving disks");
        assertThat(labels.path("a").asText()).isEqualTo("b");
    }

    @Test
    void aForcedUpdateIsNotUndone() {
        var live = live(app(app -> {}));
        Specs.child(live, "TaskTemplate").put("ForceUpdate", 4);

        assertThat(compare(live, Contexts.spec(app(app -> {}))).isEmpty()).isTrue();
        var difference = compare(live, Contexts.spec(app(app -> app.user = "nobody")));
        assertThat(difference.toSend().at("/TaskTemplate/ForceUpdate").asInt()).isEqualTo(4);
    }

    @Test
    void whatNoAppFileCanSayIsPutBackToo() {
        var live = live(app(app -> {}));
        var container = Specs.containerSpec(live);
        container.put("OomScoreAdj", 500); // what a file can say, and this one does not
        container.putArray("Groups").add("audio");
        Specs.child(container, "Privileges")
                .put("NoNewPrivileges", true)
                .putNull("SELinuxContext")
                .putObject("Seccomp")
                .put("Mode", "unconfined");
        container.put("SomethingNew", "on");
        live.put("AlsoNew", 3);

        var difference = compare(live, Contexts.spec(app(app -> {})));

        assertThat(difference.fields())
                .extracting(FieldChange::path)
                .containsExactly(
                        "AlsoNew",
                        "TaskTemplate.ContainerSpec.Privileges.NoNewPrivileges",
                        "TaskTemplate.ContainerSpec.Privileges.Seccomp.Mode",
                        "TaskTemplate.ContainerSpec.SomethingNew",
                        "group_add",
                        "oom_score_adj");
        assertThat(difference.fields()).allMatch(field -> field.after() == null);
        var sent = difference.toSend();
        assertThat(sent.has("AlsoNew")).isFalse();
        assertThat(sent.at("/TaskTemplate/ContainerSpec"))
                .isEqualTo(live(app(app -> {})).at("/TaskTemplate/ContainerSpec"));
    }

    @Test
    void theInstancesAreLeftAloneWhereTheFileSaysSo() {
        var live = live(app(app -> app.replicas = 7));
        var desired = Contexts.spec(app(app -> {
            app.replicas = 2;
            app.user = "x";
        }));

        var difference = SpecDiff.compare(EngineStore.live(live), desired, EngineStore.names(), true);

        assertThat(difference.fields()).containsExactly(restarts("user", null, "x"));
        assertThat(difference.toSend().at("/Mode/Replicated/Replicas").asInt()).isEqualTo(7);
    }

    @Test
    void anotherModeNeedsAnotherService() {
        var difference = change(app -> {}, app -> app.mode = "global");

        assertThat(difference.needsRecreate()).isTrue();
        assertThat(difference.touchesData()).isTrue();
        assertThat(difference.fields()).contains(restarts("deploy.mode", "replicated", "global"));
    }

    @Test
    void mountsAndLocksAreData() {
        var moved = change(
                app -> app.directories = List.of(DATA),
                app -> app.directories = List.of(new Directory(null, "/srv/db", "/data", true)));
        assertThat(moved.fields())
                .contains(restarts("persistent.directories[/data]", "db-data", "/srv/db:ro"))
                .contains(keeps("persistent.node", "node-1", null));
        assertThat(SpecDiff.touchesData(moved)).isTrue();

        var looks = change(app -> {}, app -> app.hostPaths = List.of(new HostPath("/etc", "/host-etc")));
        assertThat(looks.fields()).containsExactly(restarts("host_paths[/host-etc]", null, "/etc:ro"));
    }

    @Test
    void aLockChangedByHandIsDataAndRestarts() {
        var app = app(maker -> maker.directories = List.of(DATA));
        var live = live(app);
        Specs.child(Specs.child(live, "TaskTemplate"), "Placement")
                .putArray("Constraints")
                .add("node.id == node-2");

        var difference = compare(live, Contexts.spec(app));

        assertThat(difference.fields()).containsExactly(restarts("persistent.node", "node-2", "node-1"));
        assertThat(difference.touchesData()).isTrue();
    }

    @Test
    void aConstraintThatIsMetAnywayRestartsNothing() {
        var live = live(app(app -> {}));
        var desired = Contexts.spec(app(app -> app.placement = new Deploy.Placement(
                List.of("node.role == manager", "node.labels.zone!=b"),
                List.of(new Deploy.Preference("node.labels.rack")),
                2)));
        var names = new Names(EngineStore.NETWORKS, "node.role==manager"::equals);

        var difference = SpecDiff.compare(EngineStore.live(live), desired, names, false);

        assertThat(difference.fields())
                .containsExactly(
                        restarts("deploy.placement.constraints[node.labels.zone!=b]", null, "node.labels.zone!=b"),
                        keeps("deploy.placement.constraints[node.role==manager]", null, "node.role==manager"),
                        keeps("deploy.placement.max_replicas_per_node", null, "2"),
                        keeps("deploy.placement.preferences", null, "[\"node.labels.rack\"]"));
    }

    @Test
    void anImageKeepsItsDigestUntilTheTagIsResolvedAnew() {
        var app = app(maker -> {});
        var live = live(app, app.image() + DIGEST);

        assertThat(compare(live, spec(app, app.image())).isEmpty()).isTrue();
        assertThat(compare(live, spec(app, app.image() + DIGEST)).isEmpty()).isTrue();
        assertThat(compare(live, spec(app, app.image() + OTHER_DIGEST)).fields())
                .containsExactly(restarts("image", app.image() + DIGEST, app.image() + OTHER_DIGEST));
        assertThat(compare(live(app), spec(app, app.image() + DIGEST)).fields())
                .as("a digest that is known was taken away by hand")
                .containsExactly(restarts("image", app.image(), app.image() + DIGEST));
    }

    @Test
    void aDigestOfTheFileIsTakenByTheLetter() {
        var pinned = app(maker -> maker.image = "nginx:1.27" + DIGEST);
        var live = live(pinned, "nginx:1.27");

        assertThat(compare(live, Contexts.spec(pinned)).fields())
                .containsExactly(restarts("image", "nginx:1.27", "nginx:1.27" + DIGEST));
    }

    @Test
    void anImageByAnotherSpellingIsTheSame() {
        var app = app(maker -> maker.image = "nginx");

        assertThat(compare(live(app, "docker.io/library/nginx:latest" + DIGEST), Contexts.spec(app))
                        .isEmpty())
                .isTrue();
        assertThat(compare(live(app, "nginx:1"), Contexts.spec(app)).isEmpty()).isFalse();
    }

    @Test
    void platformsGoWithTheImageThatTheyBelongTo() {
        var live = live(app(app -> {}));
        Specs.child(Specs.child(live, "TaskTemplate"), "Placement")
                .putArray("Platforms")
                .addObject()
                .put("Architecture", "arm64");

        assertThat(compare(live, Contexts.spec(app(app -> {}))).isEmpty()).isTrue();
        var other = compare(live, Contexts.spec(app(app -> app.image = "nginx:1.28")));
        assertThat(other.toSend().at("/TaskTemplate/Placement/Platforms").isMissingNode())
                .isTrue();
    }

    @Test
    void adoptionKeepsWhatIsLiveOfAVolumeAndRestartsNothing() {
        var app = app(maker -> maker.directories = List.of(DATA));
        var live = live(app);
        var mount = (ObjectNode) live.at("/TaskTemplate/ContainerSpec/Mounts/0");
        mount.putObject("VolumeOptions").putObject("DriverConfig").put("Name", "nfs");
        Specs.child(live, "Labels").removeAll().put("mine", "1");
        Specs.containerSpec(live).remove("Labels");
        Specs.child(live, "TaskTemplate").remove("Placement");
        var adopted = SpecDiff.compare(
                EngineStore.live(live), Contexts.spec(app), new Names(Map.of(), constraint -> true), false);

        assertThat(adopted.restarts()).isFalse();
        assertThat(adopted.fields())
                .extracting(FieldChange::path)
                .contains("persistent.node", "deploy.labels.mine", "deploy.labels.dev.holdfast.app");
        assertThat(adopted.toSend().at("/TaskTemplate/ContainerSpec"))
                .isEqualTo(live.at("/TaskTemplate/ContainerSpec"));
        assertThat(compare(adopted.toSend(), Contexts.spec(app)).isEmpty())
                .as("later runs, which no longer adopt")
                .isTrue();
    }

    @Test
    void theDriverOfADeclaredVolumeIsCompared() {
        var app = app(maker -> maker.directories = List.of(new Directory("media", null, "/media", false)));
        var live = live(app);
        ((ObjectNode) live.at("/TaskTemplate/ContainerSpec/Mounts/0/VolumeOptions/DriverConfig/Options"))
                .put("device", ":/other");

        assertThat(compare(live, Contexts.spec(app)).fields())
                .singleElement()
                .satisfies(field -> assertThat(field.before()).contains("device=:/other"));
    }

    @Test
    void thePredefinedNetworkIsKnownThoughNoListHasIt() {
        var app = app(
                maker -> maker.networks = Map.of("host", NetworkAttachment.PLAIN, "backend", NetworkAttachment.PLAIN));
        var live = live(app);
        for (var network : live.at("/TaskTemplate/Networks")) {
            if (network.path("Target").asText().equals("host")) {
                ((ObjectNode) network).put("Target", "nobody-lists-this");
            }
        }

        assertThat(compare(live, Contexts.spec(app)).isEmpty()).isTrue();
    }

    @Test
    void aSecretIsKnownByWhereItAppears() {
        var difference = change(
                app -> app.secrets = List.of(new FileReference("a", null, null, null, null)),
                app -> app.secrets = List.of(new FileReference("b", "a", "33", null, 0400)));

        assertThat(difference.fields()).containsExactly(restarts("secrets[a]", "a", "b (uid=33, gid=0, mode=0400)"));
    }

    @Test
    void aConfigAtAPathIsCalledByThatPath() {
        var difference = change(
                app -> app.configs = List.of(new FileReference("conf", "etc/a", null, null, null)),
                app -> app.configs = List.of(new FileReference("page", "/etc/a", null, null, null)));

        assertThat(difference.fields()).containsExactly(restarts("configs[/etc/a]", "conf-0123456789ab", "page"));
    }

    @Test
    void passwordsAreNotShownButTheirChangeIs() {
        var difference = change(
                app -> app.environment =
                        Map.of("DB_PASSWORD", "one", "URL", "amqp://u:one@mq/x", "DB_PASSWORD_FILE", "/a"),
                app -> app.environment =
                        Map.of("DB_PASSWORD", "two", "URL", "amqp://u:two@mq/x", "DB_PASSWORD_FILE", "/b"));

        assertThat(difference.fields())
                .containsExactly(
                        restarts("environment.DB_PASSWORD", "(sensitive)", "(sensitive, changed)"),
                        restarts("environment.DB_PASSWORD_FILE", "/a", "/b"),
                        restarts("environment.URL", "amqp://u:***@mq/x", "amqp://u:***@mq/x (sensitive, changed)"));
    }

    private static FieldChange restarts(String path, @Nullable String before, @Nullable String after) {
        return new FieldChange(path, before, after, true);
    }

    private static FieldChange keeps(String path, @Nullable String before, @Nullable String after) {
        return new FieldChange(path, before, after, false);
    }

    private static SpecDifference change(Consumer<AppMaker> before, Consumer<AppMaker> after) {
        return compare(live(app(before)), Contexts.spec(app(after)));
    }

    private static SpecDifference compare(ObjectNode live, ObjectNode desired) {
        return SpecDiff.compare(EngineStore.live(live), desired, EngineStore.names(), false);
    }

    private static ObjectNode live(App app) {
        return live(app, app.image());
    }

    private static ObjectNode live(App app, String image) {
        return EngineStore.stored(spec(app, image));
    }

    private static ObjectNode spec(App app, String image) {
        return SpecBuilder.build(app, Contexts.of(app, Contexts.NEW, image)).spec();
    }
}

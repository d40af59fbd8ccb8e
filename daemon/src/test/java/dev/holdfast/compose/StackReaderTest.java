package dev.holdfast.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.app.FilesInMemory;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Places, paths, names, and files that mean harm.
class StackReaderTest {

    private Problems problems = new Problems();

    private StackFile read(FilesInMemory source, String... files) {
        problems = new Problems();
        return StackReader.read(
                source, new StackInput("shop", List.of(files), Map.of("PASSWORD", "hunter2")), problems);
    }

    private StackFile read(String text) {
        return read(FilesInMemory.of("a.yml", text), "a.yml");
    }

    private List<String> told() {
        return problems.sorted().stream().map(Problem::toString).toList();
    }

    private static ComposeService service(StackFile stack, String name) {
        return Objects.requireNonNull(stack.services().get(name));
    }

    @Test
    void everyKeyKnowsInWhichFileItStands() {
        var stack = read(
                FilesInMemory.of(
                        "s/a.yml",
                        "services:\n"
                                + "  db:\n"
                                + "    image: x\n"
                                + "    volumes: ['data:/d', '/e:/e']\n"
                                + "    deploy:\n"
                                + "      replicas: 1\n"
                                + "volumes:\n"
                                + "  data:\n",
                        "s/b.yml",
                        "services:\n"
                                + "  db:\n"
                                + "    deploy:\n"
                                + "      replicas: 3\n"
                                + "      update_config:\n"
                                + "        order: stop-first\n"),
                "s/a.yml",
                "s/b.yml");
        var db = service(stack, "db");
        assertThat(db.at()).isEqualTo(new Yaml.Place("s/a.yml", 2, 3));
        assertThat(db.places().of("deploy.replicas")).isEqualTo(new Yaml.Place("s/b.yml", 4, 17));
        assertThat(db.places().of("deploy.update_config.order")).isEqualTo(new Yaml.Place("s/b.yml", 6, 16));
        assertThat(db.places().of("deploy.update_config.delay")).isEqualTo(new Yaml.Place("s/b.yml", 6, 9));
        assertThat(db.mounts()).extracting(ComposeMount::at).contains(new Yaml.Place("s/a.yml", 4, 15));
        assertThat(stack.sound()).isTrue();
    }

    @Test
    void pathsAreSeenFromTheFirstFile() {
        var stack = read(
                FilesInMemory.of(
                        "s/a.yml",
                        "services:\n  a: {image: x}\n",
                        "over/b.yml",
                        "services:\n  a: {env_file: x.env}\nconfigs:\n  c: {file: ../common/c.txt}\n",
                        "s/x.env",
                        "A=1",
                        "common/c.txt",
                        "c"),
                "s/a.yml",
                "over/b.yml");
        assertThat(service(stack, "a").environment()).containsKey("A");
        assertThat(Objects.requireNonNull(stack.configs().get("c")).file()).isEqualTo("common/c.txt");
        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "../../x, outside of the repository",
        "/etc/passwd, of the machine that deploys",
        "~/x, of the machine that deploys",
        "nope.txt, is not in s",
    })
    void noFileOutsideOfTheRepositoryIsRead(String path, String why) {
        var stack =
                read(FilesInMemory.of("s/a.yml", "services: {}\nsecrets:\n  s:\n    file: " + path + "\n"), "s/a.yml");
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("s/a.yml:4:11: secrets.s.file: ")
                .contains(why);
        assertThat(stack.sound()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/x, ABSOLUTE, /srv/x",
        "./x, RELATIVE, ./x",
        "~/x, HOME, ~/x",
        "C:\\x, WINDOWS, C:\\x",
    })
    void aSourceSaysHowItIsWritten(String source, ComposeMount.PathKind kind, String path) {
        var stack = read("services:\n  a:\n    image: x\n    volumes: ['" + source + ":/y']\n");
        assertThat(service(stack, "a").mounts())
                .singleElement()
                .isInstanceOfSatisfying(ComposeMount.Bind.class, bind -> {
                    assertThat(bind.kind()).isEqualTo(kind);
                    assertThat(bind.source()).isEqualTo(path);
                });
    }

    @Test
    void aFileThatIsNoYamlStillTellsWhichServicesItHas() {
        var stack = read("services:\n  web:\n    image: x\n  db-1:\n    image: [x\nvolumes:\n  data:\n");
        assertThat(stack.sound()).isFalse();
        assertThat(stack.names()).containsExactly("db-1", "web");
    }

    @Test
    void aServiceThatIsWrongIsNamed() {
        var stack = read("services:\n  web: {image: x}\n  db: [x]\n");
        assertThat(stack.names()).containsExactly("db", "web");
        assertThat(stack.services().keySet()).containsExactly("web");
        assertThat(stack.sound()).isFalse();
    }

    @Test
    void namesAreThoseOfTheSwarm() {
        var stack = read("services:\n  a: {image: x, networks: [n, e]}\nnetworks:\n  n:\n  e: {external: true}\n"
                + "volumes:\n  v:\n  w: {name: real}\n  x: {external: {name: old}}\n");
        assertThat(stack.networks().get("n")).extracting("name", "used").containsExactly("shop_n", true);
        assertThat(stack.networks().get("e")).extracting("name", "external").containsExactly("e", true);
        assertThat(stack.networks()).doesNotContainKey("default");
        assertThat(stack.volumes().values()).extracting(ComposeVolume::name).containsExactly("shop_v", "real", "old");
        assertThat(told()).singleElement().asString().contains("write external: true, and beside it name: \"old\"");
    }

    /// The client sends them, and the engine refuses them after half of the stack is made.
    @Test
    void namesThatNoEngineTakesAreWrong() {
        var text = "services:\n"
                + "  a: {image: x, networks: [n, m, e]}\n"
                + "networks:\n"
                + "  n: {name: \"{STACK}_back\"}\n"
                + "  m: {name: a.b}\n"
                + "  e: {external: true, name: e.f}\n"
                + "  u: {name: u.v}\n"
                + "secrets:\n"
                + "  s: {file: f, name: \"a"
                + " b\"}\n"
                + "configs:\n"
                + "  " + "c".repeat(64) + ": {file: f}\n";
        var stack = read(FilesInMemory.of("a.yml", text, "f", "x"), "a.yml");
        assertThat(told())
                .filteredOn(line -> line.contains("in the Swarm"))
                .extracting(line -> line.substring(0, line.indexOf(" in the Swarm")))
                .containsExactly(
                        "a.yml:4:3: networks.n: is called {STACK}_back",
                        "a.yml:5:3: networks.m: is called a.b",
                        "a.yml:9:3: secrets.s: is called a b",
                        "a.yml:11:3: configs." + "c".repeat(64) + ": is called shop_" + "c".repeat(64));
        assertThat(stack.sound()).isFalse();
    }

    @Test
    void whatOnlyLooksLikeSomethingIsTold() {
        read("services:\n  a: {image: x, volumes: [data, {type: volume, source: w, target: /w, consistency: cached}]}\n"
                + "volumes: {w: }\n---\nservices:\n  b: {image: x}\n");
        assertThat(told())
                .containsExactly(
                        "a.yml:2:27: services.a.volumes[0]: has no path in the container, and no task starts so:"
                                + " write data:/PATH (compose-trap)",
                        "a.yml:2:84: services.a.volumes[1].consistency: docker stack deploy drops this key; remove it"
                                + " (dropped-key)",
                        "a.yml:5:1: docker stack deploy reads only the first document of a file, and drops this one;"
                                + " put it into a file of its own (dropped-key)");
        read("captainVersion: 4\nservices:\n  $$cap_appname-db: {image: x}\n");
        assertThat(told())
                .anySatisfy(line -> assertThat(line).contains("holdfast import caprover FILE"))
                .anySatisfy(line -> assertThat(line).contains("variables are not filled in in keys"));
    }

    @Test
    void whereNoNetworkIsNamedThereIsTheDefaultOne() {
        var stack = read("services:\n  a: {image: x}\n");
        assertThat(stack.networks().get("default"))
                .extracting("name", "used", "driver")
                .containsExactly("shop_default", true, "overlay");
    }

    @Test
    void noSecretIsRepeated() {
        read("services:\n"
                + "  a:\n"
                + "    image: x\n"
                + "    environment:\n"
                + "      - DB_PASSWORD=${PASSWORD}\n"
                + "      - A_TOKEN=s3cr3t$1\n"
                + "    stop_grace_period: ${PASSWORD}\n"
                + "    deploy: {replicas: \"${PASSWORD}\"}\n"
                + "    labels: {a: [\"hunter2\"]}\n"
                + "    command: \"x 'hunter2\"\n");
        assertThat(told())
                .hasSizeGreaterThan(3)
                .noneSatisfy(line -> assertThat(line).containsAnyOf("hunter2", "s3cr3t"));
    }

    @Test
    void aVariableWithoutAValueIsAWarningWithItsPlace() {
        var stack = read("services:\n  a:\n    image: x\n    user: \"$NOBODY\"\n");
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("a.yml:4:11: services.a.user: the variable NOBODY is not set");
        assertThat(stack.sound()).isTrue();
    }

    @Test
    @Timeout(20)
    void aBombIsAProblemAndNoMore() {
        var aliases = new StringBuilder("x-a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 9; i++) {
            aliases.append("x-%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
        }
        assertThat(read(aliases + "services: {}\n").sound()).isFalse();
        assertThat(read("services: " + "{a: ".repeat(5000)).sound()).isFalse();
        assertThat(read("services: {a: {image: x, user: \"" + "$A".repeat(400_000) + "\"}}\n")
                        .sound())
                .isTrue();
        assertThat(read("services: {a: {image: " + "a".repeat(500_000) + ", command: \"" + "'".repeat(100_001)
                                + "\"}}\n")
                        .sound())
                .isFalse();
        var big = "x".repeat(500_000);
        problems = new Problems();
        var stack = StackReader.read(
                FilesInMemory.of("a.yml", "services: {a: {image: x, user: \"" + "$A".repeat(100_000) + "\"}}\n"),
                new StackInput("shop", List.of("a.yml"), Map.of("A", big)),
                problems);
        assertThat(stack.sound()).isFalse();
    }

    @Test
    void whatIsPublishedByTwoServicesIsAnError() {
        read("services:\n  a: {image: x, ports: ['80:80']}\n  b: {image: x, ports: ['80:81', '80:80/udp']}\n");
        assertThat(told())
                .containsExactly("a.yml:3:25: services.b.ports: port 80/tcp is published by service a already,"
                        + " on every node: publish another one");
    }

    @Test
    void restartCountsWhereThereIsNoPolicy() {
        var stack = read("services:\n  a: {image: x, restart: 'on-failure:3'}\n"
                + "  b: {image: x, restart: always, deploy: {restart_policy: {condition: none, delay: 5s}}}\n");
        assertThat(service(stack, "a").deploy().restartPolicy())
                .isEqualTo(new ComposeDeploy.RestartPolicy("on-failure", null, 3L, null));
        assertThat(service(stack, "b").deploy().restartPolicy())
                .isEqualTo(new ComposeDeploy.RestartPolicy("none", Duration.ofSeconds(5), null, null));
        assertThat(told()).singleElement().asString().contains("restart-ignored");
    }

    @Test
    void anAnchorThatIsMissingIsToldOnceAndNothingFollowsFromIt() {
        read("services:\n  a:\n    <<: *common\n    image: x\n  b:\n    <<: [*common, *more]\n    image: x\n");
        assertThat(told())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("a.yml:3:9: *common has no anchor &common before it"),
                        second -> assertThat(second).startsWith("a.yml:6:19: *more has no anchor &more before it"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        node.role == manager,             true
        node.labels.disk!=slow,           true
        node.hostname == "worker-1",      false
        node.role = manager,              false
        node.role,                        false
        node.labels.rank >= 3,            false
        """, quoteCharacter = '`')
    void aConstraintIsOneThatTheEngineReads(String constraint, boolean right) {
        read("services:\n  a:\n    image: x\n    deploy:\n      placement:\n        constraints:\n          - '"
                + constraint + "'\n");
        if (right) {
            assertThat(told()).isEmpty();
        } else {
            assertThat(told())
                    .containsExactly("a.yml:7:11: services.a.deploy.placement.constraints[0]: must be KEY==VALUE or"
                            + " KEY!=VALUE, without quotes around the value");
        }
    }

    @Test
    void noServiceJoinsANetworkOfOneNode() {
        var tail = "    driver: macvlan\n";
        read("services:\n  a:\n    image: x\n    networks: [lan]\nnetworks:\n  lan:\n" + tail);
        assertThat(told())
                .containsExactly("a.yml:6:3: networks.lan.driver: macvlan makes a network of one node, which no service"
                        + " of a Swarm can join; write overlay");
        read("services:\n  a:\n    image: x\nnetworks:\n  lan:\n" + tail);
        assertThat(told()).isEmpty();
    }

    @Test
    void theShellsFoldersAreThoseOfTheFile() {
        var text = "services:\n  a:\n    image: x\n    configs: [page]\n    volumes: ['$PWD/w:/w', '${HOME}/h:/h']\n"
                + "    command: ['$PWD']\nconfigs:\n  page:\n    file: ${PWD}/page.html\n";
        var stack = read(FilesInMemory.of("s/a.yml", text, "s/page.html", "hello"), "s/a.yml");
        assertThat(service(stack, "a").mounts())
                .extracting(mount -> ((ComposeMount.Bind) mount).source(), mount -> ((ComposeMount.Bind) mount).kind())
                .containsExactly(
                        tuple("./w", ComposeMount.PathKind.RELATIVE), tuple("~/h", ComposeMount.PathKind.HOME));
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("s/a.yml:6:15: services.a.command[0]: the variable PWD is not set");
    }
}

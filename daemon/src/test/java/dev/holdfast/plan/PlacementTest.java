package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What would wait for a node for ever is told before, with what each node lacks.
class PlacementTest {

    /// Three nodes of 4 CPUs and 8 GiB, of which the second has an SSD and the third is drained.
    private static SimulatedCluster world() {
        var world = SimulatedCluster.of(3);
        world.swarm.node("n1", "w1", 4, 8, Map.of());
        world.swarm.node("n2", "w2", 8, 8, Map.of("disk", "ssd"));
        world.swarm.node("n3", "w3", "ready", "drain");
        return world;
    }

    private static String told(Plan plan, String app) {
        return plan.warnings().stream()
                .filter(warning -> warning.app().equals(app)
                        && List.of(WarningCode.CANNOT_BE_PLACED, WarningCode.RUNS_NOWHERE)
                                .contains(warning.code()))
                .map(warning -> warning.code() + ": " + warning.message())
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "resources: {reservations: {memory: 8g}} | -",
                "resources: {reservations: {memory: 900g}} | w1, w2: 8 GiB of memory in all, 900 GiB asked; w3:"
                        + " drained",
                "resources: {reservations: {cpus: '8'}} | -",
                "resources: {reservations: {cpus: '8.5'}} | w1: 4 CPUs in all, 8.5 asked; w2: 8 CPUs in all, 8.5"
                        + " asked; w3: drained",
                "{replicas: 3, resources: {reservations: {memory: 5g}}} | 1 of its 3 instances finds no node: w1, w2"
                        + " (1 fits): 3 GiB of memory left, 5 GiB asked; w3: drained",
                "resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: gpu, value: 2}}]}} | -",
                "resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: gpu, value: 3}}]}} |"
                        + " w1: 1 gpu in all, 3 asked; w2: 2 gpu in all, 3 asked",
                "resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: tpu, value: 1}}]}} |"
                        + " w1, w2: 0 tpu in all, 1 asked",
                "placement: {constraints: [node.labels.disk == ssd]} | -",
                "placement: {constraints: [node.labels.disk != ssd]} | -",
                "placement: {constraints: [node.labels.disk == hdd]} | w1: no node.labels.disk, == hdd asked; w2:"
                        + " node.labels.disk is ssd, == hdd asked",
                "placement: {constraints: [node.labels.Disk == ssd]} | w1, w2: no node.labels.Disk, == ssd asked",
                "placement: {constraints: [node.role == manager]} | w1, w2: node.role is worker, == manager asked; w3:"
                        + " node.role is worker, == manager asked and drained",
                "placement: {constraints: [NODE.ROLE == Worker]} | -",
                "placement: {constraints: [node.hostname == w3]} | w3: drained",
                "placement: {constraints: [node.ip == 10.0.0.0/30]} | -",
                "placement: {constraints: [node.ip == 10.0.1.0/24]} | w1: node.ip is 10.0.0.1, == 10.0.1.0/24 asked",
                "placement: {constraints: [node.platform.arch == amd64]} | node.platform.arch is x86_64, == amd64"
                        + " asked",
                "placement: {constraints: [engine.labels.gpu == yes]} | no engine.labels.gpu, == yes asked",
                "placement: {constraints: [node.disk == ssd]} | w1, w2: no node has node.disk",
                "{replicas: 2, placement: {max_replicas_per_node: 1}} | -",
                "{replicas: 3, placement: {max_replicas_per_node: 1}} | w1, w2 (1 fits): runs 1 at most"
                        + " (max_replicas_per_node); w3: drained",
                "{mode: global, resources: {reservations: {cpus: '5'}}} | it is to run on each node, and cannot on"
                        + " all: w1: 4 CPUs in all, 5 asked",
                "{mode: global, placement: {constraints: [node.labels.disk == hdd]}} | runs-nowhere: no node satisfies"
                        + " its constraints",
                "{mode: global, placement: {constraints: [node.labels.disk == ssd]}} | -",
                "{replicas: 0, resources: {reservations: {memory: 900g}}} | -",
            })
    void the_plan_says_which_nodes_lack_what(String deploy, String expected) {
        var plan = world().app("web", "deploy:\n  " + deploy + "\n").plan();
        assertThat(SimulatedCluster.changes(plan)).containsExactly("create service web");
        if (expected == null) {
            assertThat(told(plan, "web")).isEmpty();
        } else {
            assertThat(told(plan, "web")).contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "ports: [{target: 80, published: 81, mode: host}] | -",
                "{ports: [{target: 80, published: 81, mode: host}], deploy: {replicas: 2}} | -",
                "{ports: [{target: 80, published: 81, mode: host}], deploy: {replicas: 3}} | w1, w2 (1 fits): has port"
                        + " 81/tcp only once",
                "{ports: [{target: 80, published: 81, mode: host}], deploy: {mode: global}} | -",
                "logging: {driver: json-file} | -",
                "logging: {driver: none} | -",
                "logging: {driver: splunk} | w1, w2: no log driver splunk",
                "isolation: hyperv | w1, w2: no isolation hyperv on linux",
                "isolation: default | -",
            })
    void so_do_ports_drivers_and_isolation(String more, String expected) {
        var text = more.startsWith("{") ? more.substring(1, more.length() - 1).replace("], ", "]\n") : more;
        var plan = world().app("web", text + "\n").plan();
        if (expected == null) {
            assertThat(told(plan, "web")).isEmpty();
        } else {
            assertThat(told(plan, "web")).contains(expected);
        }
    }

    private static final String PORT = "ports: [{target: 80, published: 81, mode: host}]\n";

    @Test
    void what_other_services_have_is_not_there_for_a_new_app() {
        var world = world().app("a", PORT + "deploy: {replicas: 2, resources: {reservations: {memory: 6g}}}\n");
        world.run();
        assertThat(told(world.app("b", PORT).plan(), "b"))
                .contains("w1, w2: port 81/tcp is taken by a")
                .contains("w3: drained");
        assertThat(told(
                        world.app("b", "deploy: {resources: {reservations: {memory: 3g}}}\n")
                                .plan(),
                        "b"))
                .contains("w1, w2: 2 GiB of memory left, 3 GiB asked");
        assertThat(told(
                        world.app("b", "deploy: {resources: {reservations: {memory: 2g}}}\n")
                                .plan(),
                        "b"))
                .isEmpty();
        // Removed in the same run it gives its ports first, but its memory last.
        assertThat(told(world.without("a").app("b", PORT).plan(), "b")).isEmpty();
        assertThat(told(
                        world.app("b", "deploy: {resources: {reservations: {memory: 3g}}}\n")
                                .plan(),
                        "b"))
                .contains("2 GiB of memory left");
    }

    @Test
    void apps_of_one_run_share_the_nodes() {
        var world = world().app("a", PORT).app("b", PORT);
        assertThat(told(world.plan(), "a") + told(world.plan(), "b")).isEmpty();
        world.app("c", PORT);
        assertThat(SimulatedCluster.warnings(world.plan())).containsExactly("c cannot-be-placed");
        assertThat(told(world.plan(), "c")).contains("port 81/tcp is taken by a", "port 81/tcp is taken by b");
    }

    @Test
    void who_has_no_choice_comes_before_who_has() {
        var world = world().app("a", PORT).app("z", PORT + "deploy: {placement: {constraints: [node.hostname==w1]}}\n");
        assertThat(SimulatedCluster.warnings(world.plan())).isEmpty();
    }

    @Test
    void an_update_that_starts_first_needs_room_for_both() {
        var world = world().app("web", PORT + "deploy: {replicas: 2}\n");
        world.run();
        assertThat(SimulatedCluster.warnings(world.app("web", PORT + "environment: {A: b}\ndeploy: {replicas: 2}\n")
                        .plan()))
                .as("with host-mode ports Holdfast chooses stop-first")
                .isEmpty();
        var first = "environment: {A: b}\ndeploy: {replicas: 2, update_config: {order: start-first}}\n";
        assertThat(told(world.app("web", PORT + first).plan(), "web"))
                .contains("start-first", "w1, w2: has port 81/tcp only once", "What runs now goes on");
        var big = "deploy: {placement: {constraints: [node.labels.disk == ssd]}, resources: {reservations: {cpus:"
                + " '5'}}%s}\n";
        world.app("web", big.formatted("")).run();
        assertThat(told(
                        world.app("web", "environment: {A: b}\n" + big.formatted(""))
                                .plan(),
                        "web"))
                .contains("start-first", "w2: 3 CPUs left, 5 asked");
        assertThat(told(
                        world.app(
                                        "web",
                                        "environment: {A: b}\n" + big.formatted(", update_config: {order: stop-first}"))
                                .plan(),
                        "web"))
                .isEmpty();
        assertThat(told(
                        world.app(
                                        "web",
                                        big.formatted(", update_config: {order: stop-first}")
                                                .replace("'5'", "'9'"))
                                .plan(),
                        "web"))
                .contains("no node can run it", "Swarm stops an instance that runs before it tries");
    }

    @Test
    void more_instances_are_counted_beside_those_that_run_and_a_change_that_starts_none_is_not() {
        var reserved = "deploy: {replicas: %d, resources: {reservations: {memory: 3g}}}\n";
        var world = world().app("web", reserved.formatted(2));
        world.run();
        assertThat(told(world.app("web", reserved.formatted(4)).plan(), "web")).isEmpty();
        assertThat(told(world.app("web", reserved.formatted(5)).plan(), "web"))
                .contains("1 of its 3 new instances finds no node");
        world.swarm.node("n1", "w1", 4, 1, Map.of());
        world.swarm.node("n2", "w2", 4, 1, Map.of());
        assertThat(SimulatedCluster.warnings(
                        world.app("web", reserved.formatted(2).replace("{replicas", "{labels: {a: b}, replicas"))
                                .plan()))
                .isEmpty();
    }

    @Test
    void a_port_of_the_mesh_belongs_to_one_service_in_the_swarm() {
        var world = world().app("a", "ports: ['80:80']\n");
        world.run();
        world.swarm.rename("a", "foreign");
        assertThat(told(world.without("a").app("b", "ports: ['80:8080']\n").plan(), "b"))
                .contains("port 80/tcp belongs to service foreign");
        assertThat(told(world.app("b", PORT.replace("81", "80")).plan(), "b"))
                .contains("port 80/tcp belongs to service foreign");
        assertThat(told(world.app("b", "ports: ['80:8080/udp']\n").plan(), "b")).isEmpty();
    }

    @Test
    void an_app_with_data_is_not_stopped_for_a_task_that_finds_no_node() {
        var world = world().db("db", "db-data", "node: w1").db("other", "other-data", "node: w1");
        world.app("web", PORT + "deploy: {placement: {constraints: [node.hostname == w1]}}\n");
        world.run();
        var data = "persistent: {node: w1, directories: ['db-data:/data']}\n";
        var plan = world.app("db", data + "deploy: {resources: {reservations: {memory: 900g}}}\n")
                .run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db cannot-be-placed");
        assertThat(plan.holds().getFirst().message())
                .isEqualTo("no node can run it: w1: 8 GiB of memory in all, 900 GiB asked."
                        + " It would be stopped, and would stay down");
        assertThat(world.runsOn("db")).isEqualTo("n1");
        assertThat(SimulatedCluster.holds(world.app("db", data + PORT).run())).containsExactly("db cannot-be-placed");
        assertThat(SimulatedCluster.holds(
                        world.app("db", data + "logging: {driver: splunk}\n").run()))
                .containsExactly("db cannot-be-placed");
        assertThat(SimulatedCluster.holds(world.app("db", data + "ports: ['81:81']\n")
                        .without("web")
                        .app("x", "")
                        .run()))
                .as("its port is given up in the same run")
                .isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n1");
    }

    @Test
    void neither_is_the_giver_of_data_whose_taker_finds_no_node() {
        var world = world().db("db", "db-data", "node: w1");
        world.run();
        world.without("db").app("database", """
            deploy: {resources: {reservations: {memory: 9g}}}
            persistent: {node: w1, directories: ['db-data:/data']}
            """);
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("database cannot-be-placed", "db taker-held");
        assertThat(world.runsOn("db")).isEqualTo("n1");
    }

    @Test
    void a_new_app_with_data_is_only_warned_of() {
        var plan = world().app("db", """
            deploy: {resources: {reservations: {memory: 9g}}}
            persistent: {node: w1, directories: ['db-data:/data']}
            """).run();
        assertThat(SimulatedCluster.holds(plan)).isEmpty();
        assertThat(SimulatedCluster.warnings(plan)).containsExactly("db cannot-be-placed");
    }

    @Test
    void offline_only_what_files_alone_tell_is_told() {
        var world = SimulatedCluster.of(1).app("db", offline("db", "", "")).app("kv", offline("kv", "", ""));
        var before = world.desired();
        var after = world.app(
                        "db", offline("db", PORT, "deploy: {placement: {constraints: [node.labels.disk == ssd]}}\n"))
                .app("kv", offline("kv", PORT, "deploy: {resources: {reservations: {memory: 900g}}}\n"))
                .desired();
        var plan = Planner.plan(
                SupposedSwarm.after(before, "a", after, "b", SimulatedCluster.NOW, world.ledger.nameKey()));
        assertThat(SimulatedCluster.holds(plan)).containsExactly("kv cannot-be-placed");
        assertThat(plan.holds().getFirst().message()).startsWith("no node can run it: w1: port 81/tcp is taken by db");
    }

    private static String offline(String name, String ports, String deploy) {
        return ports + deploy + "persistent: {node: w1, directories: ['" + name + "-data:/data']}\n";
    }

    @Test
    void status_tells_what_waits_now() {
        var world = world().app("web", "deploy: {resources: {reservations: {memory: 4g}}}\n");
        world.run();
        assertThat(world.statuses().getFirst().warnings()).isEmpty();
        world.swarm.pending("web");
        world.swarm.node("n1", "w1", 4, 2, Map.of());
        world.swarm.node("n2", "w2", 4, 3, Map.of());
        assertThat(world.statuses().getFirst().warnings())
                .extracting(Warning::message)
                .singleElement()
                .asString()
                .startsWith("an instance waits for a node: w1: 0 B of memory left, 4 GiB asked; w2: 3 GiB of memory in"
                        + " all, 4 GiB asked");
    }
}

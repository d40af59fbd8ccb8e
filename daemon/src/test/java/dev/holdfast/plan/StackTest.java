package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Stack files are planned as app files are: their services are apps.
class StackTest {

    private static final String SHOP = """
        services:
          web:
            image: nginx:1
            ports: ["8080:80"]
            deploy: { replicas: 2 }
          db:
            image: postgres:17
            volumes: ["data:/var/lib/postgresql/data"]
        volumes:
          data:
        """;

    private final SimulatedCluster world = SimulatedCluster.of(2);

    static String service(String name, String rest) {
        return "services:\n  " + name + ":\n    image: a:1\n" + rest.indent(4) + "volumes:\n  data:\n";
    }

    /// As Docker's client has made it.
    static Network network() {
        return new Network(
                "n",
                "shop_default",
                "overlay",
                "swarm",
                false,
                false,
                Map.of(),
                List.of(),
                Map.of(Labels.STACK, "shop"));
    }

    @Test
    void a_stack_becomes_what_the_client_makes_of_it() {
        var plan = world.file("stacks/shop.yaml", SHOP).run();
        assertThat(plan.holds()).isEmpty();
        assertThat(SimulatedCluster.changes(plan))
                .containsExactlyInAnyOrder(
                        "create network shop_default", "create service shop_web", "create service shop_db");
        assertThat(world.swarm.live().service("shop_web").orElseThrow().labels())
                .containsEntry(Labels.STACK, "shop")
                .containsEntry(Labels.CLUSTER, "default");
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_service_with_data_is_locked_and_its_volume_has_no_label_of_holdfast() {
        world.file("stacks/shop.yaml", SHOP).run();
        var db = world.swarm.live().service("shop_db").orElseThrow();
        assertThat(db.lockedNode()).isPresent();
        assertThat(db.spec().at("/TaskTemplate/Placement/MaxReplicas").asInt()).isEqualTo(1);
        assertThat(db.spec().has("UpdateConfig")).isFalse();
        assertThat(db.spec().at("/TaskTemplate/ContainerSpec/Mounts/0/VolumeOptions/Labels"))
                .hasToString("{\"com.docker.stack.namespace\":\"shop\"}");
        assertThat(world.ledger.claims()).extracting(claim -> claim.name()).containsExactly("shop_data");
    }

    @Test
    void removing_a_service_from_the_file_removes_it_and_only_it() {
        world.file("stacks/shop.yaml", SHOP).run();
        world.file("stacks/shop.yaml", SHOP.substring(0, SHOP.indexOf("  db:")));
        assertThat(SimulatedCluster.changes(world.run())).containsExactly("remove service shop_db");
        assertThat(world.orphans()).hasSize(1).first().asString().startsWith("volume:shop_data@");
    }

    @Test
    void what_breaks_a_rule_of_data_is_held_with_the_lines_to_write_and_the_rest_goes_on() {
        world.file("stacks/shop.yaml", SHOP.replace("17\n", "17\n    deploy: { replicas: 3 }\n"));
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("shop_db several-instances");
        assertThat(plan.holds().getFirst().message()).contains("3 instances").contains("shop_data");
        assertThat(plan.holds().getFirst().allow())
                .contains("deploy: { replicas: 1 }")
                .contains("x-holdfast: { scratch: [data] }");
        assertThat(SimulatedCluster.changes(plan))
                .contains("create service shop_web")
                .doesNotContain("create service shop_db");
    }

    @Test
    void a_global_service_with_data_is_held() {
        world.file("stacks/a.yaml", service("x", "volumes: [data:/d]\ndeploy: { mode: global }\n"));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a_x global-with-data");
    }

    @Test
    void start_first_with_data_is_held() {
        world.file("stacks/a.yaml", service("x", """
            volumes: ["/srv/x:/d"]
            deploy: { update_config: { order: start-first } }
            """));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a_x start-first-with-data");
    }

    @Test
    void a_job_with_data_is_held() {
        world.file("stacks/a.yaml", service("x", "volumes: [data:/d]\ndeploy: { mode: replicated-job }\n"));
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("a_x job-with-data");
        assertThat(held.holds().getFirst().allow()).startsWith("x-holdfast: { schedule: ");
        var scheduled = "x-holdfast: { schedule: \"0 3 * * *\" }\n";
        world.file("stacks/a.yaml", service("x", "volumes: [data:/d]\ndeploy: { mode: replicated-job }\n" + scheduled));
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
    }

    @Test
    void two_writers_of_one_volume_are_both_held_wherever_they_are() {
        world.file("stacks/a.yaml", """
            services:
              x: { image: "a:1", volumes: ["data:/d"] }
              y: { image: "a:1", volumes: ["data:/d"] }
              z: { image: "a:1", volumes: ["data:/d:ro"] }
            volumes: { data: { name: common } }
            """);
        world.file("stacks/b.yaml", """
            services: { x: { image: "a:1", volumes: ["data:/d"] } }
            volumes: { data: { name: common, external: true } }
            """);
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).contains("a_x two-writers", "a_y two-writers", "b_x two-writers");
        assertThat(plan.holds().getFirst().message()).contains("a_y");
        assertThat(plan.holds())
                .extracting(Hold::app, hold -> hold.allow().lines().findFirst().orElse(""))
                .containsExactly(
                        tuple(
                                "a_x",
                                "x-holdfast: { with: { data: x } }   # in service a_y, if a_x owns it and both may"
                                        + " write; or :ro in one of them;"),
                        tuple(
                                "a_y",
                                "x-holdfast: { with: { data: x } }   # in this service, if a_x owns it and both may"
                                        + " write; or :ro in one of them;"),
                        tuple(
                                "b_x",
                                "x-holdfast: { with: { data: a_x } }   # in this service, if a_x owns it and both may"
                                        + " write; or :ro in one of them;"));
    }

    @Test
    void beside_an_app_file_it_is_the_stack_that_waits() {
        world.db("db", "common", "").file("stacks/a.yaml", """
            services: { x: { image: "a:1", volumes: ["data:/d"] } }
            volumes: { data: { name: common } }
            """);
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("a_x two-writers");
        assertThat(SimulatedCluster.changes(plan)).contains("create service db");
    }

    @Test
    void a_held_service_keeps_what_runs_and_its_data() {
        world.file("stacks/shop.yaml", SHOP).run();
        world.file("stacks/shop.yaml", SHOP.replace("17\n", "17\n    deploy: { replicas: 3 }\n"));
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("shop_db several-instances");
        assertThat(SimulatedCluster.changes(plan)).isEmpty();
        assertThat(world.orphans()).isEmpty();
        world.file("stacks/shop.yaml", SHOP);
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void a_broken_file_holds_its_services_and_nothing_is_removed() {
        world.file("stacks/shop.yaml", SHOP)
                .file("stacks/blog.yaml", service("web", ""))
                .run();
        world.file("stacks/shop.yaml", SHOP.replace("image: nginx:1", "image: nginx:1\n    platform: x"))
                .file("stacks/blog.yaml", service("other", ""));
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan))
                .containsExactlyInAnyOrder("shop_web files-broken", "shop_db files-broken", "blog_web files-broken");
        assertThat(SimulatedCluster.changes(plan)).containsExactly("create service blog_other");
    }

    @Test
    void a_changed_config_is_one_rolling_update_and_a_first_one_has_the_name_of_the_client() {
        var file = """
            services: { web: { image: "a:1", configs: [conf] } }
            configs: { conf: { file: shop/conf } }
            """;
        world.file("stacks/shop.yaml", file).file("stacks/shop/conf", "one");
        assertThat(SimulatedCluster.changes(world.run())).contains("create config shop_conf");
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
        world.file("stacks/shop/conf", "two");
        var plan = world.run();
        assertThat(SimulatedCluster.changes(plan))
                .hasSize(2)
                .anyMatch(change -> change.matches("create config shop_conf-[0-9a-f]{12}"))
                .contains("update service shop_web");
        world.file("stacks/shop/conf", "one");
        assertThat(SimulatedCluster.changes(world.run())).noneMatch(change -> change.startsWith("create"));
    }

    @Test
    void a_path_that_a_look_finds_to_be_a_file_is_no_data() {
        world.swarm.disks.file("n1", "/srv/app.conf");
        world.swarm.disks.file("n2", "/srv/app.conf");
        world.file("stacks/shop.yaml", service("web", "volumes: [\"/srv/app.conf:/app.conf\"]\n"));
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(world.swarm.live().service("shop_web").orElseThrow().lockedNode())
                .isEmpty();
        assertThat(world.ledger.claims()).isEmpty();
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
        assertThat(world.ledger.claims()).isEmpty();
    }

    @Test
    void a_network_of_the_stack_that_is_there_is_used_as_it_is() {
        world.swarm.networks.add(network());
        var plan = world.file("stacks/shop.yaml", SHOP).run();
        assertThat(plan.holds()).isEmpty();
        assertThat(SimulatedCluster.changes(plan)).noneMatch(change -> change.contains("network"));
    }

    @Test
    void a_path_that_only_the_host_has_is_no_data_with_whatever_mode_and_is_taken_over_so() {
        world.swarm.networks.add(network());
        world.stackDeployed("shop_agent", "none", "n1");
        var spec = world.swarm.spec("shop_agent");
        var task = (ObjectNode) spec.path("TaskTemplate");
        task.putArray("Networks")
                .addObject()
                .put("Target", "n")
                .putArray("Aliases")
                .add("agent");
        ((ObjectNode) task.path("ContainerSpec"))
                .putArray("Mounts")
                .addObject()
                .put("Type", "bind")
                .put("Source", "/var/run/docker.sock")
                .put("Target", "/var/run/docker.sock");
        world.swarm.update("shop_agent", spec, false);
        world.file("holdfast.yaml", "stacks: { shop: { adopt: true } }")
                .file(
                        "stacks/shop.yaml",
                        service("agent", "volumes: [\"/var/run/docker.sock:/var/run/docker.sock\"]\n")
                                .replace("a:1", "shop_agent:1"));
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes()).isNotEmpty().noneMatch(Change::restarts);
        assertThat(world.swarm.live().service("shop_agent").orElseThrow().lockedNode())
                .isEmpty();
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
        assertThat(world.ledger.claims()).isEmpty();
    }

    @Test
    void what_x_holdfast_calls_scratch_is_no_data() {
        world.file(
                "stacks/a.yaml",
                service("x", "volumes: [data:/d]\ndeploy: { mode: global }\nx-holdfast: { scratch: [data] }\n"));
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
        assertThat(world.swarm.live().service("a_x")).isPresent();
        assertThat(world.ledger.claims()).isEmpty();
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
    }

    @Test
    void a_global_service_may_have_data_of_its_own_on_each_node() {
        world.file(
                "stacks/a.yaml",
                service("x", "volumes: [data:/d]\ndeploy: { mode: global }\nx-holdfast: { each_node: true }\n"));
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
        assertThat(world.ledger.claims()).extracting(claim -> claim.node()).containsExactly("n1", "n2");
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
    }

    @Test
    void the_data_of_another_service_may_be_written_where_x_holdfast_says_whose_it_is() {
        world.file("stacks/a.yaml", """
            services:
              web: { image: "a:1", volumes: ["data:/d"] }
              worker: { image: "a:1", volumes: ["data:/d"], x-holdfast: { with: { data: web } } }
            volumes: { data: }
            """);
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
        assertThat(world.runsOn("a_worker")).isEqualTo(world.runsOn("a_web")).isNotEmpty();
        assertThat(world.ledger.claims()).extracting(claim -> claim.app()).containsExactly("a_web");
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
    }

    @Test
    void a_hold_for_want_of_a_node_says_which_constraints() {
        world.file("stacks/a.yaml", """
            services:
              x:
                image: "a:1"
                volumes: ["data:/d"]
                deploy: { placement: { constraints: [node.labels.disk == ssd] } }
            volumes: { data: }
            """);
        var hold = world.run().holds().getFirst();
        assertThat(hold.message())
                .isEqualTo("no ready, active node satisfies its constraints (node.labels.disk == ssd)");
        assertThat(hold.allow()).contains("--label-add", "deploy.placement.constraints");
    }

    @Test
    void what_a_stack_may_change_on_the_host_is_told_in_its_own_words() {
        world.file("stacks/a.yaml", """
            services:
              x: { image: "a:1", volumes: ["/var/run/tool.sock:/tool.sock"] }
            """);
        assertThat(world.run().warnings())
                .extracting(Warning::message)
                .anyMatch(message -> message.endsWith("runs on: its file mounts it without :ro"));
    }
}

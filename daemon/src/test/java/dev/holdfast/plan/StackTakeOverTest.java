package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A stack that somebody else has deployed goes on as it is, once its file says that it is to be taken over.
class StackTakeOverTest {

    private final SimulatedCluster world = SimulatedCluster.of(2);

    @Test
    void what_is_there_is_taken_over_only_where_the_file_says_so_and_does_not_restart() {
        world.swarm.disks.volume("n2", "shop_data", Map.of(Labels.STACK, "shop"));
        world.swarm.networks.add(StackTest.network());
        world.stackDeployed("shop_db", "shop_data", "n2");
        var spec = world.swarm.spec("shop_db");
        ((ObjectNode) spec.path("TaskTemplate"))
                .putArray("Networks")
                .addObject()
                .put("Target", "n")
                .putArray("Aliases")
                .add("db");
        world.swarm.update("shop_db", spec, false);
        var file = StackTest.service("db", "volumes: [data:/data]\n").replace("a:1", "shop_db:1");
        world.file("stacks/shop.yaml", file);
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("shop_db not-ours");
        assertThat(held.holds().getFirst().allow())
                .startsWith("x-holdfast: { adopt: true }")
                .contains("stacks: { shop: { adopt: true } }");
        world.file("holdfast.yaml", "stacks: { shop: { adopt: true } }");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(SimulatedCluster.changes(plan)).contains("update service shop_db");
        assertThat(plan.changes()).noneMatch(Change::restarts);
        assertThat(world.swarm.live().service("shop_db").orElseThrow().lockedNode())
                .contains("n2");
        var after = world.run();
        assertThat(SimulatedCluster.changes(after)).isEmpty();
        assertThat(SimulatedCluster.warnings(after)).containsExactly("shop_db adopt-done");
    }

    @Test
    void a_secret_that_was_there_is_taken_to_hold_what_its_file_says() {
        world.swarm.secrets.add(new Content("s1", "shop_pw", Map.of(Labels.STACK, "shop"), null));
        world.file("stacks/shop.yaml", """
            services: { web: { image: "a:1", secrets: [pw] } }
            secrets: { pw: { file: shop/pw } }
            """).file("stacks/shop/pw", "one");
        assertThat(SimulatedCluster.changes(world.run())).noneMatch(change -> change.contains("secret"));
        assertThat(world.ledger.contents()).containsOnlyKeys("s1");
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
        world.file("stacks/shop/pw", "two");
        assertThat(SimulatedCluster.changes(world.run()))
                .anyMatch(change -> change.matches("create secret shop_pw-[0-9a-f]{12}"));
    }

    /// SwarmCD and doco-cd put a hash of the content into the names of configs and secrets, doco-cd marks
    /// containers.
    @Test
    void what_another_tool_deployed_is_taken_over_under_the_names_that_it_gave() {
        var file = """
            services: { web: { image: "a:1", configs: [conf], secrets: [pw] } }
            configs: { conf: { file: shop/conf } }
            secrets: { pw: { file: shop/pw } }
            """;
        world.file("stacks/shop.yaml", file)
                .file("stacks/shop/conf", "hello world\n")
                .file("stacks/shop/pw", "one");
        world.run();
        for (var names : List.of(
                List.of("shop-conf-6f5902ac", "shop-pw-f97c5d29"), List.of("shop_conf_a948904f", "shop_pw_7692c3ad"))) {
            deployedByAnother(names.get(0), names.get(1));
            world.file("holdfast.yaml", "stacks: { shop: { adopt: true } }");
            assertThat(SimulatedCluster.changes(world.plan())).containsExactly("update service shop_web");
            assertThat(world.plan().changes()).noneMatch(change -> change.restarts());
            world.run();
            assertThat(SimulatedCluster.changes(world.run())).isEmpty();
            world.file("stacks/shop/conf", "hello\n");
            assertThat(SimulatedCluster.changes(world.plan())).contains("create config shop_conf");
            world.file("stacks/shop/conf", "hello world\n");
        }
    }

    private void deployedByAnother(String config, String secret) {
        var labels = Map.of(Labels.STACK, "shop");
        world.swarm.configs.clear();
        world.swarm.secrets.clear();
        world.swarm.configs.add(new Content("c1", config, labels, "aGVsbG8gd29ybGQK"));
        world.swarm.secrets.add(new Content("s1", secret, labels, null));
        var web = world.swarm.live().service("shop_web").orElseThrow();
        ObjectNode spec = web.spec().deepCopy();
        ((ObjectNode) spec.get("Labels")).removeAll();
        ((ObjectNode) spec.get("Labels")).put(Labels.STACK, "shop").put(Labels.STACK_IMAGE, "a:1");
        var container = (ObjectNode) spec.at("/TaskTemplate/ContainerSpec");
        ((ObjectNode) container.get("Labels")).put("cd.doco.deployment.name", "shop");
        ((ObjectNode) container.at("/Configs/0")).put("ConfigName", config).put("ConfigID", "c1");
        ((ObjectNode) container.at("/Secrets/0")).put("SecretName", secret).put("SecretID", "s1");
        world.swarm.update("shop_web", spec, false);
    }
}

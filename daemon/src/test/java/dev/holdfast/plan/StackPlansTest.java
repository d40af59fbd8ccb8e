package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.plan.DataNote.Guard;
import dev.holdfast.plan.DataNote.IsGuarded;
import dev.holdfast.report.DataText;
import dev.holdfast.spec.FieldChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What plans of stacks say, and say no more than once.
class StackPlansTest {

    private static final String SHOP = """
        services:
          web: { image: "nginx:1" }
          db: { image: "postgres:17", volumes: ["data:/d"] }
          log: { image: "log:1", volumes: ["/srv/log:/d"] }
        volumes: { data: }
        """;

    private final SimulatedCluster world = SimulatedCluster.of(1);

    StackPlansTest() {
        world.swarm.disks.directory("n1", "/srv/log");
    }

    private static List<IsGuarded> guarded(Plan plan) {
        return plan.data().stream()
                .filter(note -> note instanceof IsGuarded)
                .map(note -> (IsGuarded) note)
                .toList();
    }

    private static List<String> codes(Plan plan, WarningCode code) {
        return plan.warnings().stream()
                .filter(warning -> warning.code() == code)
                .map(Warning::app)
                .toList();
    }

    @Test
    void what_a_service_gets_for_its_data_is_told_by_the_plan_that_makes_it_and_by_no_other() {
        var plan = world.file("stacks/shop.yaml", SHOP).run();
        assertThat(guarded(plan))
                .containsExactlyInAnyOrder(
                        new IsGuarded("shop_db", "w1", List.of(Guard.values())),
                        new IsGuarded("shop_log", "w1", List.of(Guard.values())));
        assertThat(DataText.of(plan.data()))
                .filteredOn(line -> line.contains("max_replicas_per_node"))
                .containsExactly("shop_db, shop_log: for its data, where the file says nothing else: locked to w1, one"
                        + " instance there (max_replicas_per_node: 1), stopped before a new task starts, paused if an"
                        + " update fails");
        assertThat(guarded(world.run())).isEmpty();
        world.file("stacks/shop.yaml", SHOP.replace("postgres:17", "postgres:18"));
        var update = world.run();
        assertThat(SimulatedCluster.changes(update)).containsExactly("update service shop_db");
        assertThat(guarded(update)).isEmpty();
    }

    @Test
    void it_is_told_when_a_service_gets_its_first_data() {
        world.file("stacks/shop.yaml", SHOP).run();
        world.file(
                "stacks/shop.yaml",
                SHOP.replace("\"nginx:1\" }", "\"nginx:1\", volumes: [\"pages:/p\"] }")
                        .replace("{ data: }", "{ data: , pages: }"));
        assertThat(guarded(world.run())).extracting(IsGuarded::app).containsExactly("shop_web");
    }

    @Test
    void what_the_file_says_is_not_told() {
        world.file("stacks/a.yaml", """
            services:
              x:
                image: "a:1"
                volumes: ["data:/d"]
                deploy:
                  placement: { max_replicas_per_node: 1 }
                  update_config: { order: stop-first, failure_action: pause }
                x-holdfast: { node: w1 }
              y:
                image: "a:1"
                volumes: ["data2:/d"]
                deploy: { mode: global, update_config: { failure_action: continue } }
                x-holdfast: { each_node: true }
            volumes: { data: , data2: }
            """);
        assertThat(guarded(world.run())).containsExactly(new IsGuarded("a_y", null, List.of(Guard.STOP_FIRST)));
    }

    @Test
    void a_service_that_is_taken_over_is_told_of_with_its_data() {
        world.swarm.disks.volume("n1", "shop_data", Map.of(Labels.STACK, "shop"));
        world.stackDeployed("shop_db", "shop_data", "n1");
        world.file("stacks/shop.yaml", """
            services: { db: { image: "shop_db:1", volumes: ["data:/data"], x-holdfast: { adopt: true } } }
            volumes: { data: }
            """);
        assertThat(guarded(world.run())).extracting(IsGuarded::app).containsExactly("shop_db");
        assertThat(guarded(world.run())).isEmpty();
    }

    @Test
    void a_secret_that_nobody_can_read_is_told_of_when_it_is_first_used_as_its_file_says() {
        world.swarm.secrets.add(new Content("s1", "shop_pw", Map.of(Labels.STACK, "shop"), null));
        world.file("stacks/shop.yaml", """
            services: { web: { image: "a:1", secrets: [pw] }, api: { image: "a:1", secrets: [pw] } }
            secrets: { pw: { file: pw } }
            """).file("stacks/pw", "one");
        var plan = world.run();
        assertThat(codes(plan, WarningCode.SECRET_UNREAD)).containsExactlyInAnyOrder("shop_web", "shop_api");
        assertThat(plan.warnings())
                .filteredOn(warning -> warning.code() == WarningCode.SECRET_UNREAD)
                .allMatch(warning -> warning.message().startsWith("secret shop_pw is there")
                        && !warning.message().contains("one "));
        assertThat(codes(world.run(), WarningCode.SECRET_UNREAD)).isEmpty();
        world.file("stacks/pw", "two");
        assertThat(codes(world.run(), WarningCode.SECRET_UNREAD)).isEmpty();
    }

    @Test
    void a_secret_that_holdfast_made_needs_no_such_word() {
        world.file("stacks/shop.yaml", """
            services: { web: { image: "a:1", secrets: [pw] } }
            secrets: { pw: { file: pw } }
            """).file("stacks/pw", "one");
        assertThat(codes(world.run(), WarningCode.SECRET_UNREAD)).isEmpty();
        assertThat(codes(world.run(), WarningCode.SECRET_UNREAD)).isEmpty();
    }

    @Test
    void what_of_a_service_that_breaks_a_rule_waits_is_told() {
        world.file("stacks/shop.yaml", SHOP).run();
        world.file("stacks/shop.yaml", SHOP.replace("postgres:17\"", "postgres:18\", deploy: { replicas: 3 }"));
        var hold = world.run().holds().getFirst();
        assertThat(hold.code()).isEqualTo(HoldCode.SEVERAL_INSTANCES);
        assertThat(hold.waiting())
                .extracting(FieldChange::path, FieldChange::before, FieldChange::after)
                .contains(
                        org.assertj.core.api.Assertions.tuple("image", "postgres:17", "postgres:18"),
                        org.assertj.core.api.Assertions.tuple("deploy.replicas", "1", "3"))
                .hasSize(2);
    }

    @Test
    void what_a_stack_may_change_on_the_host_is_told_by_the_plan_that_brings_it_only() {
        var file = """
            services:
              x: { image: "a:1", volumes: ["/var/run/docker.sock:/var/run/docker.sock"] }
            """;
        assertThat(codes(world.file("stacks/a.yaml", file).run(), WarningCode.WRITES_HOST))
                .containsExactly("a_x");
        assertThat(codes(world.run(), WarningCode.WRITES_HOST)).isEmpty();
        assertThat(codes(world.file("stacks/a.yaml", file.replace("a:1", "a:2")).run(), WarningCode.WRITES_HOST))
                .isEmpty();
        assertThat(codes(
                        world.file("stacks/a.yaml", file.replace("\"]", "\", \"/etc:/etc\"]"))
                                .run(),
                        WarningCode.WRITES_HOST))
                .containsExactly("a_x");
    }

    @Test
    void a_stack_that_goes_leaves_its_data_and_nothing_else() {
        world.file("stacks/shop.yaml", SHOP)
                .file("stacks/blog.yaml", "services: { web: { image: \"nginx:1\" } }\n")
                .run();
        world.removed("stacks/shop.yaml").choices = new Situation.Choices(java.util.Set.of(), true);
        assertThat(SimulatedCluster.changes(world.run()))
                .containsExactlyInAnyOrder(
                        "remove service shop_web",
                        "remove service shop_db",
                        "remove service shop_log",
                        "remove network shop_default");
        assertThat(world.orphans())
                .hasSize(2)
                .anyMatch(orphan -> orphan.startsWith("volume:shop_data@"))
                .anyMatch(orphan -> orphan.startsWith("bind:/srv/log@"));
        assertThat(SimulatedCluster.changes(world.run())).isEmpty();
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void services_of_a_stack_that_was_there_are_held_with_the_same_words_each() {
        world.stackDeployed("shop_db", "shop_data", "n1");
        world.stackDeployed("shop_web", "shop_pages", "n1");
        world.file("stacks/shop.yaml", """
            services: { db: { image: "shop_db:1" }, web: { image: "shop_web:1" } }
            """);
        assertThat(world.run().holds())
                .hasSize(2)
                .extracting(Hold::allow)
                .containsOnly(
                        "x-holdfast: { adopt: true }   # in the service; or, for the whole stack, in holdfast.yaml:"
                                + " stacks: { shop: { adopt: true } }");
    }
}

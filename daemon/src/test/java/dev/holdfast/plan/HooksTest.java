package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Hook;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.registry.Answer;
import dev.holdfast.spec.HookSpec;
import dev.holdfast.spec.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When the tasks before and after a change run, and what they are.
class HooksTest {

    private static final String BOTH = "before: ./migrate\nafter: ./seed\n";

    private final SimulatedCluster world = SimulatedCluster.of(2);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    private static List<String> runs(Plan plan) {
        return plan.hooks().runs().stream()
                .map(run -> run.when().word() + " " + run.app() + (run.late() ? " late" : ""))
                .toList();
    }

    private ObjectNode spec() {
        return world.swarm.spec("web");
    }

    private void live(java.util.function.Consumer<ObjectNode> change) {
        var spec = spec();
        change.accept(spec);
        world.swarm.update("web", spec, false);
    }

    @Test
    void they_run_once_for_each_change_and_the_change_writes_down_that_they_have() {
        world.app("web", BOTH);
        assertThat(runs(world.run())).containsExactly("before web", "after web");
        assertThat(HookSpec.done(spec())).isPresent().isEqualTo(HookSpec.change(spec()));
        assertThat(world.run().isEmpty()).isTrue();

        world.app("web", BOTH + "environment: { A: b }\n");
        assertThat(runs(world.run())).containsExactly("before web", "after web");
        assertThat(world.run().isEmpty()).isTrue();

        world.app("web", BOTH.replace("./seed", "./seed --all") + "environment: { A: b }\n");
        var plan = world.run();
        assertThat(runs(plan)).as("a change of what runs is one").containsExactly("before web", "after web");
        assertThat(plan.changes()).noneMatch(Change::restarts);
        assertThat(world.run().isEmpty()).isTrue();
    }

    @Test
    void a_followed_tag_that_moves_is_a_change_too() {
        world.app("web", BOTH + "image_policy: follow\n");
        for (var digit : List.of("a", "b")) {
            world.answers.put("web:1", new Answer.Given("sha256:" + digit.repeat(64)));
            assertThat(runs(world.run())).containsExactly("before web", "after web");
            assertThat(world.run().isEmpty()).isTrue();
            var before = world.answers.remove("web:1");
            assertThat(world.run().isEmpty()).as("its registry is away").isTrue();
            assertThat(before).isNotNull();
        }
    }

    @Test
    void neither_drift_nor_scaling_nor_labels_nor_another_place_run_them() {
        world.app("web", BOTH).run();
        live(spec -> Specs.containerSpec(spec).put("Image", "web:2"));
        live(spec -> spec.withObject("/Mode/Replicated").put("Replicas", 4));
        var drift = world.run();
        assertThat(drift.changes()).hasSize(1);
        assertThat(runs(drift)).isEmpty();
        world.app(
                "web",
                BOTH
                        + "deploy: { replicas: 3, labels: { a: b }, placement: { constraints: [node.role == worker] }"
                        + " }\n");
        assertThat(runs(world.run())).isEmpty();
        world.app("web", "deploy: { replicas: 3 }\n");
        assertThat(runs(world.run())).as("an app without them runs none").isEmpty();
        assertThat(HookSpec.change(spec())).isEmpty();
    }

    @Test
    void what_a_run_that_was_cut_off_has_not_come_to_runs_later_unless_it_has_failed() {
        world.app("web", BOTH).run();
        var change = HookSpec.change(spec()).orElseThrow();
        live(spec -> spec.withObject("/Labels").remove(Labels.AFTER));
        assertThat(runs(world.plan())).containsExactly("after web late");
        assertThat(world.plan().isEmpty()).isFalse();

        var left = Specs.object().put("Name", "web-after");
        left.putObject("Labels")
                .put(Labels.HOOK, "web")
                .put(Labels.HOOK_CLUSTER, "default")
                .put(Labels.HOOKS, change);
        left.putObject("TaskTemplate").putObject("Placement");
        left.putObject("Mode").putObject("Replicated").put("Replicas", 1);
        world.swarm.create("web-after", left);
        assertThat(runs(world.plan())).as("it is taken over").containsExactly("after web late");
        var hash = dev.holdfast.spec.SpecHash.of(desired());
        world.ledger = world.ledger.withFailures(
                Map.of("web", new Ledger.Failure(hash, "after failed", null, SimulatedCluster.NOW)));
        var plan = world.plan();
        assertThat(runs(plan)).isEmpty();
        assertThat(plan.failed()).extracting(Plan.Failed::app).containsExactly("web");
        assertThat(plan.hooks().left()).as("its log can be read").isEmpty();

        world.app("web", "");
        assertThat(world.plan().hooks().left())
                .extracting(Plan.LeftHook::service)
                .containsExactly("web-after");
    }

    /// As the files ask for it.
    private ObjectNode desired() {
        var fresh = SimulatedCluster.of(2).app("web", BOTH);
        return fresh.plan().changes().stream()
                .filter(Change.CreateService.class::isInstance)
                .map(change -> ((Change.CreateService) change).spec())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void offline_a_change_runs_what_it_would_run_and_no_other_does() {
        world.app("web", BOTH).app("other", BOTH).run();
        var applied = SupposedSwarm.applied(world.situation(dev.holdfast.survey.Survey.NONE, false), world.plan());
        assertThat(Planner.plan(applied).isEmpty()).isTrue();
    }

    @Test
    void it_is_the_app_without_its_data_its_ports_and_its_names() {
        world.app("web", """
            command: [serve]
            entrypoint: [/entry]
            environment: { A: "1", B: "2" }
            ports: ["80:80"]
            healthcheck: { test: "true" }
            labels: { traefik: "x" }
            hostname: web
            host_paths: [/etc/ssl, "/var/run/docker.sock:/s:rw"]
            tmpfs: /tmp
            scratch: ["cache:/cache"]
            persistent: { node: w2, directories: ["web-data:/data"] }
            deploy: { resources: { reservations: { memory: 1g }, limits: { memory: 2g } } }
            before: { command: ./migrate, environment: { B: "3" }, user: "7" }
            """);
        var run = world.run().hooks().runs().getFirst();
        assertThat(run.service()).isEqualTo("web-before");
        JsonNode spec = run.spec();
        var container = spec.at("/TaskTemplate/ContainerSpec");
        assertThat(container.at("/Command").toString()).isEqualTo("[\"/entry\"]");
        assertThat(container.at("/Args").toString()).isEqualTo("[\"./migrate\"]");
        assertThat(container.at("/Env").toString()).isEqualTo("[\"A=1\",\"B=3\"]");
        assertThat(container.at("/User").asText()).isEqualTo("7");
        assertThat(container.at("/Image").asText()).isEqualTo("web:1");
        assertThat(container.at("/Mounts").toString())
                .contains("/etc/ssl", "/tmp")
                .doesNotContain("data", "cache", "sock");
        assertThat(container.has("Hostname")).isFalse();
        assertThat(container.at("/Healthcheck/Test/0").asText()).isEqualTo("NONE");
        assertThat(container.at("/Labels").toString()).isEqualTo("{\"dev.holdfast.hook\":\"web\"}");
        assertThat(spec.has("EndpointSpec")).isFalse();
        assertThat(spec.at("/TaskTemplate/Placement/Constraints").toString()).contains("node.id==n2");
        assertThat(spec.at("/TaskTemplate/Resources").toString())
                .contains("Limits")
                .doesNotContain("Reservations");
        assertThat(spec.at("/TaskTemplate/RestartPolicy/Condition").asText()).isEqualTo("none");
        assertThat(spec.at("/Mode/Replicated/Replicas").asInt()).isEqualTo(1);
        assertThat(spec.at("/Labels").has(Labels.APP)).isFalse();
        assertThat(spec.at("/Labels").has(Labels.CLUSTER)).isFalse();
        assertThat(Hook.When.AFTER.service("web")).isEqualTo("web-after");
    }

    @Test
    void a_service_of_a_stack_file_has_them_too() {
        world.file("apps/other.yaml", "name: other\nimage: other:1\n").file("stacks/shop.yaml", """
            services:
              web:
                image: web:1
                volumes: ["data:/data"]
                x-holdfast: { before: ./migrate, after: { command: ./seed, timeout: 1m } }
            volumes: { data: {} }
            """);
        var plan = world.run();
        assertThat(runs(plan)).containsExactly("before shop_web", "after shop_web");
        var spec = plan.hooks().runs().getFirst().spec();
        assertThat(spec.path("Name").asText()).isEqualTo("shop_web-before");
        assertThat(spec.at("/Labels/com.docker.stack.namespace").asText()).isEqualTo("shop");
        assertThat(spec.at("/TaskTemplate/ContainerSpec").has("Mounts")).isFalse();
        assertThat(spec.at("/TaskTemplate/Networks").toString())
                .contains("shop_default")
                .doesNotContain("Aliases");
        assertThat(world.run().isEmpty()).isTrue();
    }

    @Test
    void what_failed_before_a_change_is_not_tried_again_and_dependents_wait() {
        world.app("web", BOTH).app("proxy", "depends_on: [web]\n").run();
        world.app("web", BOTH + "environment: { A: b }\n").app("proxy", "depends_on: [web]\nenvironment: { A: b }\n");
        var update = world.plan().changes().stream()
                .filter(change -> change.app().equals("web"))
                .map(change -> (Change.UpdateService) change)
                .findFirst()
                .orElseThrow();
        world.ledger = world.ledger.withFailures(
                Map.of("web", new Ledger.Failure(update.hash(), "before failed", null, SimulatedCluster.NOW)));
        var plan = world.plan();
        assertThat(plan.changes()).isEmpty();
        assertThat(runs(plan)).isEmpty();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("proxy depends-on-failed");
    }
}

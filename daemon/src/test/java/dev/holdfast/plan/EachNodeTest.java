package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Node;
import dev.holdfast.report.DataText;
import dev.holdfast.spec.StoppedLabel;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Global apps with data of their own on each node (`each_node`).
class EachNodeTest {

    private final SimulatedCluster world = SimulatedCluster.of(3);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    private SimulatedCluster agent(String name, String deploy, String more) {
        return world.app(
                name,
                "deploy: {mode: global" + deploy + "}\npersistent:\n  each_node: true\n"
                        + "  directories: ['state:/state']\n" + more.indent(2));
    }

    private String claims() {
        return world.ledger.claims().stream()
                .map(claim -> claim.name() + "@" + claim.node() + (claim.givenUp() == null ? "" : " orphan"))
                .collect(Collectors.joining(", "));
    }

    @Test
    void each_node_has_a_claim_and_nothing_is_locked() {
        agent("agent", "", "");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(DataText.of(plan.data()))
                .containsExactly("agent starts with a new, empty volume state on w1, w2, w3");
        assertThat(world.runsOn("agent")).isEqualTo("n1,n2,n3");
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3");
        assertThat(world.identified().ledger.claims())
                .extracting(Claim::identity)
                .doesNotContainNull();
        var created = Created.of((Change.CreateService) plan.changes().getFirst());
        assertThat(created.placement()).isEmpty();
        assertThat(created.instances()).isEqualTo(Replacement.EACH_NODE);
        var template = world.swarm.spec("agent");
        assertThat(template.at("/UpdateConfig/Order").asText()).isEqualTo("stop-first");
        assertThat(template.at("/UpdateConfig/FailureAction").asText()).isEqualTo("pause");
        assertThat(template.at("/TaskTemplate/Placement").has("MaxReplicas")).isFalse();
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void it_is_replaced_node_by_node() {
        agent("agent", "", "").run();
        world.app(
                "agent",
                "environment: {A: b}\ndeploy: {mode: global}\n"
                        + "persistent: {each_node: true, directories: ['state:/state']}\n");
        var change = (Change.UpdateService) world.plan().changes().getFirst();
        assertThat(change.restarts()).isTrue();
        assertThat(change.stopFirst()).isFalse();
        assertThat(Replacement.of(change).way()).isEqualTo(Replacement.Way.OLD_FIRST);
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void a_node_that_joins_later_has_its_own() {
        world.down("n3");
        agent("agent", "", "").run();
        assertThat(claims()).isEqualTo("state@n1, state@n2");
        world.up("n3").run();
        assertThat(world.runsOn("agent")).isEqualTo("n1,n2,n3");
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3");
    }

    @Test
    void what_a_node_that_is_down_or_drained_has_is_no_orphan() {
        agent("agent", "", "").run();
        world.down("n3").run();
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3");
        world.swarm.node("n3", "w3", "ready", "drain");
        world.swarm.tasks.removeIf(task -> task.nodeId().equals("n3"));
        world.run();
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3");
        world.file("apps/agent.yaml", "name: agent\nimage: [\n")
                .app("other", "")
                .run();
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3");
    }

    @Test
    void a_node_that_the_app_leaves_keeps_an_orphan() {
        agent("agent", "", "").run();
        agent("agent", ", placement: {constraints: [node.hostname != w3]}", "");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(DataText.of(plan.data())).containsExactly("volume state stays on w3: agent no longer has it");
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3 orphan");
        agent("agent", "", "").run();
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3");
    }

    @Test
    void a_node_whose_label_a_hand_takes_away_keeps_an_orphan_and_gets_it_back() {
        world.swarm.node("n1", "w1", 4, 4, Map.of("logs", "yes"));
        world.swarm.node("n2", "w2", 4, 4, Map.of("logs", "yes"));
        agent("agent", ", placement: {constraints: [node.labels.logs == yes]}", "")
                .run();
        assertThat(claims()).isEqualTo("state@n1, state@n2");
        world.swarm.label("n2", Map.of());
        world.run();
        assertThat(claims()).isEqualTo("state@n1, state@n2 orphan");
        world.swarm.label("n2", Map.of("logs", "yes"));
        world.run();
        assertThat(claims()).isEqualTo("state@n1, state@n2");
    }

    @Test
    void a_node_that_is_removed_leaves_an_orphan_and_one_that_joins_anew_has_its_data_again() {
        agent("agent", "", "").run();
        world.identified();
        var disk = world.swarm.disks.volumes.get("n3");
        world.swarm.nodes.remove("n3");
        world.swarm.tasks.removeIf(task -> task.nodeId().equals("n3"));
        world.run();
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3 orphan");
        world.swarm.node("n9", "w3", "ready", "active");
        world.swarm.disks.volumes.put("n9", disk);
        world.up("n9")
                .app("other", "persistent: {node: w1, directories: ['x-data:/d']}\n")
                .run();
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n9, x-data@n1");
    }

    @Test
    void the_app_is_removed_and_comes_back_to_the_data_of_each_node() {
        agent("agent", "", "").app("other", "").run();
        world.identified();
        var before = world.ledger.claims();
        world.without("agent").run();
        assertThat(claims()).isEqualTo("state@n1 orphan, state@n2 orphan, state@n3 orphan");
        agent("agent", "", "");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(String.join("\n", DataText.of(plan.data())))
                .contains("agent takes back volume state on w1", "on w3");
        assertThat(world.ledger.claims()).isEqualTo(before);
    }

    @Test
    void a_rename_sees_every_old_task_gone() {
        agent("agent", "", "").run();
        world.without("agent");
        agent("collector", "", "");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes().getFirst().takesFrom()).hasSize(1);
        assertThat(world.runsOn("collector")).isEqualTo("n1,n2,n3");
        assertThat(world.swarm.has("agent")).isFalse();
        assertThat(world.ledger.claims()).extracting(Claim::app).containsOnly("collector");
    }

    @Test
    void a_rename_waits_for_a_node_that_cannot_be_seen() {
        agent("agent", "", "").run();
        world.down("n3").without("agent");
        agent("collector", "", "");
        assertThat(SimulatedCluster.holds(world.run()))
                .containsExactly("agent taker-held", "collector old-task-unseen");
        assertThat(world.runsOn("agent")).isEqualTo("n1,n2,n3");
        world.up("n3");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void a_rename_that_fails_gives_the_data_back() {
        agent("agent", "", "").run();
        world.swarm.failing.add("collector");
        world.without("agent");
        agent("collector", "", "");
        world.run();
        assertThat(world.runsOn("agent")).isEqualTo("n1,n2,n3");
        assertThat(StoppedLabel.is(world.swarm.live().service("agent").orElseThrow()))
                .isFalse();
    }

    @Test
    void what_a_cut_off_run_has_stopped_starts_again() {
        agent("agent", "", "").run();
        var spec = world.swarm.spec("agent");
        StoppedLabel.stop(spec);
        world.swarm.update("agent", spec, false);
        assertThat(world.runsOn("agent")).isEmpty();
        world.run();
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3");
        assertThat(world.runsOn("agent")).isEqualTo("n1,n2,n3");
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void a_volume_that_is_gone_on_one_node_holds_a_restart() {
        agent("agent", "", "").run();
        world.identified().swarm.disks.volumes.get("n2").remove("state");
        world.app(
                "agent",
                "environment: {A: b}\ndeploy: {mode: global}\n"
                        + "persistent: {each_node: true, directories: ['state:/state']}\n");
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("agent volume-missing");
        assertThat(held.holds().getFirst().message()).contains("volume state on w2");
        assertThat(held.holds().getFirst().allow()).contains("holdfast orphans forget volume state w2");
    }

    @Test
    void a_directory_must_be_on_every_node() {
        world.swarm.disks.directory("n1", "/srv/state");
        world.swarm.disks.directory("n2", "/srv/state");
        world.app(
                "agent", "deploy: {mode: global}\npersistent: {each_node: true, directories: ['/srv/state:/state']}\n");
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("agent bind-missing");
        assertThat(held.holds().getFirst().message()).contains("directory w3:/srv/state does not exist");
        world.swarm.disks.directory("n3", "/srv/state");
        assertThat(world.run().holds()).isEmpty();
        assertThat(claims()).isEqualTo("/srv/state@n1, /srv/state@n2, /srv/state@n3");
    }

    @Test
    void what_it_gives_up_for_good_is_held_until_it_says_so() {
        agent("agent", "", "").run();
        world.app("agent", "deploy: {mode: global}\n");
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("agent gives-up-data");
        assertThat(held.holds().getFirst().allow()).isEqualTo("persistent: { leave: [state] }");
        world.app("agent", "deploy: {mode: global}\npersistent: {leave: [state]}\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(claims()).isEqualTo("state@n1 orphan, state@n2 orphan, state@n3 orphan");
        assertThat(world.runsOn("agent")).isEqualTo("n1,n2,n3");
    }

    @Test
    void a_volume_of_a_similar_name_on_any_node_holds_it() {
        world.swarm.disks.volume("n2", "monitoring_state", Map.of());
        agent("agent", "", "");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("agent similar-volume");
    }

    @Test
    void another_writer_of_the_same_name_is_an_error() {
        agent("agent", "", "").db("db", "state", "node: w1");
        assertThat(world.desired().broken()).containsExactly("agent", "db");
    }

    @Test
    void mounts_changed_by_hand_are_held() {
        agent("agent", "", "").run();
        world.byHand(
                "agent",
                spec -> ((com.fasterxml.jackson.databind.node.ObjectNode)
                                spec.at("/TaskTemplate/ContainerSpec/Mounts/0"))
                        .put("Source", "restored"));
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("agent drift-moves-data");
        assertThat(held.holds().getFirst().allow())
                .contains("persistent: { each_node: true, leave: [state], directories: [restored:/state] }");
        world.app(
                "agent",
                "deploy: {mode: global}\n"
                        + "persistent: {each_node: true, leave: [state], directories: ['restored:/state']}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void the_ledger_grows_back_from_what_runs() {
        agent("agent", "", "").run();
        world.ledger = dev.holdfast.ledger.Ledger.empty("default", world.ledger.nameKey());
        world.run();
        assertThat(claims()).isEqualTo("state@n1, state@n2, state@n3");
    }

    @Test
    void rules_of_the_word() {
        world.app("a", "persistent: {each_node: true, directories: ['state:/s']}\n");
        assertThat(problems()).contains("persistent.each_node: is for apps that run on each node");
        agent("a", "", "node: w1");
        assertThat(problems()).contains("persistent.node: an app with data on each node is locked to none");
        agent("a", "", "leave_data_on: w1");
        assertThat(problems()).contains("does not move");
        agent("a", ", update_config: {order: start-first}", "");
        assertThat(problems()).contains("start-first runs two instances on the same data");
        world.app(
                "a",
                "stop_grace_period: 2m\ndeploy: {mode: global}\n"
                        + "persistent: {each_node: true, directories: ['state:/s']}\n");
        assertThat(problems()).contains("stop_grace_period: an app with data on each node must stop within 50s");
        world.app("a", "deploy: {mode: global}\npersistent: {directories: ['state:/s']}\n");
        assertThat(problems()).contains("write persistent.each_node: true");
        assertThat(world.swarm.nodes.values()).allMatch(Node::isReady);
    }

    private String problems() {
        return world.desired().problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}

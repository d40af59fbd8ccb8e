package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that fail, come back, or join anew (rule `wait-for-node`).
class OutagesTest {

    private final SimulatedCluster world = SimulatedCluster.of(3).db("db", "db-data", "node: w1");

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void an_app_waits_on_its_node_fenced_and_starts_again_when_the_node_is_back() {
        world.run();
        var plan = world.down("n1").run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db stranded");
        assertThat(SimulatedCluster.changes(plan)).containsExactly("update service db");
        assertThat(world.swarm.live().service("db").orElseThrow().replicas()).isZero();
        assertThat(world.run().changes()).isEmpty();
        assertThat(world.statuses().getFirst().health()).isEqualTo(AppStatus.Health.STRANDED);
        var back = (Change.UpdateService) world.up("n1").run().changes().getFirst();
        assertThat(back.stopFirst()).isTrue();
        assertThat(world.runsOn("db")).isEqualTo("n1");
    }

    @Test
    void an_app_that_waits_is_fenced_though_something_else_holds_it() {
        world.run();
        var plan = world.db("db", "db-data", "node: w2").down("n1").run();
        assertThat(SimulatedCluster.holds(plan)).contains("db moves-data");
        assertThat(world.swarm.live().service("db").orElseThrow().replicas()).isZero();
    }

    @Test
    void a_fenced_app_that_is_held_for_another_reason_runs_again_as_it_was_when_its_node_is_back() {
        world.run();
        world.db("db", "db-data", "node: w2").down("n1").run();
        var status = world.statuses().getFirst();
        assertThat(status.fenced()).isTrue();
        assertThat(status.error()).contains("moves-data: ", "stranded: its node w1 is down", "fenced: ");
        var plan = world.up("n1").run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db moves-data");
        assertThat(SimulatedCluster.changes(plan)).containsExactly("update service db");
        assertThat(world.runsOn("db")).isEqualTo("n1");
        assertThat(world.statuses().getFirst().fenced()).isFalse();
        assertThat(world.run().changes()).isEmpty();
        assertThat(world.db("db", "db-data", "node: w1").run().changes()).isEmpty();
    }

    @Test
    void a_fenced_app_whose_file_is_broken_and_one_that_had_failed_run_again_too() {
        world.db("bad", "bad-data", "node: w1").run();
        world.swarm.failing.add("bad");
        world.app("bad", "environment: {A: b}\npersistent: {node: w1, directories: ['bad-data:/data']}\n")
                .run();
        world.down("n1").file("apps/db.yaml", "name: db\nimage: [\n").run();
        world.swarm.failing.clear();
        world.up("n1").run();
        assertThat(world.runsOn("db")).isEqualTo("n1");
        assertThat(world.runsOn("bad")).isEqualTo("n1");
    }

    @Test
    void a_fenced_app_stays_at_0_where_its_data_is_another_one_or_somebody_else_uses_it() {
        world.db("used", "used-data", "node: w1").run();
        world.look();
        world.db("db", "db-data", "node: w2")
                .db("used", "used-data", "node: w2")
                .run();
        world.down("n1").run();
        world.swarm.disks.volume("n1", "db-data", Map.of());
        world.swarm.disks.containers.put(
                "n1",
                java.util.List.of(new dev.holdfast.survey.Survey.Container(
                        "c",
                        "backup",
                        "running",
                        "",
                        "",
                        world.swarm.live().service("used").orElseThrow().mounts())));
        world.up("n1").run();
        assertThat(world.runsOn("db")).isEmpty();
        assertThat(world.runsOn("used")).isEmpty();
        world.swarm.disks.containers.clear();
        world.run();
        assertThat(world.runsOn("used")).isEqualTo("n1");
    }

    @Test
    void a_change_of_the_leader_fences_nobody() {
        world.run();
        world.swarm.node("n1", "w1", "unknown", "active");
        assertThat(world.run().changes()).isEmpty();
        world.up("n1");
        assertThat(world.run().changes()).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n1");
    }

    @Test
    void what_a_person_stopped_stays_stopped() {
        world.run();
        world.db("db", "db-data", "node: w2")
                .byHand("db", spec -> spec.withObject("/Mode/Replicated").put("Replicas", 0));
        assertThat(world.run().changes()).isEmpty();
        assertThat(world.down("n1").run().changes()).isEmpty();
        assertThat(world.up("n1").run().changes()).isEmpty();
    }

    @Test
    void nobody_touches_a_paused_app_neither_to_fence_it_nor_to_start_it_again() {
        world.db("later", "later-data", "node: w1").run();
        world.byHand("db", spec -> spec.withObject("/Labels").put("dev.holdfast.pause", "restoring"));
        world.down("n1").run();
        assertThat(world.swarm.live().service("db").orElseThrow().replicas()).isEqualTo(1);
        world.byHand("later", spec -> spec.withObject("/Labels").put("dev.holdfast.pause", "restoring"));
        assertThat(world.up("n1").run().changes()).isEmpty();
        world.byHand("later", spec -> spec.withObject("/Labels").remove("dev.holdfast.pause"))
                .run();
        assertThat(world.runsOn("later")).isEqualTo("n1");
    }

    @Test
    void an_app_whose_file_is_broken_is_fenced_too() {
        world.run();
        world.down("n1").file("apps/db.yaml", "name: db\nimage: [\n").run();
        assertThat(world.swarm.live().service("db").orElseThrow().replicas()).isZero();
    }

    @Test
    void an_app_that_somebody_rescues_on_another_node_is_not_fenced() {
        world.run();
        world.down("n1")
                .byHand(
                        "db",
                        spec -> spec.withArray("/TaskTemplate/Placement/Constraints")
                                .removeAll()
                                .add("node.id==n2"));
        assertThat(world.runsOn("db")).contains("n2");
        world.run();
        assertThat(world.swarm.live().service("db").orElseThrow().replicas()).isEqualTo(1);
    }

    @Test
    void a_move_away_from_a_node_that_cannot_be_seen_waits_for_it() {
        world.run();
        var plan = world.down("n1")
                .db("db", "db-data", "node: w2\nleave_data_on: w1")
                .run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db old-task-unseen");
        world.up("n1").run();
        assertThat(world.runsOn("db")).isEqualTo("n2");
    }

    @Test
    void a_new_app_for_a_node_that_is_down_waits() {
        var plan = world.down("n1").run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db stranded");
        assertThat(world.swarm.has("db")).isFalse();
    }

    @Test
    void a_drained_node_strands_without_a_fence() {
        world.run();
        world.swarm.node("n1", "w1", "ready", "drain");
        assertThat(world.run().changes()).isEmpty();
        assertThat(world.statuses().getFirst().health()).isEqualTo(AppStatus.Health.STRANDED);
        var plan = world.app("db", "environment: {A: b}\npersistent: {node: w1, directories: ['db-data:/data']}\n")
                .run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db stranded");
    }

    @Test
    void a_node_that_left_the_swarm_is_a_hold() {
        world.db("db", "db-data", "").run();
        world.swarm.nodes.remove("n1");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db node-gone");
        world.db("db", "db-data", "node: w1").run();
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db node-gone");
        assertThat(plan.holds().getFirst().message()).contains("w1 (n1)");
        assertThat(world.statuses().getFirst().lock()).isEqualTo(new AppStatus.Lock("n1", "w1"));
    }

    @Test
    void a_node_that_was_removed_from_the_swarm_and_joins_anew_is_still_known_by_its_name() {
        world.run();
        world.app("db", "environment: {A: b}\npersistent: {node: w1, directories: ['db-data:/data']}\n")
                .run();
        world.swarm.nodes.remove("n1");
        world.swarm.tasks.clear();
        world.run();
        world.swarm.node("n8", "w1", "ready", "active");
        world.swarm.disks.volumes.put("n8", new java.util.TreeMap<>(Map.copyOf(world.swarm.disks.volumes.get("n1"))));
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n8");
    }

    @Test
    void a_file_that_names_an_id_that_is_gone_is_told_the_new_one() {
        world.db("db", "db-data", "node: n1").run();
        world.swarm.nodes.remove("n1");
        world.swarm.node("n8", "w1", "ready", "active");
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db node-gone");
        assertThat(plan.holds().getFirst().allow()).isEqualTo("persistent: { node: w1 }");
    }

    private void joinsAnew(boolean withItsData) {
        world.run();
        world.db("x1", "other-data", "node: w2").run();
        world.app("x1", "environment: {A: b}\npersistent: {node: w2, directories: ['other-data:/data']}\n")
                .app("db", "environment: {A: b}\npersistent: {node: w1, directories: ['db-data:/data']}\n")
                .run();
        world.down("n1");
        world.swarm.node("n8", "w1", "ready", "active");
        if (withItsData) {
            world.swarm.disks.volumes.put(
                    "n8", new java.util.TreeMap<>(Map.copyOf(world.swarm.disks.volumes.get("n1"))));
        } else {
            world.swarm.disks.volume("n8", "db-data", Map.of());
        }
        world.swarm.tasks.removeIf(task -> task.nodeId().equals("n1"));
    }

    @Test
    void a_node_that_joined_anew_with_the_very_data_gets_the_lock() {
        joinsAnew(true);
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n8");
        assertThat(world.orphans()).isEmpty();
        assertThat(world.ledger.claims()).extracting(claim -> claim.node()).containsOnly("n2", "n8");
        assertThat(world.run().changes()).isEmpty();
    }

    @Test
    void what_is_nobodys_on_a_node_that_joined_anew_is_followed_to_it() {
        world.run();
        world.without("db").db("x1", "other-data", "node: w2").run();
        assertThat(world.orphans()).containsExactly("volume:db-data@n1");
        world.down("n1");
        world.swarm.node("n8", "w1", "ready", "active");
        world.swarm.disks.volumes.put("n8", new java.util.TreeMap<>(Map.copyOf(world.swarm.disks.volumes.get("n1"))));
        world.app("x1", "environment: {A: b}\npersistent: {node: w2, directories: ['other-data:/data']}\n")
                .run();
        assertThat(world.orphans()).containsExactly("volume:db-data@n8");
    }

    @Test
    void a_task_on_a_lost_node_is_not_counted_as_running() {
        world.run();
        world.down("n1");
        assertThat(world.statuses())
                .filteredOn(status -> status.name().equals("db"))
                .singleElement()
                .satisfies(status -> assertThat(status.running()).isZero());
    }

    @Test
    void what_is_left_of_the_time_before_it_joined_anew_is_in_use() {
        world.run();
        world.look();
        world.app("db", "environment: {A: b}\npersistent: {node: w1, directories: ['db-data:/data']}\n")
                .run();
        var service = world.swarm.live().service("db").orElseThrow();
        var task = world.swarm.live().tasksOf(service.id()).getFirst().id();
        world.down("n1");
        world.swarm.node("n8", "w1", "ready", "active");
        world.swarm.disks.volumes.put("n8", new java.util.TreeMap<>(Map.copyOf(world.swarm.disks.volumes.get("n1"))));
        world.swarm.disks.containers.put(
                "n8",
                java.util.List.of(new dev.holdfast.survey.Survey.Container(
                        "c", "db.1", "running", task, "db", service.mounts())));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db in-use");
        world.swarm.disks.containers.clear();
        world.run();
        assertThat(world.runsOn("db")).contains("n8");
    }

    @Test
    void a_node_that_joined_anew_without_it_is_a_hold() {
        joinsAnew(false);
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db node-returned");
        assertThat(plan.holds().getFirst().allow()).contains("leave_data_on: n1");
        world.app("db", "adopt: true\npersistent: {node: n8, leave_data_on: n1, directories: ['db-data:/data']}\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n8");
    }
}

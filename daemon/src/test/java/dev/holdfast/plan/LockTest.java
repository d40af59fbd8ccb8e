package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Ledger;
import org.junit.jupiter.api.Test;

/// Where an app with data is fixed (rule `lock-first`).
class LockTest {

    @Test
    void on_one_node_an_app_is_locked_to_it() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "");
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n1");
        assertThat(world.swarm.live().service("db").orElseThrow().lockedNode()).contains("n1");
        assertThat(world.glance().isEmpty()).isTrue();
    }

    @Test
    void the_file_names_the_node_by_hostname_or_id() {
        var world = SimulatedCluster.of(3).db("a", "a-data", "node: w3").db("b", "b-data", "node: n2");
        world.run();
        assertThat(world.runsOn("a")).isEqualTo("n3");
        assertThat(world.runsOn("b")).isEqualTo("n2");
    }

    @Test
    void new_apps_go_to_the_node_with_the_fewest_locked_apps() {
        var world = SimulatedCluster.of(3)
                .db("a", "a-data", "")
                .db("b", "b-data", "")
                .db("c", "c-data", "");
        world.run();
        assertThat(world.runsOn("a") + world.runsOn("b") + world.runsOn("c")).isEqualTo("n1n2n3");
        world.db("a2", "a2-data", "node: w1").run();
        world.db("d", "d-data", "").run();
        assertThat(world.runsOn("d")).isEqualTo("n2");
    }

    @Test
    void a_service_that_vanished_comes_back_where_the_ledger_knows_its_data() {
        var world = SimulatedCluster.of(3).db("db", "db-data", "node: w3");
        world.run();
        world.swarm.remove("db");
        world.db("db", "db-data", "").run();
        assertThat(world.runsOn("db")).isEqualTo("n3");
    }

    @Test
    void after_a_move_a_vanished_service_comes_back_where_it_was_last() {
        var world = SimulatedCluster.of(2).db("db", "db-data", "node: w1");
        world.run();
        world.db("db", "db-data", "node: w2\nleave_data_on: w1").run();
        world.swarm.remove("db");
        world.db("db", "db-data", "");
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n2");
    }

    @Test
    void data_that_a_look_finds_decides() {
        var world = SimulatedCluster.of(3).db("db", "db-data", "");
        world.swarm.disks.volume("n2", "db-data", java.util.Map.of("dev.holdfast.cluster", "default"));
        world.run();
        assertThat(world.runsOn("db")).isEqualTo("n2");
    }

    @Test
    void data_on_several_nodes_is_a_hold_that_names_them() {
        var world = SimulatedCluster.of(3).db("db", "db-data", "");
        world.swarm.disks.volume("n2", "db-data", java.util.Map.of());
        world.swarm.disks.volume("n3", "db-data", java.util.Map.of());
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db data-on-several-nodes");
        assertThat(plan.holds().getFirst().message()).contains("w2").contains("w3");
        assertThat(world.swarm.has("db")).isFalse();
    }

    @Test
    void a_node_that_cannot_be_seen_is_never_taken_for_empty() {
        var world = SimulatedCluster.of(3).db("db", "db-data", "").down("n3");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db data-unknown");
        world.db("db", "db-data", "node: w1");
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
    }

    @Test
    void an_unknown_node_is_a_hold_that_lists_the_known_ones() {
        var world = SimulatedCluster.of(2).db("db", "db-data", "node: w9");
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db node-unknown");
        assertThat(plan.holds().getFirst().allow()).contains("w1, w2");
        assertThat(plan.holds().getFirst().message()).contains("did you mean \"w1\"?");
        assertThat(world.db("db", "db-data", "node: W2.example.org")
                        .run()
                        .holds()
                        .getFirst()
                        .message())
                .contains("did you mean \"w2\"?");
    }

    @Test
    void two_ready_nodes_of_one_name_are_ambiguous_but_one_that_is_down_does_not_count() {
        var world = SimulatedCluster.of(2).db("db", "db-data", "node: w1");
        world.swarm.node("n9", "w1", "down", "active");
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n1");
        world.swarm.node("n9", "w1", "ready", "active");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db node-ambiguous");
    }

    @Test
    void a_node_that_does_not_meet_the_apps_constraints_is_a_hold() {
        var world = SimulatedCluster.of(1).app("db", """
            deploy: {placement: {constraints: ["node.labels.disk == ssd"]}}
            persistent: {node: w1, directories: ["db-data:/data"]}
            """);
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db node-unfit");
    }

    @Test
    void without_a_look_nothing_is_held_but_the_plan_says_what_apply_looks_at() {
        var world = SimulatedCluster.of(3).db("db", "db-data", "");
        var plan = world.glance();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.warnings()).extracting(Warning::code).contains(WarningCode.LOOKS_FIRST);
    }

    @Test
    void a_lost_ledger_grows_back_from_live_services() {
        var world = SimulatedCluster.of(3).db("db", "db-data", "node: w2");
        world.run();
        var before = world.ledger.claims();
        world.ledger = Ledger.empty("default", world.ledger.nameKey());
        world.run();
        assertThat(world.ledger.claims()).hasSameSizeAs(before);
        assertThat(world.ledger.claims().getFirst().node()).isEqualTo("n2");
        assertThat(world.runsOn("db")).isEqualTo("n2");
    }

    @Test
    void a_lost_ledger_remembers_what_the_last_move_left_behind() {
        var world = SimulatedCluster.of(2).db("db", "db-data", "node: w1");
        world.run();
        world.db("db", "db-data", "node: w2\nleave_data_on: w1").run();
        assertThat(world.orphans()).containsExactly("volume:db-data@n1");
        world.ledger = Ledger.empty("default", world.ledger.nameKey());
        world.db("db", "db-data", "node: w2").run();
        assertThat(world.orphans()).containsExactly("volume:db-data@n1");
    }
}

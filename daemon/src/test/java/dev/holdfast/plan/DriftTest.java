package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Resources;
import dev.holdfast.live.Task;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What people do by hand, and services that were there before (rules `ask-to-adopt`, `hand-changes`).
class DriftTest {

    private final SimulatedCluster world = SimulatedCluster.of(3);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void drift_is_put_back() {
        world.db("db", "db-data", "node: w1").run();
        world.byHand(
                "db", spec -> spec.withArray("/TaskTemplate/ContainerSpec/Env").add("A=b"));
        assertThat(world.statuses().getFirst().sync()).isEqualTo(AppStatus.Sync.DRIFTED);
        assertThat(SimulatedCluster.changes(world.run())).containsExactly("update service db");
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void a_second_task_that_waits_for_its_turn_does_not_get_it_while_the_first_one_ends() {
        world.db("db", "db-data", "node: w1").run();
        world.byHand("db", spec -> spec.withObject("/UpdateConfig").put("Order", "start-first"));
        assertThat(((Change.UpdateService) world.glance().changes().getFirst()).stopFirst())
                .isFalse();
        var running = world.swarm.tasks.getFirst();
        world.swarm.tasks.add(new Task(
                "waits",
                running.serviceId(),
                "",
                2,
                "pending",
                "running",
                "no suitable node (max replicas per node limit exceed)",
                running.timestamp(),
                running.createdAt(),
                "",
                running.mounts(),
                running.spec(),
                Resources.NONE,
                Set.of()));
        var update = (Change.UpdateService) world.glance().changes().getFirst();
        assertThat(update.stopFirst()).isTrue();
        assertThat(update.restarts()).isTrue();
    }

    @Test
    void drift_that_moves_data_is_held_and_entered_in_the_ledger() {
        world.db("db", "db-data", "node: w1").run();
        world.byHand(
                "db",
                spec -> spec.withArray("/TaskTemplate/Placement/Constraints")
                        .removeAll()
                        .add("node.id==n2"));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db drift-moves-data");
        assertThat(world.runsOn("db")).isEqualTo("n2");
        assertThat(world.ledger.claims()).extracting(claim -> claim.node()).containsExactly("n1", "n2");
        assertThat(world.orphans()).isEmpty();
        assertThat(SimulatedCluster.holds(world.db("db", "db-data", "node: w2").run()))
                .containsExactly("db moves-data");
        assertThat(world.db("db", "db-data", "node: w2\nleave_data_on: w1")
                        .run()
                        .holds())
                .isEmpty();
        assertThat(world.orphans()).containsExactly("volume:db-data@n1");
    }

    @Test
    void another_volume_mounted_by_hand_is_held_and_entered_in_the_ledger() {
        world.db("db", "db-data", "node: w1").run();
        world.byHand(
                "db", spec -> ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec/Mounts/0")).put("Source", "restored"));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db drift-moves-data");
        assertThat(world.ledger.claims()).extracting(claim -> claim.name()).containsExactly("db-data", "restored");
    }

    @Test
    void another_target_by_hand_is_held_until_the_file_says_the_same() {
        world.db("db", "db-data", "node: w1").run();
        world.byHand(
                "db", spec -> ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec/Mounts/0")).put("Target", "/rescue"));
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db drift-moves-data");
        assertThat(plan.holds().getFirst().message())
                .contains("it has db-data:/rescue on w1", "given db-data:/data on w1");
        assertThat(plan.holds().getFirst().allow())
                .startsWith("persistent: { node: w1, directories: [db-data:/rescue] }");
        assertThat(world.app("db", "persistent: {node: w1, directories: ['db-data:/rescue']}\n")
                        .run()
                        .holds())
                .isEmpty();
        assertThat(world.run().changes()).isEmpty();
        assertThat(world.db("db", "db-data", "node: w1").run().holds())
                .as("a commit may change it")
                .isEmpty();
    }

    @Test
    void where_swarm_put_an_app_whose_lock_was_taken_away_is_remembered() {
        world.db("db", "db-data", "node: w3").run();
        world.byHand(
                "db",
                spec -> spec.withArray("/TaskTemplate/Placement/Constraints").removeAll());
        assertThat(world.runsOn("db")).isEqualTo("n1");
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db drift-moves-data");
        assertThat(plan.holds().getFirst().allow())
                .startsWith("persistent: { node: w1, leave_data_on: w3, directories: [db-data:/data] }");
        assertThat(world.ledger.claims()).extracting(claim -> claim.node()).containsExactly("n1", "n3");
        assertThat(world.orphans()).isEmpty();
        world.app("db", "persistent: { node: w1, leave_data_on: w3, directories: [db-data:/data] }\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.orphans()).containsExactly("volume:db-data@n3");
    }

    @Test
    void where_a_hand_moved_an_app_that_its_file_leaves_open_is_told_at_once() {
        world.db("db", "db-data", "").run();
        var there = world.runsOn("db");
        var elsewhere = there.equals("n2") ? "n3" : "n2";
        world.byHand(
                "db",
                spec -> spec.withArray("/TaskTemplate/Placement/Constraints")
                        .removeAll()
                        .add("node.hostname==" + elsewhere.replace('n', 'w')));
        world.run();
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db drift-moves-data");
        assertThat(plan.holds().getFirst().allow())
                .contains("node: " + elsewhere.replace('n', 'w'), "leave_data_on: " + there.replace('n', 'w'));
    }

    @Test
    void another_apps_volume_mounted_by_hand_is_told_to_both_and_cannot_be_kept() {
        world.db("db", "db-data", "node: w1").db("other", "o-data", "node: w1");
        world.run();
        world.byHand(
                "db",
                spec -> spec.withArray("/TaskTemplate/ContainerSpec/Mounts")
                        .addObject()
                        .put("Type", "volume")
                        .put("Source", "o-data")
                        .put("Target", "/d9"));
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db drift-moves-data");
        assertThat(plan.holds().getFirst().message()).contains("belongs to other");
        assertThat(plan.holds().getFirst().allow()).isEqualTo("docker service update --mount-rm /d9 db");
        assertThat(SimulatedCluster.warnings(plan)).containsExactly("other written-by-two");
        assertThat(world.swarm.violations).as("the hand's doing").hasSize(1);
        world.swarm.violations.clear();
    }

    @Test
    void all_mounts_taken_off_by_hand_is_held_until_the_file_leaves_them() {
        world.db("db", "db-data", "node: w1").run();
        world.byHand("db", spec -> ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec")).remove("Mounts"));
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db drift-moves-data");
        assertThat(plan.holds().getFirst().allow()).startsWith("persistent: { node: w1, leave: [db-data] }");
        world.app("db", "persistent: { node: w1, leave: [db-data] }\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.orphans()).containsExactly("volume:db-data@n1");
        assertThat(world.run().changes()).isEmpty();
    }

    @Test
    void a_rollback_to_other_data_is_held_and_one_to_another_image_is_put_back() {
        world.db("db", "one", "node: w1").db("other", "o-data", "node: w1").run();
        world.db("db", "two", "node: w1\nleave: [one]").run();
        world.app("other", "environment: {A: b}\npersistent: {node: w1, directories: ['o-data:/data']}\n")
                .run();
        world.swarm.rollback("db");
        world.swarm.rollback("other");
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db drift-moves-data");
        assertThat(plan.holds().getFirst().message()).contains("rolled back", "one:/data on w1");
        assertThat(SimulatedCluster.changes(plan)).containsExactly("update service other");
        assertThat(world.db("db", "one", "node: w1").run().holds()).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n1");
        assertThat(world.orphans()).containsExactly("volume:two@n1");
    }

    @Test
    void the_words_for_a_change_by_hand_are_those_that_keep_it() {
        world.db("moved", "m-data", "node: w1")
                .db("other", "o-data", "node: w1")
                .db("free", "f-data", "node: w1");
        world.run();
        world.byHand(
                "moved",
                spec -> spec.withArray("/TaskTemplate/Placement/Constraints")
                        .removeAll()
                        .add("node.id==n2"));
        world.byHand(
                "other", spec -> ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec/Mounts/0")).put("Source", "new"));
        world.byHand(
                "free",
                spec -> spec.withArray("/TaskTemplate/Placement/Constraints").removeAll());
        assertThat(world.run().holds())
                .extracting(Hold::allow)
                .satisfiesExactly(
                        free -> assertThat(free).isEqualTo("docker service update --constraint-add node.id==n1 free"),
                        moved -> assertThat(moved)
                                .startsWith("persistent: { node: w2, leave_data_on: w1, directories: [m-data:/data] }"),
                        other -> assertThat(other)
                                .startsWith("persistent: { node: w1, leave: [o-data], directories: [new:/data] }"));
        world.app("moved", "persistent: { node: w2, leave_data_on: w1, directories: [m-data:/data] }\n");
        world.app("other", "persistent: { node: w1, leave: [o-data], directories: [new:/data] }\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("free drift-moves-data");
        assertThat(world.orphans()).containsExactly("volume:m-data@n1", "volume:o-data@n1");
    }

    @Test
    void a_paused_app_is_not_written_to() {
        world.db("db", "db-data", "node: w1").run();
        world.byHand("db", spec -> {
            spec.withObject("/Labels").put("dev.holdfast.pause", "fsck");
            spec.withObject("/Mode/Replicated").put("Replicas", 0);
        });
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db paused");
        assertThat(SimulatedCluster.holds(world.down("n1").run())).containsExactly("db paused");
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void scaling_by_hand_is_left_alone_where_the_file_says_so() {
        world.app("web", "ignore_drift: [replicas]\n").app("api", "").run();
        world.byHand("web", spec -> spec.withObject("/Mode/Replicated").put("Replicas", 3));
        world.byHand("api", spec -> spec.withObject("/Mode/Replicated").put("Replicas", 3));
        assertThat(SimulatedCluster.changes(world.run())).containsExactly("update service api");
    }

    @Test
    void a_service_of_docker_stack_deploy_is_not_taken_over_silently() {
        world.stackDeployed("db", "db-data", "n2").db("db", "db-data", "");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db not-ours");
    }

    @Test
    void adoption_restarts_nothing_and_locks_the_app_where_it_runs() {
        world.stackDeployed("db", "db-data", "n2");
        world.swarm.disks.volume("n1", "db-data", Map.of());
        var task = world.swarm.tasks.getFirst().id();
        var plan = world.app("db", "adopt: true\npersistent: {directories: ['db-data:/data']}\n")
                .run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes()).hasSize(1);
        assertThat(plan.changes().getFirst().restarts()).isFalse();
        assertThat(world.swarm.tasks.getFirst().id()).isEqualTo(task);
        assertThat(world.swarm.live().service("db").orElseThrow().lockedNode()).contains("n2");
        assertThat(world.run().changes()).isEmpty();
    }

    @Test
    void adoption_moves_nothing_away_from_its_data() {
        world.stackDeployed("db", "db-data", "n2");
        world.app("db", "adopt: true\npersistent: {node: w1, directories: ['db-data:/data']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db moves-data");
    }

    @Test
    void a_service_with_data_on_several_nodes_is_told_what_it_can_do() {
        world.stackDeployed("db", "db-data", "n2");
        world.app("db", "adopt: true\npersistent: {directories: ['db-data:/data']}\n");
        world.byHand("db", spec -> spec.withObject("/Mode/Replicated").put("Replicas", 3));
        assertThat(world.plan().holds().getFirst().allow())
                .isEqualTo("docker service scale db=1   # keep the instance whose data counts");
        world.byHand("db", spec -> {
            spec.withObject("/Mode").removeAll();
            spec.withObject("/Mode").putObject("Global");
        });
        var hold = world.plan().holds().getFirst();
        assertThat(hold.code()).isEqualTo(HoldCode.DATA_ON_SEVERAL_NODES);
        assertThat(hold.allow()).isEqualTo("""
            deploy: { mode: global }
            persistent: { each_node: true }   # if every node has data of its own; or:
            docker service update --constraint-add node.hostname==NODE db   # keep the instance whose data counts\
            """);
    }

    @Test
    void a_service_of_another_cluster_is_never_adopted() {
        world.stackDeployed("db", "db-data", "n2");
        world.byHand("db", spec -> spec.withObject("/Labels").put("dev.holdfast.cluster", "other"));
        world.app("db", "adopt: true\npersistent: {directories: ['db-data:/data']}\n");
        assertThat(SimulatedCluster.holds(world.run())).contains("db not-ours");
    }

    @Test
    void a_failed_app_is_tried_again_only_when_its_file_changes_or_a_person_asks() {
        world.swarm.failing.add("db");
        world.db("db", "db-data", "node: w1").run();
        var plan = world.run();
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.failed()).extracting(Plan.Failed::app).containsExactly("db");
        assertThat(world.statuses().getFirst().sync()).isEqualTo(AppStatus.Sync.FAILED);
        world.choices = new Situation.Choices(Set.of("db"), false);
        var retry = (Change.UpdateService) world.run().changes().getFirst();
        assertThat(retry.restarts()).isTrue();
        assertThat(retry.stopFirst()).isTrue();
        world.app("db", "environment: {A: b}\npersistent: {node: w1, directories: ['db-data:/data']}\n");
        assertThat(SimulatedCluster.changes(world.plan())).containsExactly("update service db");
        world.swarm.failing.clear();
        world.run();
        assertThat(world.ledger.failures()).isEmpty();
    }

    @Test
    void a_persistent_app_that_is_made_anew_gets_the_image_that_it_had() {
        world.db("db", "db-data", "node: w1").run();
        var pinned = "db:1@sha256:" + "b".repeat(64);
        world.byHand(
                "db", spec -> spec.withObject("/TaskTemplate/ContainerSpec").put("Image", pinned));
        world.run();
        assertThat(world.ledger.images()).containsEntry("db", new Ledger.Pin("db:1", pinned));
        world.swarm.remove("db");
        world.run();
        assertThat(world.swarm
                        .spec("db")
                        .at("/TaskTemplate/ContainerSpec/Image")
                        .asText())
                .isEqualTo(pinned);
    }
}

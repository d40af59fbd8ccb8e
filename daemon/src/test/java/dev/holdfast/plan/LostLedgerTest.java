package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Somebody removes what Holdfast remembers.
class LostLedgerTest {

    @Test
    void it_grows_back_from_services_and_from_volumes_and_says_what_is_not_known_any_more() {
        var world = SimulatedCluster.of(2).db("db", "db-data", "").db("old", "old-data", "");
        world.run();
        world.without("old").run();
        assertThat(world.orphans()).containsExactly("volume:old-data@n2");
        world.swarm.disks.volume("n2", "foreign", Map.of());
        world.swarm.disks.volume("n2", "others", Map.of(Labels.CLUSTER, "other"));

        world.ledger = Ledger.empty("default", "key");
        assertThat(world.glance().warnings())
                .extracting(Warning::code)
                .contains(WarningCode.LOOKS_FIRST, WarningCode.LEDGER_LOST);
        var plan = world.run();
        assertThat(SimulatedCluster.warnings(plan)).containsExactly("ledger-lost");
        assertThat(plan.warnings()).anyMatch(w -> w.message().contains("who gave up which volume"));
        assertThat(plan.changes()).isEmpty();
        assertThat(world.orphans()).containsExactly("volume:old-data@n2");
        assertThat(world.ledger.claims()).extracting(Claim::name).containsExactly("db-data", "old-data");
        assertThat(SimulatedCluster.warnings(world.run())).isEmpty();
    }

    @Test
    void an_app_that_changes_while_it_is_lost_keeps_its_volume() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "node: w1");
        world.run();
        world.ledger = Ledger.empty("default", "a2V5");
        world.app("db", "environment: {A: b}\npersistent: {node: w1, directories: ['db-data:/data']}\n");
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
        assertThat(world.ledger.claims()).extracting(Claim::identity).doesNotContainNull();
        assertThat(world.run().changes()).isEmpty();
    }

    @Test
    void a_volume_that_a_live_service_must_have_had_is_missing_and_not_new() {
        var world = SimulatedCluster.of(1)
                .app("db", "deploy: {replicas: 0}\npersistent: {directories: ['db-data:/data']}\n");
        world.run();
        world.ledger = Ledger.empty("default", "a2V5");
        world.app("db", "persistent: {directories: ['db-data:/data']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db volume-missing");
        assertThat(SimulatedCluster.holds(world.run()))
                .as("with the ledger that has grown back")
                .containsExactly("db volume-missing");
        world.ledger = world.ledger.without(world.ledger.claims().getFirst().key());
        assertThat(world.run().holds()).as("struck from it by a person").isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n1");
    }

    @Test
    void what_the_specs_before_say_of_a_node_that_is_gone_is_nobodys_orphan() {
        var world = SimulatedCluster.of(2).db("db", "db-data", "node: w1");
        world.run();
        world.look();
        world.db("db", "db-data", "node: w2\nleave_data_on: w1").run();
        world.swarm.nodes.remove("n1");
        world.ledger = Ledger.empty("default", "a2V5");
        world.db("db", "db-data", "node: w2").run();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_claim_that_a_person_struck_does_not_grow_back() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "").db("old", "old-data", "");
        world.run();
        world.without("old").run();
        world.ledger = world.ledger.without(new Claim.Key(Claim.Kind.VOLUME, "old-data", "n1"));
        world.db("more", "more-data", "").run();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void nodes_that_could_not_be_looked_at_are_named() {
        var world = SimulatedCluster.of(2).app("web", "");
        world.run();
        world.ledger = Ledger.empty("default", "key");
        world.down("n2");
        assertThat(world.run().warnings()).anyMatch(w -> w.message().contains("on w2"));
    }

    @Test
    void a_new_cluster_has_lost_nothing() {
        var world = SimulatedCluster.of(1).app("web", "");
        world.stackDeployed("shop_db", "shop_data", "n1");
        assertThat(SimulatedCluster.warnings(world.glance())).isEmpty();
    }
}

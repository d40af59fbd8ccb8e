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
        var world = World.of(2).db("db", "db-data", "").db("old", "old-data", "");
        world.run();
        world.without("old").run();
        assertThat(world.orphans()).containsExactly("volume:old-data@n2");
        world.swarm.volume("n2", "foreign", Map.of());
        world.swarm.volume("n2", "others", Map.of(Labels.CLUSTER, "other"));

        world.ledger = Ledger.empty("default", "key");
        assertThat(world.glance().warnings()).extracting(Warning::code).contains(Planner.TO_LOOK, LostLedger.CODE);
        var plan = world.run();
        assertThat(World.warnings(plan)).containsExactly("ledger-lost");
        assertThat(plan.warnings()).anyMatch(w -> w.message().contains("who gave up which volume"));
        assertThat(plan.changes()).isEmpty();
        assertThat(world.orphans()).containsExactly("volume:old-data@n2");
        assertThat(world.ledger.claims()).extracting(Claim::name).containsExactly("db-data", "old-data");
        assertThat(World.warnings(world.run())).isEmpty();
    }

    @Test
    void a_claim_that_a_person_struck_does_not_grow_back() {
        var world = World.of(1).db("db", "db-data", "").db("old", "old-data", "");
        world.run();
        world.without("old").run();
        world.ledger = world.ledger.without(new Claim.Key(Claim.Kind.VOLUME, "old-data", "n1"));
        world.db("more", "more-data", "").run();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void nodes_that_could_not_be_looked_at_are_named() {
        var world = World.of(2).app("web", "");
        world.run();
        world.ledger = Ledger.empty("default", "key");
        world.down("n2");
        assertThat(world.run().warnings()).anyMatch(w -> w.message().contains("on w2"));
    }

    @Test
    void a_new_cluster_has_lost_nothing() {
        var world = World.of(1).app("web", "");
        world.stackDeployed("shop_db", "shop_data", "n1");
        assertThat(World.warnings(world.glance())).isEmpty();
    }
}

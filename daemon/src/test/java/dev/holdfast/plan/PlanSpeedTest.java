package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Claim;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Planning is quick enough to be done at every event. The bounds are wide, for busy machines; what they rule out is
/// work that grows with the square of the number of apps.
class PlanSpeedTest {

    private static final int APPS = 1000;

    private static SimulatedCluster thousand() {
        var world = SimulatedCluster.of(3);
        for (var i = 0; i < APPS; i++) {
            world.db("app-" + i, "data-" + i, "node: w" + (i % 3 + 1));
        }
        return world;
    }

    @Test
    void a_ledger_of_ten_thousand_claims_does_not_make_it_slow() {
        var world = SimulatedCluster.of(3);
        for (var i = 0; i < 100; i++) {
            world.db("app-" + i, "data-" + i, "");
        }
        var claims = new ArrayList<Claim>();
        for (var i = 0; i < 10_000; i++) {
            claims.add(new Claim(
                    Claim.Kind.VOLUME,
                    "old-" + i,
                    "n" + (i % 3 + 1),
                    "w" + (i % 3 + 1),
                    "old-" + i,
                    "/data",
                    false,
                    "made",
                    i % 2 == 0 ? new Claim.GivenUp(SimulatedCluster.NOW, null) : null));
        }
        world.ledger = world.ledger.withClaims(claims);
        assertThat(world.isPlannedWithin(Duration.ofSeconds(5))).isTrue();
        world.run();
        assertThat(world.orphans()).hasSize(10_000);
    }

    @Test
    void a_thousand_apps_are_planned_in_a_moment() {
        var world = thousand();
        world.run();
        assertThat(world.isPlannedWithin(Duration.ofSeconds(5))).isTrue();
        assertThat(world.glance().changes()).isEmpty();
        for (var i = 0; i < APPS; i++) {
            world.without("app-" + i).db("new-" + i, "data-" + i, "node: w" + (i % 3 + 1));
        }
        assertThat(world.isPlannedWithin(Duration.ofSeconds(10))).isTrue();
    }
}

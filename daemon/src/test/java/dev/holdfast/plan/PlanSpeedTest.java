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

    /// The same thousand services, once as app files and once as a hundred stacks of ten.
    @Test
    void a_hundred_stacks_of_ten_services_take_about_as_long_as_a_thousand_app_files() {
        var apps = SimulatedCluster.of(3);
        var stacks = SimulatedCluster.of(3);
        for (var i = 0; i < APPS / 10; i++) {
            var stack = new StringBuilder("services:\n");
            for (var k = 0; k < 10; k++) {
                var data = k == 0 ? "volumes: ['data:/data']" : "environment: { A: b }";
                stack.append("  s")
                        .append(k)
                        .append(": { image: 'a:1', ")
                        .append(data)
                        .append(" }\n");
                apps.app(
                        "a" + i + "-" + k,
                        k == 0 ? "persistent: { directories: ['d" + i + ":/data'] }\n" : "environment: { A: b }\n");
            }
            stacks.file("stacks/s" + i + ".yaml", stack + "volumes: { data: }\n");
        }
        apps.run();
        stacks.run();
        assertThat(stacks.glance().changes()).isEmpty();
        var limit = apps.readingAndPlanning().multipliedBy(2).plusMillis(500);
        assertThat(stacks.readingAndPlanning()).isLessThan(limit);
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

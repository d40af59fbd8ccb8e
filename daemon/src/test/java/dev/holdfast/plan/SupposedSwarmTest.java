package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.survey.Survey;
import org.junit.jupiter.api.Test;

/// What will be there once a plan of a real Swarm was applied.
class SupposedSwarmTest {

    private static Situation then(SimulatedCluster world) {
        return SupposedSwarm.applied(world.situation(Survey.NONE, false), world.glance());
    }

    @Test
    void what_a_removed_app_had_belongs_to_nobody_then_and_no_task_of_it_uses_it() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "").db("wiki", "pages", "");
        world.run();
        var then = then(world.without("db"));
        assertThat(Planner.plan(then).ledger().claims())
                .filteredOn(claim -> claim.givenUp() != null)
                .extracting(claim -> claim.name())
                .containsExactly("db-data");
        assertThat(then.live().tasks())
                .flatExtracting(task -> task.mounts())
                .extracting(mount -> mount.source())
                .containsExactly("pages");
    }

    @Test
    void what_a_held_app_has_stays_its_own() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "");
        world.run();
        var then = then(world.db("db", "other", ""));
        assertThat(Planner.plan(then).ledger().claims()).noneMatch(claim -> claim.givenUp() != null);
    }
}

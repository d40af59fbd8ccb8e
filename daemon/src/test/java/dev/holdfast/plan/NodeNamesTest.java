package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.spec.FieldChange;
import dev.holdfast.survey.Survey;
import org.junit.jupiter.api.Test;

class NodeNamesTest {

    private static Plan told(SimulatedCluster world) {
        return ReadablePlan.in(world.situation(Survey.NONE, false), world.glance());
    }

    @Test
    void a_move_names_the_nodes_as_files_do_whether_it_waits_or_not() {
        var world = SimulatedCluster.of(2).db("db", "data", "node: w1\n");
        world.run();
        var waits = told(world.db("db", "data", "node: w2\n"));
        assertThat(waits.holds())
                .flatExtracting(Hold::waiting)
                .contains(new FieldChange("persistent.node", "w1", "w2", true));
        var goes = told(world.db("db", "data", "node: w2\nleave_data_on: w1\n"));
        assertThat(goes.changes())
                .flatExtracting(Change::fields)
                .contains(new FieldChange("persistent.node", "w1", "w2", true));
    }

    @Test
    void a_hostname_that_two_nodes_have_says_nothing() {
        var world = SimulatedCluster.of(2).db("db", "data", "node: n1\n");
        world.run();
        world.swarm.node("n2", "w1", "ready", "active");
        assertThat(told(world.db("db", "data", "node: n2\n")).holds())
                .flatExtracting(Hold::waiting)
                .contains(new FieldChange("persistent.node", "n1", "n2", true));
    }
}

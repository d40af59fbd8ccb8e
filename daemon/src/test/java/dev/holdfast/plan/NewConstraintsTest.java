package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.survey.Survey;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What becomes of an app's instances on nodes that do not satisfy its new constraints.
class NewConstraintsTest {

    private static final String CONSTRAINED = "placement: {constraints: [node.labels.disk == ssd]}";

    private static App app(SimulatedCluster world) {
        return world.desired().apps().stream().map(DeclaredApp::app).findFirst().orElseThrow();
    }

    private static Warning warning(String mode) {
        var world = SimulatedCluster.of(2).app("agent", "deploy: {" + mode + "}\n");
        world.run();
        var before = app(world);
        world.app("agent", "deploy: {" + mode + ", " + CONSTRAINED + "}\n");
        return new NewConstraints(world.glance(), app(world), before)
                .warning(world.situation(Survey.NONE, false))
                .orElseThrow();
    }

    @Test
    void those_of_a_global_app_stop_and_move_nowhere() {
        var warning = warning("mode: global");
        assertThat(warning.depends()).isNull();
        assertThat(warning.message())
                .contains("its instances on other nodes stop")
                .doesNotContain("elsewhere");
    }

    @Test
    void those_of_others_start_again_elsewhere() {
        var warning = warning("replicas: 2");
        assertThat(Objects.requireNonNull(warning.depends()).words())
                .startsWith("only instances whose node does not satisfy");
        assertThat(warning.message()).contains("start again elsewhere");
    }
}

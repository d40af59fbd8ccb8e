package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.registry.Answer;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.survey.Survey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An app with data is not stopped for an image that cannot be had; unknown is neither present nor absent.
class NewImagesTest {

    private final SimulatedCluster world =
            SimulatedCluster.of(2).db("db", "db-data", "node: w2").app("web", "");

    @BeforeEach
    void running() {
        world.run();
        world.file("apps/db.yaml", "name: db\nimage: db:2\npersistent: {node: w2, directories: ['db-data:/data']}\n");
    }

    /// As a run does: with a look, where the nodes answer about images.
    private Plan plan(Map<String, Boolean> onTheNode, boolean seen) {
        var nodes = new HashMap<String, Survey.NodeSurvey>();
        world.look().nodes().forEach((id, node) -> {
            if (seen || !id.equals("n2")) {
                nodes.put(
                        id,
                        new Survey.NodeSurvey(
                                node.node(),
                                node.at(),
                                node.dockerRoot(),
                                node.volumes(),
                                node.paths(),
                                node.containers(),
                                onTheNode));
            }
        });
        return Planner.plan(world.situation(new Survey(nodes, null), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // registry | on its node | the node was looked at | hold or warning
                "given   | no  | yes | -",
                "given   | no  | no  | -",
                "refused | yes | yes | -",
                "unknown | yes | yes | -",
                "refused | no  | yes | hold",
                "unknown | no  | yes | hold",
                "refused | no  | no  | hold",
                "unknown | no  | no  | warning",
            })
    void what_runs_is_stopped_only_for_an_image_that_can_be_had(
            String registry, String onNode, String seen, String expected) {
        world.answers.put("db:2", answer(registry));
        var plan = plan(Map.of("db:2", onNode.equals("yes")), seen.equals("yes"));
        assertThat(SimulatedCluster.holds(plan))
                .isEqualTo("hold".equals(expected) ? List.of("db image-missing") : List.of());
        assertThat(SimulatedCluster.warnings(plan))
                .isEqualTo("warning".equals(expected) ? List.of("db image-unresolved") : List.of());
    }

    private static Answer answer(String registry) {
        return switch (registry) {
            case "given" -> new Answer.Given("sha256:" + "0".repeat(64));
            case "refused" -> new Answer.Refused("manifest unknown");
            default -> new Answer.Unknown("connection refused");
        };
    }

    @Test
    void the_hold_says_where_it_is_missing_and_what_to_do() {
        world.answers.put("db:2", answer("refused"));
        var hold = plan(Map.of("db:2", false), true).holds().getFirst();
        assertThat(hold.message()).contains("image db:2", "w2", "manifest unknown", "stay down");
        assertThat(hold.allow()).contains("docker pull db:2   # on w2");
        assertThat(hold.waiting()).extracting(FieldChange::path).contains("image");
    }

    @Test
    void a_plan_without_a_look_holds_only_what_the_manager_itself_knows() {
        world.answers.put("db:2", answer("refused"));
        var plan = world.glance();
        assertThat(SimulatedCluster.holds(plan)).isEmpty();
        assertThat(plan.warnings())
                .filteredOn(w -> w.code() == WarningCode.IMAGE_UNRESOLVED)
                .singleElement()
                .extracting(Warning::message)
                .asString()
                .contains("apply will first look whether w2 has it");
        assertThat(plan.depends("db")).containsExactly("held if w2 does not have image db:2");
        assertThat(Prospect.of(plan, List.of()))
                .extracting(Prospect::exit, Prospect::mayFail, Prospect::mayBeHeld)
                .containsExactly(0, List.of(), List.of("db"));

        var own = SimulatedCluster.of(1).db("db", "db-data", "");
        own.run();
        own.file("apps/db.yaml", "name: db\nimage: db:2\npersistent: {directories: ['db-data:/data']}\n");
        own.answers.put("db:2", answer("unknown"));
        own.there.put("db:2", false);
        assertThat(SimulatedCluster.holds(own.glance())).containsExactly("db image-missing");
        own.there.put("db:2", true);
        assertThat(SimulatedCluster.holds(own.glance())).isEmpty();
    }

    @Test
    void it_is_asked_for_just_what_would_be_stopped() {
        world.app("web", "environment: {A: b}\n");
        var situation = world.situation(Survey.NONE, false);
        assertThat(NewImages.toAsk(world.glance(), situation)).containsExactly("db:2");
        assertThat(NewImages.in(world.glance(), situation)).containsExactly("db:2");
        world.file("apps/web.yaml", "name: web\nimage: web:2\n").file("apps/new.yaml", "name: new\nimage: new:1\n");
        situation = world.situation(Survey.NONE, false);
        assertThat(NewImages.toAsk(world.glance(), situation)).containsExactly("db:2");
        assertThat(NewImages.in(world.glance(), situation)).containsExactly("db:2", "new:1", "web:2");
        world.answers.put("db:2", answer("given"));
        assertThat(NewImages.toAsk(world.glance(), world.situation(Survey.NONE, false)))
                .isEmpty();
    }

    @Test
    void others_are_warned_of() {
        world.file("apps/web.yaml", "name: web\nimage: web:2\n");
        world.answers.put("web:2", answer("refused"));
        world.answers.put("db:2", answer("given"));
        assertThat(SimulatedCluster.warnings(world.glance())).containsExactly("web image-unresolved");
        world.there.put("web:2", true);
        assertThat(SimulatedCluster.warnings(world.glance())).isEmpty();
    }

    @Test
    void the_giver_of_data_is_not_stopped_for_a_taker_without_an_image() {
        world.answers.put("new:1", answer("refused"));
        world.without("db").app("new", "persistent: {node: w2, directories: ['db-data:/data']}\n");
        var plan = plan(Map.of("new:1", false), true);
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db taker-held", "new image-missing");
    }
}

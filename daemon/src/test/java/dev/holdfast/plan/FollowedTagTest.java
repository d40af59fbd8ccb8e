package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;
import dev.holdfast.registry.Answer;
import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.report.PlanText;
import dev.holdfast.report.Style;
import dev.holdfast.spec.FieldChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tags that move, and digests that people change by hand: a plan is of what registries have said, and asks none.
class FollowedTagTest {

    private static final String ONE = digest("1");
    private static final String TWO = digest("2");
    private static final String THREE = digest("3");
    private static final String FOLLOW = "image_policy: follow\n";

    private final SimulatedCluster world = SimulatedCluster.of(2);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    private static String digest(String digit) {
        return "sha256:" + digit.repeat(64);
    }

    private void given(String digest) {
        world.answers.put("web:1", new Answer.Given(digest));
    }

    private void away() {
        world.answers.put("web:1", new Answer.Unknown("connection refused. r could not be reached"));
    }

    private String image() {
        return world.swarm.spec("web").at("/TaskTemplate/ContainerSpec/Image").asText();
    }

    private void byHand(String image) {
        world.byHand("web", spec -> ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec")).put("Image", image));
    }

    private void runs(String policy) {
        given(ONE);
        world.app("web", policy).run();
        if (!image().contains("@")) {
            byHand("web:1@" + ONE); // as the executor resolves a tag that is pinned
            world.run();
        }
        assertThat(image()).isEqualTo("web:1@" + ONE);
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void a_moved_tag_is_rolled_out_once_and_keeps_the_commit_of_its_file() {
        runs(FOLLOW);
        var commit = world.swarm.spec("web").at("/Labels").path(Labels.COMMIT).asText();
        given(TWO);
        world.app("other", "");
        var plan = world.run();
        assertThat(plan.movedTags())
                .isEqualTo(Map.of("web", "tag moved: web:1 was sha256:111111111111, is sha256:222222222222"));
        assertThat(plan.changes())
                .filteredOn(change -> change.app().equals("web"))
                .flatExtracting(Change::fields)
                .extracting(FieldChange::path, FieldChange::after)
                .containsExactly(tuple("image", "web:1@" + TWO));
        assertThat(world.swarm.spec("web").at("/Labels").path(Labels.COMMIT).asText())
                .isEqualTo(commit);
        assertThat(world.glance().changes()).isEmpty();
        assertThat(world.glance().movedTags()).isEmpty();
    }

    @Test
    void a_pinned_tag_may_move_as_it_likes() {
        runs("");
        given(TWO);
        assertThat(world.run().changes()).isEmpty();
    }

    @Test
    void what_runs_stays_while_the_registry_is_away() {
        runs(FOLLOW);
        away();
        var plan = world.run();
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.warnings())
                .filteredOn(warning -> warning.code() == WarningCode.TAG_UNRESOLVED)
                .singleElement()
                .extracting(Warning::message)
                .asString()
                .contains("web:1", "connection refused", "It stays at sha256:111111111111");
    }

    @Test
    void a_digest_that_was_changed_by_hand_is_put_back_by_either_policy_even_while_the_registry_is_away() {
        for (var policy : List.of(FOLLOW, "")) {
            runs(policy);
            away();
            byHand("web:1@" + THREE);
            var plan = world.run();
            assertThat(plan.movedTags()).as("nobody's tag has moved").isEmpty();
            assertThat(image()).as(policy).isEqualTo("web:1@" + ONE);
            byHand("web:1");
            world.run();
            assertThat(image()).as("not pinned at all").isEqualTo("web:1@" + ONE);
        }
    }

    @Test
    void a_digest_that_failed_is_not_tried_again_until_the_tag_moves() {
        runs(FOLLOW);
        given(TWO);
        world.swarm.failing.add("web");
        world.run();
        world.swarm.failing.clear();
        byHand("web:1@" + ONE); // as Swarm rolls it back
        assertThat(world.run().failed()).extracting(Plan.Failed::app).containsExactly("web");
        away();
        assertThat(world.run().failed()).as("remembered meanwhile").hasSize(1);
        given(TWO);
        assertThat(world.run().changes()).isEmpty();
        assertThat(image()).as("rolled back").isEqualTo("web:1@" + ONE);
        given(THREE);
        assertThat(world.run().movedTags())
                .isEqualTo(Map.of("web", "tag moved: web:1 was sha256:111111111111, is sha256:333333333333"));
        assertThat(image()).isEqualTo("web:1@" + THREE);
    }

    @Test
    void an_app_with_data_is_stopped_first() {
        world.answers.put("db:1", new Answer.Given(ONE));
        world.file(
                "apps/db.yaml", "name: db\nimage: db:1\n" + FOLLOW + "persistent: {directories: ['db-data:/data']}\n");
        world.run();
        world.answers.put("db:1", new Answer.Given(TWO));
        var plan = world.glance();
        assertThat(plan.changes()).as(plan.toString()).hasSize(1);
        assertThat(((Change.UpdateService) plan.changes().getFirst()).stopFirst())
                .isTrue();
        world.run();
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void a_service_that_is_gone_is_made_anew_of_what_its_tag_means_now() {
        runs("");
        world.swarm.remove("web");
        world.run();
        assertThat(image()).isEqualTo("web:1");
    }

    @Test
    void a_digest_in_the_file_cannot_be_followed() {
        world.file("apps/web.yaml", "name: web\nimage: web:1@" + ONE + "\n" + FOLLOW)
                .run();
        given(TWO);
        assertThat(world.run().changes()).isEmpty();
    }

    @Test
    void reports_say_it_beside_the_update_and_not_among_the_warnings() {
        runs(FOLLOW);
        given(TWO);
        var plan = world.glance();
        var moved = "tag moved: web:1 was sha256:111111111111, is sha256:222222222222";
        assertThat(PlanText.of(plan, Style.PLAIN))
                .contains("~ update web", "      " + moved + "\n", "image: web:1@" + ONE + " → web:1@" + TWO)
                .doesNotContain("Warnings:");
        assertThat(PlanMarkdown.of(plan, List.of()))
                .contains("update: tag moved: ")
                .doesNotContain("#### Warnings");
        assertThat(Json.plan(plan).path("warnings").toString()).contains("\"code\":\"tag-moved\"", moved);
    }

    @Test
    void a_service_of_a_stack_follows_by_a_word_of_ours_or_by_a_label() {
        var file = "services:\n  web:\n    image: web:1\n    ";
        for (var words : List.of(
                "x-holdfast: { image_policy: follow }",
                "deploy: { labels: { dev.holdfast.image_policy: follow } }",
                "deploy: { labels: [dev.holdfast.image_policy=pinned] }\n    x-holdfast: { image_policy: follow }")) {
            assertThat(world.file("stacks/shop.yaml", file + words + "\n")
                            .desired()
                            .apps())
                    .as(words)
                    .singleElement()
                    .matches(declared -> declared.app().followsTag());
        }
        assertThat(world.file("stacks/shop.yaml", file + "deploy: { labels: { a: b } }\n")
                        .desired()
                        .apps())
                .noneMatch(declared -> declared.app().followsTag());
        assertThat(world.file("stacks/shop.yaml", file + "deploy: { labels: { dev.holdfast.image_policy: always } }\n")
                        .desired()
                        .problems())
                .singleElement()
                .asString()
                .contains("dev.holdfast.image_policy must be pinned or follow");
    }
}

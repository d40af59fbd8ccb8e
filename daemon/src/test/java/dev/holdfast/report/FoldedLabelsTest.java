package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.spec.FieldChange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The labels of a service that is taken over are one line of its plan.
class FoldedLabelsTest {

    private static final String PREFIX = "deploy.labels.";

    private static Plan plan(boolean adopts) {
        var fields = List.of(
                new FieldChange(PREFIX + "com.docker.stack.namespace", "shop", "default", false),
                new FieldChange(PREFIX + "dev.holdfast.app", null, "shop_db", false),
                new FieldChange(PREFIX + "dev.holdfast.cluster", null, "default", false),
                new FieldChange(PREFIX + "team", null, "data-platform", false),
                new FieldChange("persistent.node", null, "node1", false));
        var change = new Change.UpdateService(
                "shop_db",
                "s1",
                JsonNodeFactory.instance.objectNode(),
                fields,
                false,
                false,
                null,
                List.of(),
                Set.of(),
                Set.of(),
                Duration.ofMinutes(5),
                "h");
        var plan = new Plan(
                "default",
                null,
                List.of(),
                List.of(change),
                Set.of(),
                Plan.Rollouts.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Ledger.empty("default", "a2V5"));
        return adopts ? plan.withWarnings(List.of(new Warning("shop_db", WarningCode.ADOPTS, "it takes over"))) : plan;
    }

    @Test
    void in_text_and_in_markdown() {
        assertThat(PlanText.of(plan(true), Style.PLAIN).lines().map(String::strip))
                .contains(
                        "deploy.labels: com.docker.stack.namespace=shop → com.docker.stack.namespace=default,"
                                + " dev.holdfast.app, dev.holdfast.cluster",
                        "deploy.labels.team: (not set) → data-platform")
                .noneMatch(line -> line.startsWith("deploy.labels.dev.holdfast"));
        assertThat(PlanMarkdown.of(plan(true), List.of()))
                .contains("<code>shop_db</code>: 3 fields")
                .doesNotContain("deploy.labels.dev.holdfast");
    }

    @Test
    void of_what_is_ours_each_is_told() {
        assertThat(PlanText.of(plan(false), Style.PLAIN).lines().map(String::strip))
                .contains("deploy.labels.dev.holdfast.app: (not set) → shop_db");
    }

    @Test
    void in_json_all_are_there() {
        assertThat(Json.plan(plan(true), List.of()).toString()).contains("deploy.labels.dev.holdfast.cluster");
    }
}

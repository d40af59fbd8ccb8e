package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.Hook;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.HookRun;
import dev.holdfast.plan.Plan;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A plan says what runs before and after its changes, and no secret of it.
class HookReportTest {

    private static final Plan PLAN = new Plan(
            "default",
            null,
            List.of(),
            List.of(new Change.UpdateService(
                    "web",
                    "s1",
                    Specs.object(),
                    List.of(new FieldChange("image", "web:1", "web:2", true)),
                    true,
                    false,
                    null,
                    List.of(),
                    Set.of(),
                    Set.of(),
                    Duration.ofMinutes(5),
                    "h")),
            Set.of("other"),
            Plan.Rollouts.NONE,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Ledger.empty("default", ""),
            Plan.Runs.NONE,
            new Plan.Hooks(
                    List.of(
                            run("web", Hook.When.BEFORE, "./migrate --url=postgres://web:horse77@db/web", false),
                            run("web", Hook.When.AFTER, "./seed", false),
                            run("other", Hook.When.AFTER, "./clean | sh", true)),
                    List.of(new Plan.LeftHook("gone", "s2", "gone-before"))));

    private static HookRun run(String app, Hook.When when, String what, boolean late) {
        return new HookRun(app, when, "h", what, late, Specs.object(), Duration.ofMinutes(10));
    }

    @Test
    void for_a_terminal() {
        assertThat(PlanText.of(PLAN, Style.PLAIN))
                .contains(
                        "      image: web:1 → web:2\n      runs before: ./migrate --url=postgres://web:",
                        "      runs after: ./seed\n",
                        "  ~ other runs after, which an earlier run has not come to: ./clean | sh\n",
                        "  - remove gone-before, which ran for a change of gone\n")
                .doesNotContain("horse77");
    }

    @Test
    void for_people_who_review() {
        assertThat(PlanMarkdown.of(PLAN, List.of()))
                .contains(
                        "`runs before: ./migrate", "; `runs after: ./seed`; ", "| `other` | unchanged | `runs after, ")
                .contains("./clean \\| sh")
                .doesNotContain("horse77");
    }

    @Test
    void for_robots() {
        var json = Json.plan(PLAN);
        assertThat(json.at("/changes/0/hooks/1").toString())
                .isEqualTo("{\"when\":\"after\",\"runs\":\"./seed\",\"service\":\"web-after\"}");
        assertThat(json.at("/lateHooks/0/app").asText()).isEqualTo("other");
        assertThat(json.toString()).doesNotContain("horse77");
    }
}

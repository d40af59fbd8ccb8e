package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.HoldCode;
import dev.holdfast.plan.Plan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldMemoryTest {

    private static Plan plan(Hold... holds) {
        return Plan.nothing("default", null, List.of(holds), Ledger.empty("default", "k"));
    }

    @Test
    void only_what_no_plan_could_tell_without_a_look_is_remembered_with_the_first_reason() {
        var paused = new Hold("web", HoldCode.PAUSED, "somebody paused it", "");
        var missing = new Hold("db", HoldCode.IMAGE_MISSING, "nobody has db:2, PASSWORD=hunter2", "");
        var other = new Hold("db", HoldCode.IN_USE, "another has it", "");
        assertThat(HoldMemory.of(plan(paused), plan(paused, missing, other)).keySet())
                .containsExactly("db");
        assertThat(HoldMemory.of(plan(paused), plan(paused, missing, other)).get("db"))
                .satisfies(held -> assertThat(held.code()).isEqualTo("image-missing"))
                .satisfies(held ->
                        assertThat(held.message()).startsWith("nobody has db:2").doesNotContain("hunter2"));
        assertThat(HoldMemory.of(plan(paused), plan(paused))).isEqualTo(Map.of());
    }
}

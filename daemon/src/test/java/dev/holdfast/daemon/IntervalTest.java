package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {

    @Test
    void cronExpressionsOfUnixAreTranslated() {
        var expected = Map.of(
                "*/5 * * * *", "0 */5 * * * ?",
                "0 3 * * 0", "0 0 3 ? * SUN",
                "0 3 * * 7", "0 0 3 ? * SUN",
                "30 6 * * 1-5", "0 30 6 ? * MON-FRI",
                "0 0 1,15 * *", "0 0 0 1,15 * ?",
                "0 8-18/2 * 1-6 MON,3", "0 0 8-18/2 ? 1-6 MON,WED");
        expected.forEach((unix, quartz) -> assertThat(Interval.parse(unix)).isEqualTo(new Interval.Cron(quartz)));
    }

    @Test
    void durationsAndCronExpressionsOfQuartzAreTakenAsTheyAre() {
        assertThat(Interval.parse("1m30s")).isEqualTo(new Interval.Every(Duration.ofSeconds(90)));
        assertThat(Interval.parse("30 */5 * * * ?")).isEqualTo(new Interval.Cron("30 */5 * * * ?"));
        assertThat(Interval.parse("0 0 3 ? * MON 2099")).isEqualTo(new Interval.Cron("0 0 3 ? * MON 2099"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "60",
                "soon",
                "999ms",
                "0s",
                "61 * * * *",
                "* * *",
                "0 0 3 ? * MON 1999",
                "0 0 1 * 1",
                "a b c d e",
                "0 0 30 2 *"
            })
    void otherThingsAreRefusedWithAReason(String text) {
        assertThatThrownBy(() -> Interval.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(must|is) .*");
    }

    @Test
    void everyTimeIsFivePerCentOffAtMostAndCountsFromTheLastRunAndNoneIsMissed() {
        var trigger = new JitteredTrigger("t", Duration.ofSeconds(100), new Random(1));
        for (int i = 0; i < 200; i++) {
            var before = System.currentTimeMillis();
            trigger.updateAfterMisfire(null);
            assertThat(trigger.getNextFireTime().getTime() - before).isBetween(0L, 6_000L);
            trigger.triggered(null);
            assertThat(trigger.getNextFireTime().getTime() - before).isBetween(95_000L, 106_000L);
        }
    }
}

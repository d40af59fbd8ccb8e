package dev.holdfast.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final List<String> EXPRESSIONS = List.of(
            "0 2 * * *",
            "30 2 * * *",
            "*/5 * * * *",
            "0 */2 * * *",
            "15 1-4 * * 1-5",
            "0 0 1 * *",
            "@weekly",
            "59 23 31 12 *");

    @ParameterizedTest
    @CsvSource({
        "@hourly, 2026-01-01T00:00:00Z, 2026-01-01T01:00:00Z",
        "@daily, 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "@midnight, 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "@weekly, 2026-01-01T00:00:00Z, 2026-01-04T00:00:00Z",
        "@monthly, 2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z",
        "@yearly, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "0 2 * * sun, 2026-01-01T00:00:00Z, 2026-01-04T02:00:00Z",
        "0 2 1 feb *, 2026-01-01T00:00:00Z, 2026-02-01T02:00:00Z",
        "0 0 29 2 *, 2026-01-01T00:00:00Z, 2028-02-29T00:00:00Z"
    })
    void crontabsOwnFormsAreRead(String text, String from, String next) {
        assertThat(Cron.parse(text).after(Instant.parse(from), UTC)).contains(Instant.parse(next));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "soon", "@reboot", "60 * * * *", "0 24 * * *", "0 0 31 2 *", "0 2 1 * 1", "* * * *"})
    void othersAreRefusedWithAReason(String text) {
        assertThatThrownBy(() -> Cron.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("is .*");
    }

    @Test
    void aTimeOfDayThatTheClockLeavesOutComesWhenItIsPutForward() {
        assertThat(times("30 2 * * *", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(times("0 2 * * *", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
        assertThat(times("0 3 * * *", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z");
    }

    @Test
    void aTimeOfDayThatTheClockShowsTwiceComesOnce() {
        assertThat(times("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(Cron.parse("30 2 * * *").after(Instant.parse("2026-10-25T00:45:00Z"), BERLIN))
                .contains(Instant.parse("2026-10-26T01:30:00Z"));
        assertThat(Cron.parse("30 2 * * *").after(Instant.parse("2026-10-25T01:10:00Z"), BERLIN))
                .contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void everyHourMeansEveryHourWhateverTheClockShows() {
        assertThat(times("0 * * * *", "2026-10-24T23:30:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
        assertThat(times("*/30 * * * *", "2026-03-29T00:15:00Z", 3))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    }

    private static List<String> times(String cron, String from, int count) {
        var times = new ArrayList<String>();
        var time = Instant.parse(from);
        for (var i = 0; i < count; i++) {
            time = Cron.parse(cron).after(time, BERLIN).orElseThrow();
            times.add(time.toString());
        }
        return times;
    }

    @Property(tries = 60)
    void the_last_time_of_a_span_is_the_one_after_which_none_comes_in_it(
            @ForAll @IntRange(max = 7) int which,
            @ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long from,
            @ForAll @IntRange(max = 40_000_000) int seconds) {
        var cron = Cron.parse(EXPRESSIONS.get(which));
        var start = Instant.ofEpochSecond(from);
        var end = start.plusSeconds(seconds);
        var last = cron.last(start, end, BERLIN);
        var next = cron.after(start, BERLIN).filter(time -> !time.isAfter(end));
        assertThat(last.isPresent()).isEqualTo(next.isPresent());
        last.ifPresent(time -> {
            assertThat(time).isAfter(start).isBeforeOrEqualTo(end);
            assertThat(cron.after(time, BERLIN).orElseThrow()).isAfter(end);
            assertThat(cron.after(time.minusSeconds(1), BERLIN)).contains(time);
        });
    }

    @Property(tries = 30)
    void times_come_one_after_the_other_and_none_twice(
            @ForAll @IntRange(max = 7) int which,
            @ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long from) {
        var cron = Cron.parse(EXPRESSIONS.get(which));
        var time = Instant.ofEpochSecond(from);
        for (var i = 0; i < 50; i++) {
            var next = cron.after(time, BERLIN);
            assertThat(next).isNotEqualTo(Optional.of(time));
            assertThat(next.orElseThrow()).isAfter(time);
            assertThat(next.get().truncatedTo(ChronoUnit.SECONDS)).isEqualTo(next.get());
            time = next.get();
        }
    }
}

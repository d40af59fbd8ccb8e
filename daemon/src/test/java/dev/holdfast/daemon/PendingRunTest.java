package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No trigger is dropped, whenever it comes.
class PendingRunTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a monotonic clock may begin anywhere
    private final PendingRun pending = new PendingRun(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void whatComesDuringARunIsOneRunAfterIt(Cause trigger) {
        pending.ask(Cause.START);
        assertThat(pending.take()).isEqualTo(Cause.START);
        pending.ask(trigger);
        pending.ask(trigger);
        pending.succeeded();
        assertThat(pending.take()).isEqualTo(trigger);
        pending.succeeded();
        assertThat(pending.take()).isNull();
        assertThat(pending.left()).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = Cause.class, names = "SIGNAL", mode = EnumSource.Mode.EXCLUDE)
    void whatComesDuringAPauseIsOneRunAtItsEnd(Cause trigger) {
        pending.ask(Cause.START);
        pending.take();
        pending.failed(Cause.START);
        pending.ask(trigger);
        pending.ask(trigger);
        assertThat(pending.take()).isNull();
        assertThat(pending.left()).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofMillis(999));
        assertThat(pending.take()).isNull();
        pass(Duration.ofMillis(1));
        assertThat(pending.take()).isNotNull();
        pending.succeeded();
        assertThat(pending.take()).isNull();
    }

    @Test
    void whatComesDuringARunThatFailsIsKeptOverThePause() {
        pending.ask(Cause.START);
        pending.take();
        pending.ask(Cause.EVENT);
        pending.failed(Cause.START);
        assertThat(pending.take()).isNull();
        pass(Duration.ofSeconds(1));
        assertThat(pending.take()).isEqualTo(Cause.EVENT);
    }

    @Test
    void aRunThatFailsIsMadeAgainLaterAndLaterAndAtMostAMinuteLater() {
        pending.ask(Cause.EVENT);
        for (var pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(pending.take()).isEqualTo(Cause.EVENT);
            pending.failed(Cause.EVENT);
            assertThat(pending.left()).isEqualTo(Duration.ofSeconds(pause));
            pass(Duration.ofSeconds(pause));
        }
        pending.take();
        pending.succeeded();
        pending.ask(Cause.SCHEDULE);
        assertThat(pending.take()).isEqualTo(Cause.SCHEDULE);
        pending.failed(Cause.SCHEDULE);
        assertThat(pending.left()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aPersonsWishWaitsForNoPauseAlsoWhereAnEventCameFirst() {
        pending.ask(Cause.SCHEDULE);
        pending.take();
        pending.failed(Cause.SCHEDULE);
        pending.ask(Cause.EVENT);
        pending.ask(Cause.SIGNAL);
        pending.ask(Cause.EVENT);
        assertThat(pending.take()).isEqualTo(Cause.SIGNAL);
        pending.failed(Cause.SIGNAL);
        assertThat(pending.take()).isNull();
        assertThat(pending.left()).isEqualTo(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        assertThat(pending.take()).isNotNull();
    }
}

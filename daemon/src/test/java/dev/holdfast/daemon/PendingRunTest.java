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
    @EnumSource(Trigger.class)
    void whatComesDuringARunIsOneRunAfterIt(Trigger trigger) {
        pending.ask(Trigger.START);
        assertThat(pending.take()).isEqualTo(Trigger.START);
        pending.ask(trigger);
        pending.ask(trigger);
        pending.succeeded();
        assertThat(pending.take()).isEqualTo(trigger);
        pending.succeeded();
        assertThat(pending.take()).isNull();
        assertThat(pending.left()).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = Trigger.class, names = "SIGNAL", mode = EnumSource.Mode.EXCLUDE)
    void whatComesDuringAPauseIsOneRunAtItsEnd(Trigger trigger) {
        pending.ask(Trigger.START);
        pending.take();
        pending.failed(Trigger.START);
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
        pending.ask(Trigger.START);
        pending.take();
        pending.ask(Trigger.EVENT);
        pending.failed(Trigger.START);
        assertThat(pending.take()).isNull();
        pass(Duration.ofSeconds(1));
        assertThat(pending.take()).isEqualTo(Trigger.EVENT);
    }

    @Test
    void aRunThatFailsIsMadeAgainLaterAndLaterAndAtMostAMinuteLater() {
        pending.ask(Trigger.EVENT);
        for (var pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(pending.take()).isEqualTo(Trigger.EVENT);
            pending.failed(Trigger.EVENT);
            assertThat(pending.left()).isEqualTo(Duration.ofSeconds(pause));
            pass(Duration.ofSeconds(pause));
        }
        pending.take();
        pending.succeeded();
        pending.ask(Trigger.SCHEDULE);
        assertThat(pending.take()).isEqualTo(Trigger.SCHEDULE);
        pending.failed(Trigger.SCHEDULE);
        assertThat(pending.left()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aPersonsWishWaitsForNoPauseAlsoWhereAnEventCameFirst() {
        pending.ask(Trigger.SCHEDULE);
        pending.take();
        pending.failed(Trigger.SCHEDULE);
        pending.ask(Trigger.EVENT);
        pending.ask(Trigger.SIGNAL);
        pending.ask(Trigger.EVENT);
        assertThat(pending.take()).isEqualTo(Trigger.SIGNAL);
        pending.failed(Trigger.SIGNAL);
        assertThat(pending.take()).isNull();
        assertThat(pending.left()).isEqualTo(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        assertThat(pending.take()).isNotNull();
    }
}

package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReconcileScheduleTest {

    private static final Interval NEVER = new Interval.Every(Duration.ofDays(30));

    private final List<Cause> runs = new CopyOnWriteArrayList<>();

    @Test
    void theFirstRunIsMadeAtOnceAndOthersFollow() {
        try (var schedule = ReconcileSchedule.start(new Interval.Every(Duration.ofMillis(200)), runs::add)) {
            await().until(() -> runs.size() >= 3);
            assertThat(schedule.isAlive()).isTrue();
        }
        assertThat(runs).startsWith(Cause.START, Cause.SCHEDULE);
    }

    @Test
    void aCronExpressionIsKept() {
        try (var schedule = ReconcileSchedule.start(Interval.parse("* * * * * ?"), runs::add)) {
            await().until(() -> runs.contains(Cause.SCHEDULE));
            assertThat(schedule.isAlive()).isTrue();
        }
    }

    @Test
    void nothingThatARunThrowsEndsTheSchedule() {
        var count = new AtomicInteger();
        ReconcileRun failing = trigger -> {
            switch (count.incrementAndGet() % 4) {
                case 0 -> throw new IllegalStateException("test: a run fails");
                case 1 -> throw new StackOverflowError("test: a run fails badly");
                case 2 -> throw new InterruptedException("test");
                default -> throw new Exception("test: a run fails");
            }
        };
        try (var schedule = ReconcileSchedule.start(new Interval.Every(Duration.ofMillis(50)), failing)) {
            await().until(() -> count.get() >= 8);
            assertThat(schedule.busy()).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void twoRunsNeverOverlapAndWishesDuringARunBecomeOneRunMore() throws InterruptedException {
        var go = new CountDownLatch(1);
        var inside = new AtomicInteger();
        var overlapped = new AtomicBoolean();
        ReconcileRun slow = trigger -> {
            overlapped.compareAndSet(false, inside.incrementAndGet() > 1);
            runs.add(trigger);
            go.await();
            inside.decrementAndGet();
            return true;
        };
        try (var schedule = ReconcileSchedule.start(NEVER, slow)) {
            await().until(() -> runs.size() == 1);
            assertThat(schedule.busy()).isPositive();
            for (int i = 0; i < 10; i++) {
                schedule.runNow(Cause.SIGNAL);
            }
            go.countDown();
            await().until(() -> runs.size() == 2);
            await().during(Duration.ofMillis(500)).until(() -> runs.size() == 2);
            assertThat(schedule.busy()).isZero();
        }
        assertThat(runs).containsExactly(Cause.START, Cause.SIGNAL);
        assertThat(overlapped).isFalse();
    }

    @Test
    void aLongRunIsNotMadeUpForInABurst() {
        ReconcileRun longer = trigger -> {
            runs.add(trigger);
            if (runs.size() == 1) {
                Thread.sleep(1000);
            }
            return true;
        };
        var start = System.nanoTime();
        try (var schedule = ReconcileSchedule.start(new Interval.Every(Duration.ofMillis(200)), longer)) {
            await().until(() -> runs.size() >= 4);
            assertThat(schedule.isAlive()).isTrue();
        }
        // One run that was due at the end of the long one, and after that each in its time.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1180));
    }

    @Test
    void aTimeThatComesDuringARunIsOneRunAfterIt() {
        var began = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        ReconcileRun slow = trigger -> {
            runs.add(trigger);
            began.countDown();
            return go.await(30, java.util.concurrent.TimeUnit.SECONDS);
        };
        try (var schedule = ReconcileSchedule.start(Interval.parse("* * * * * ?"), slow)) {
            await().pollDelay(Duration.ofMillis(6500)).until(() -> began.getCount() == 0);
            assertThat(schedule.isAlive()).isTrue();
            var ended = System.nanoTime();
            go.countDown();
            await().until(() -> runs.size() >= 2);
            assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(Duration.ofMillis(900));
        }
        assertThat(runs).startsWith(Cause.START, Cause.SCHEDULE);
    }

    @Test
    void aRunThatFailsIsMadeAgainAndWhatIsAskedForMeanwhileIsNotLost() {
        ReconcileRun failing = trigger -> {
            runs.add(trigger);
            return runs.size() > 1;
        };
        try (var schedule = ReconcileSchedule.start(NEVER, failing)) {
            await().until(() -> runs.size() == 1);
            schedule.runNow(Cause.EVENT);
            schedule.runNow(Cause.EVENT);
            await().until(() -> runs.size() == 2);
            await().during(Duration.ofMillis(500)).until(() -> runs.size() == 2);
        }
    }

    @Test
    void stoppingInterruptsTheRunAndWaitsForItsEnd() {
        var interrupted = new AtomicBoolean();
        ReconcileRun waiting = trigger -> {
            runs.add(trigger);
            try {
                Thread.sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                Thread.sleep(200);
                interrupted.set(true);
            }
            return true;
        };
        var schedule = ReconcileSchedule.start(NEVER, waiting);
        await().until(() -> !runs.isEmpty());
        assertThat(schedule.close(Duration.ofSeconds(20))).isTrue();
        assertThat(interrupted).isTrue();
        assertThat(schedule.isAlive()).isFalse();
        schedule.runNow(Cause.SIGNAL);
        schedule.close();
        assertThat(runs).hasSize(1);
    }

    @Test
    void aRunThatDoesNotEndIsNotWaitedForForEver() {
        var end = new AtomicBoolean();
        ReconcileRun stubborn = trigger -> {
            runs.add(trigger);
            while (!end.get()) {
                Thread.onSpinWait();
            }
            return true;
        };
        var schedule = ReconcileSchedule.start(NEVER, stubborn);
        await().until(() -> !runs.isEmpty());
        assertThat(schedule.close(Duration.ofMillis(300))).isFalse();
        end.set(true);
    }

    @Test
    void aHangupMakesARun() throws Exception {
        try (var schedule = ReconcileSchedule.start(NEVER, runs::add)) {
            Signals.onHangup(() -> schedule.runNow(Cause.SIGNAL));
            await().until(() -> runs.size() == 1);
            var kill = new ProcessBuilder(
                            "kill", "-HUP", "" + ProcessHandle.current().pid())
                    .start();
            assertThat(kill.waitFor()).isZero();
            await().until(() -> runs.equals(List.of(Cause.START, Cause.SIGNAL)));
        }
    }
}

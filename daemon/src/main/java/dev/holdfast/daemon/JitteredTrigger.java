package dev.holdfast.daemon;

import java.time.Duration;
import java.util.Date;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.quartz.Calendar;
import org.quartz.impl.triggers.SimpleTriggerImpl;

/// Fires for ever, each time a length of time after the last, give or take 5 %. Counts from when it really fired, so
/// that what a machine that slept made it miss is one time rather than a burst.
final class JitteredTrigger extends SimpleTriggerImpl {

    private static final double SHARE = 0.05;

    private final long millis;
    private final RandomGenerator random;

    JitteredTrigger(String name, Duration every, RandomGenerator random) {
        this.millis = every.toMillis();
        this.random = random;
        setName(name);
        setRepeatCount(REPEAT_INDEFINITELY);
        setRepeatInterval(millis);
        setStartTime(next());
    }

    @Override
    public void triggered(@Nullable Calendar calendar) {
        super.triggered(calendar);
        setNextFireTime(next());
    }

    @Override
    public void updateAfterMisfire(@Nullable Calendar calendar) {
        setNextFireTime(new Date());
    }

    private Date next() {
        var jitter = (long) (millis * SHARE * random.nextDouble(-1, 1));
        return new Date(System.currentTimeMillis() + millis + jitter);
    }
}

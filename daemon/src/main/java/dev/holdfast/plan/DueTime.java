package dev.holdfast.plan;

import dev.holdfast.app.Schedule;
import dev.holdfast.spec.RunsLabel;
import dev.holdfast.spec.RunsLabel.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The time for which a scheduled app is to run now: the last one of its schedule that no run was started for. Of
/// several that were missed it is the last, so they are made up for once.
public final class DueTime {

    /// A run that begins so late has still kept its time.
    static final Duration LATE = Duration.ofMinutes(5);

    /// What is seen so far in the future was seen by a clock that was wrong.
    private static final Duration AHEAD = Duration.ofHours(1);

    private DueTime() {}

    /// @param since when the schedule was first seen
    /// @param runs that were started or left out. Those in the future do not count before their time comes: no time
    ///     is taken twice, and a clock that was wrong for a while keeps no later run from being started
    public static Optional<Instant> of(Schedule schedule, Instant since, RunsLabel runs, Instant now) {
        var first = since.isAfter(now.plus(AHEAD)) ? Instant.EPOCH : since;
        var after = runs.runs().stream()
                .map(Run::scheduled)
                .filter(time -> !time.isAfter(now))
                .reduce(first, (one, other) -> one.isBefore(other) ? other : one);
        return schedule.times()
                .last(after, now, schedule.zone())
                .filter(time -> schedule.catchUp() || !time.isBefore(now.minus(LATE)));
    }

    /// The next time at which it runs.
    public static Optional<Instant> next(Schedule schedule, Instant now) {
        return schedule.times().after(now, schedule.zone());
    }
}

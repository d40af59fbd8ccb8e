package dev.holdfast.daemon;

import dev.holdfast.value.Durations;
import java.time.Duration;

/// When runs happen: after a length of time, or at the times of a cron expression in the machine's time zone.
public sealed interface Interval {

    Duration SHORTEST = Duration.ofSeconds(1);

    /// Quartz takes a time that is further away than a century for one that never comes.
    Duration LONGEST = Duration.ofDays(366);

    /// Give or take 5 %, so that many daemons do not ask one server at the same moment for ever.
    record Every(Duration duration) implements Interval {}

    /// @param expression in Quartz's form: seconds first
    record Cron(String expression) implements Interval {}

    /// Reads `60s`, a cron expression as Quartz has it (six or seven fields, seconds first), or one as Unix has it
    /// (five
    /// fields, weekdays from 0 for Sunday).
    ///
    /// @throws IllegalArgumentException with a message for people
    static Interval parse(String text) {
        var fields = text.strip().split("\\s+");
        if (fields.length == 1 && !fields[0].startsWith("@")) {
            var duration = Durations.parse(fields[0])
                    .orElseThrow(() -> new IllegalArgumentException(
                            "must be a duration such as 60s, or a cron expression such as \"*/5 * * * *\""));
            if (duration.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("must be at least 1s");
            }
            if (duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("must be at most 8784h, a year");
            }
            return new Every(duration);
        }
        return new Cron(dev.holdfast.value.Cron.parse(text).expression());
    }
}

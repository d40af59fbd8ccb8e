package dev.holdfast.app;

import dev.holdfast.value.Cron;
import dev.holdfast.yaml.Default;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// When an app runs that is not there to stay: at each time of a cron expression, one task that ends.
///
/// @param cron as the file has it
/// @param timeZone of the cron expression
/// @param concurrency what becomes of a run whose time has come while the one before still goes on: `forbid` leaves it
///     out, `replace` stops the one that goes on
/// @param deadline how long a run may take; null where it may take as long as it likes
/// @param catchUp whether a run is made up for, once, whose time nobody was there to keep
@Doc("When the app runs: a cron expression, or a mapping.")
@ReadAs(ScheduleForm.class)
@Refuses(RefusedKeys.class)
public record Schedule(
        @Size(min = 1, message = "must not be empty")
        @Doc("Minute, hour, day of the month, month and weekday, as crontab has it; or @daily and the like.")
        @Example("0 2 * * *")
        String cron,

        @Default("UTC") @Doc("The time zone of the cron expression, such as Europe/Berlin.") @Example("Europe/Berlin")
        String timeZone,

        @Default("forbid")
        @ReadAs(ScheduleForm.Concurrency.class)
        @Doc("What happens at a time at which the run before still goes on. forbid: the new one is skipped."
                + " replace: the old one is stopped.")
        String concurrency,

        @Doc("How long a run may take; then it is stopped, and has failed.") @Example("2h") @Nullable
        Duration deadline,

        @Default("true") @Doc("Make up for a run whose time was missed, once, however many were.")
        boolean catchUp) {

    public static final String UTC = "UTC";

    /// One of which only the times are given.
    public static Schedule at(String cron) {
        return new Schedule(cron, UTC, "forbid", null, true);
    }

    public boolean replaces() {
        return concurrency.equals("replace");
    }

    public Cron times() {
        return Cron.parse(cron);
    }

    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }

    /// The times alone, which tell one schedule from another.
    public String text() {
        return cron.strip().replaceAll("\\s+", " ") + " " + timeZone;
    }
}

package dev.holdfast.daemon;

import dev.holdfast.value.Durations;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

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
        if (fields.length == 1) {
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
        var expression = fields.length == 5 ? UnixCron.toQuartz(fields) : String.join(" ", fields);
        CronRanges.check(expression.split(" "));
        try {
            if (new CronExpression(expression).getNextValidTimeAfter(new Date()) == null) {
                throw new IllegalArgumentException("is a cron expression whose time never comes");
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException("is no cron expression: " + e.getMessage());
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException("is a cron expression that cannot be used: " + e.getMessage());
        }
        return new Cron(expression);
    }

    /// Quartz takes minute 99 for some minute or other.
    final class CronRanges {

        private static final int[][] RANGES = {{0, 59}, {0, 59}, {0, 23}, {1, 31}, {1, 12}, {1, 7}};
        private static final String[] NAMES = {"second", "minute", "hour", "day of the month", "month", "weekday"};
        private static final Pattern NUMBER = Pattern.compile("(?<![/#0-9A-Za-z])[0-9]+");

        private CronRanges() {}

        static void check(String[] fields) {
            for (int i = 0; i < Math.min(RANGES.length, fields.length); i++) {
                var number = NUMBER.matcher(fields[i]);
                while (number.find()) {
                    var value = number.group().length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(number.group());
                    if (value < RANGES[i][0] || value > RANGES[i][1]) {
                        throw new IllegalArgumentException("is a cron expression with the " + NAMES[i] + " "
                                + number.group() + ", which there is not");
                    }
                }
            }
        }
    }

    /// The five fields of crontab(5) in Quartz's words, which counts weekdays from 1 and wants a `?` for the day
    /// that is
    /// not given.
    final class UnixCron {

        private static final String[] DAYS = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
        private static final Pattern DAY = Pattern.compile("(?<![/0-9])[0-7](?![0-9])");

        private UnixCron() {}

        static String toQuartz(String[] fields) {
            var dayOfMonth = fields[2];
            var weekday = DAY.matcher(fields[4]).replaceAll(day -> DAYS[Integer.parseInt(day.group())]);
            if (weekday.equals("*")) {
                weekday = "?";
            } else if (dayOfMonth.equals("*")) {
                dayOfMonth = "?";
            } else {
                throw new IllegalArgumentException(
                        "is a cron expression with a day of the month and a weekday: give one of them");
            }
            return String.join(" ", "0", fields[0], fields[1], dayOfMonth, fields[3], weekday);
        }
    }
}

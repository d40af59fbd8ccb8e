package dev.holdfast.value;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/// A cron expression, and the times that it means in a time zone. Read as Unix has it (five fields, weekdays from 0 for
/// Sunday, or a word such as `@daily`) or as Quartz has it (six or seven fields, seconds first).
///
/// @param expression in Quartz's form
public record Cron(String expression) {

    /// A time that comes at all comes within so long: the 29th of February, over a year without one.
    private static final Duration RAREST = Duration.ofDays(366 * 8 + 2);

    /// In so many the rarest time has come.
    private static final int MOST_TRANSITIONS = 40;

    /// @throws IllegalArgumentException with a message for people
    public static Cron parse(String text) {
        var fields = words(text.strip()).split("\\s+");
        var expression = fields.length == 5 ? UnixCron.toQuartz(fields) : String.join(" ", fields);
        CronRanges.check(expression.split(" "));
        try {
            if (new CronExpression(expression).getNextValidTimeAfter(new Date()) == null) {
                throw new IllegalArgumentException("is a cron expression whose time never comes");
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException("is no cron expression"
                    + (fields.length < 5 ? ", which has five fields such as \"0 2 * * *\"" : ": " + e.getMessage()));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("is no cron expression, which has five fields such as \"0 2 * * *\"");
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException("is a cron expression that cannot be used: " + e.getMessage());
        }
        return new Cron(expression);
    }

    /// The words of crontab(5).
    private static String words(String text) {
        return switch (text) {
            case "@hourly" -> "0 * * * *";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@weekly" -> "0 0 * * 0";
            case "@monthly" -> "0 0 1 * *";
            case "@yearly", "@annually" -> "0 0 1 1 *";
            default -> text;
        };
    }

    /// The first time after that one; empty where none comes.
    ///
    /// Where clocks are put forward, a time of day that there is not comes when they are; where they are put back,
    /// one that there is twice comes once. An expression for every hour, or every second one, comes at each of
    /// them.
    public Optional<Instant> after(Instant time, ZoneId zone) {
        var rules = zone.getRules();
        var offset = rules.getOffset(time);
        var from = time;
        var before = rules.previousTransition(time.plusMillis(1));
        if (before != null) {
            from = later(time, endOfSecondPass(before));
        }
        var transition = rules.nextTransition(from);
        for (var i = 0; i < MOST_TRANSITIONS; i++) {
            var next = in(offset).getNextValidTimeAfter(Date.from(from));
            if (next == null || transition == null || next.toInstant().isBefore(transition.getInstant())) {
                return Optional.ofNullable(next).map(Date::toInstant);
            }
            var at = transition.getInstant();
            if (!isEveryHour() && transition.isGap() && next.toInstant().isBefore(at.plus(transition.getDuration()))) {
                return Optional.of(at);
            }
            offset = transition.getOffsetAfter();
            from = later(at.minusMillis(1), endOfSecondPass(transition));
            transition = rules.nextTransition(at);
        }
        return Optional.empty();
    }

    /// The moment before the clock shows a new time again, after it was put back; long ago where that matters not.
    private Instant endOfSecondPass(ZoneOffsetTransition transition) {
        return transition.isOverlap() && !isEveryHour()
                ? transition.getInstant().minus(transition.getDuration()).minusMillis(1)
                : Instant.MIN;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private boolean isEveryHour() {
        return expression.split(" ")[2].startsWith("*");
    }

    /// The last time in a span of time, which is found without going through all of them.
    ///
    /// @param after the span begins behind it
    /// @param until the span ends with it
    public Optional<Instant> last(Instant after, Instant until, ZoneId zone) {
        var earliest = after.isBefore(until.minus(RAREST)) ? until.minus(RAREST) : after;
        // A span that is halved again and again, so that a second's schedule over years costs no more than a day's.
        var found = after(earliest, zone).filter(time -> !time.isAfter(until));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var low = found.get();
        var high = until;
        while (true) {
            var middle = low.plusMillis(Duration.between(low, high).toMillis() / 2);
            var next = after(middle, zone).filter(time -> !time.isAfter(until));
            if (next.isPresent() && next.get().isAfter(low)) {
                low = next.get();
            } else if (!middle.isAfter(low)) {
                return Optional.of(low);
            } else {
                high = middle;
            }
        }
    }

    private CronExpression in(ZoneOffset zone) {
        try {
            var parsed = new CronExpression(expression);
            parsed.setTimeZone(TimeZone.getTimeZone(zone));
            return parsed;
        } catch (ParseException e) {
            throw new IllegalStateException("it was read before: " + expression, e);
        }
    }

    /// Quartz takes minute 99 for some minute or other.
    private static final class CronRanges {

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
    /// that is not given.
    private static final class UnixCron {

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

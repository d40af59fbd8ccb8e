package dev.holdfast.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates in YAML, which Go's library makes a time of: `2020-01-02` is printed as `2020-01-02 00:00:00 +0000 UTC`.
final class GoTimes {

    private static final Pattern FORM = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:(?:[Tt]|( ))([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9})[0-9]{0,9})?"
            + "(Z|[-+][0-9]{2}:[0-9]{2})?)?");

    private GoTimes() {}

    /// Null where the text is no date.
    static @Nullable String printed(String text) {
        var match = FORM.matcher(text);
        if (!match.matches() || !hasRightZone(match.group(4) != null, match.group(5) != null, match.group(9))) {
            return null;
        }
        try {
            var date = LocalDate.of(
                    Integer.parseInt(match.group(1)),
                    Integer.parseInt(match.group(2)),
                    Integer.parseInt(match.group(3)));
            if (match.group(5) == null) {
                return date + " 00:00:00 +0000 UTC";
            }
            var time = LocalTime.of(
                    Integer.parseInt(match.group(5)),
                    Integer.parseInt(match.group(6)),
                    Integer.parseInt(match.group(7)));
            return "%s %02d:%02d:%02d%s %s"
                    .formatted(
                            date,
                            time.getHour(),
                            time.getMinute(),
                            time.getSecond(),
                            fraction(match.group(8)),
                            zone(match.group(9)));
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// After a `T` a zone must follow, after a blank none may.
    private static boolean hasRightZone(boolean blank, boolean hasTime, @Nullable String zone) {
        return !hasTime || blank == (zone == null);
    }

    private static String fraction(@Nullable String digits) {
        var significant = digits == null ? "" : digits.replaceAll("0+$", "");
        return significant.isEmpty() ? "" : "." + significant;
    }

    private static String zone(@Nullable String zone) {
        if (zone == null || zone.equals("Z") || zone.endsWith("00:00")) {
            return "+0000 UTC";
        }
        var offset = zone.replace(":", "");
        return offset + " " + offset;
    }
}

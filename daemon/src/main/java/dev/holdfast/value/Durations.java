package dev.holdfast.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lengths of time as Go and Compose write them: `10s`, `1m30s`, `1.5h`.
public final class Durations {

    private static final String PART = "([0-9]{1,12}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})(ns|us|µs|μs|ms|s|m|h)";
    private static final Pattern PARTS = Pattern.compile(PART);

    public static final Pattern PATTERN = Pattern.compile("0|(?:" + PART + "){1,6}");

    /// What fits into the engine's 64 bits of nanoseconds.
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final String[] UNITS = {"h", "m", "s", "ms", "us", "ns"};

    private Durations() {}

    /// Empty where the text is no duration, is negative or does not fit.
    public static Optional<Duration> parse(String text) {
        if (!PATTERN.matcher(text).matches()) {
            return Optional.empty();
        }
        var nanos = BigDecimal.ZERO;
        var part = PARTS.matcher(text);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosIn(part.group(2)))));
        }
        return nanos.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    /// Nanoseconds as `1m30s`, `500ms`, `0s`.
    public static String text(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        var text = new StringBuilder(nanos < 0 ? "-" : "");
        var rest = Math.abs(nanos);
        for (var unit : UNITS) {
            var size = nanosIn(unit);
            if (rest >= size) {
                text.append(rest / size).append(unit);
                rest %= size;
            }
        }
        return text.toString();
    }

    public static String text(Duration duration) {
        return text(duration.toNanos());
    }

    /// @param unit `h`, `m`, `s`, `ms`, `us` (or with µ), `ns`
    public static long nanosIn(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}

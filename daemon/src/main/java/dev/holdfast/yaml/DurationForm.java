package dev.holdfast.yaml;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A length of time as Go and Compose write it: `10s`, `1m30s`, `1.5h`.
public final class DurationForm implements Form<Duration> {

    private static final String PART = "([0-9]{1,12}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})(ns|us|µs|μs|ms|s|m|h)";
    private static final Pattern PARTS = Pattern.compile(PART);
    private static final Pattern WHOLE = Pattern.compile("0|(?:" + PART + "){1,6}");

    /// What fits into the engine's 64 bits of nanoseconds.
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    @Override
    public @Nullable Duration read(Yaml node, At at) {
        if (!(node instanceof Yaml.Scalar scalar) || Yaml.isNull(node)) {
            return at.wrongValue(node, "must be a duration such as 10s or 1m30s");
        }
        var text = scalar.text();
        var duration = parse(text);
        if (duration.isPresent()) {
            return duration.get();
        }
        if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return at.wrong(node, "must be a duration with a unit; write \"%ss\" for seconds".formatted(text));
        }
        if (text.matches("[0-9]{1,5}d")) {
            var hours = Integer.parseInt(text.substring(0, text.length() - 1)) * 24;
            return at.wrong(node, "must be a duration without days; write \"%dh\"".formatted(hours));
        }
        return at.wrongValue(node, "must be a duration such as 10s or 1m30s");
    }

    /// Empty where the text is no duration, is negative or does not fit.
    public static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        var nanos = BigDecimal.ZERO;
        var part = PARTS.matcher(text);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosIn(part.group(2)))));
        }
        return nanos.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    private static long nanosIn(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                List.of("string", "integer"),
                "pattern",
                Patterns.whole(WHOLE.pattern()),
                "minimum",
                0,
                "maximum",
                0);
    }
}

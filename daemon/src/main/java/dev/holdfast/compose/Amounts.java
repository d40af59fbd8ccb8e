package dev.holdfast.compose;

import dev.holdfast.value.Durations;
import dev.holdfast.yaml.Yaml;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations, sizes and CPUs as Go and the client read them: always text, in grammars wider than Compose's own.
final class Amounts {

    static final Grammar<Duration> DURATION = Amounts::duration;
    static final Grammar<Long> BYTES = Amounts::bytes;
    static final Grammar<Long> NANO_CPUS = Amounts::nanoCpus;

    private static final int LONGEST = 100;
    private static final String PART = "([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)";
    private static final Pattern PARTS = Pattern.compile(PART);
    private static final Pattern DURATIONS = Pattern.compile("[-+]?(?:0|(?:" + PART + ")+)");
    private static final Pattern SIZE =
            Pattern.compile("([+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?) ?"
                    + "([bB]|[kKmMgGtTpP](?:[iI]?[bB])?)?");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?");
    private static final Pattern FRACTION = Pattern.compile("([-+]?[0-9]+)/([0-9]+)");
    private static final Pattern OTHER_RADIX =
            Pattern.compile("([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]([0-7]+))");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Amounts() {}

    private static @Nullable Duration duration(Yaml node, Spot spot) {
        var text = Grammars.TEXT.read(node, spot);
        if (text == null) {
            return null;
        }
        var duration = durationOf(text);
        if (duration != null) {
            return duration;
        }
        if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return spot.wrong(node, "must be a duration with a unit; write \"%ss\" for seconds".formatted(text));
        }
        if (text.matches("[0-9]{1,5}d")) {
            var hours = Integer.parseInt(text.substring(0, text.length() - 1)) * 24;
            return spot.wrong(node, "must be a duration without days; write \"%dh\"".formatted(hours));
        }
        return spot.wrongValue(node, "must be a duration such as 10s or 1m30s");
    }

    /// Null where Go does not know it as a duration.
    static @Nullable Duration durationOf(String text) {
        if (text.length() > LONGEST || !DURATIONS.matcher(text).matches()) {
            return null;
        }
        var nanos = BigDecimal.ZERO;
        var part = PARTS.matcher(text);
        while (part.find()) {
            var amount = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(Durations.nanosIn(part.group(2))));
            nanos = nanos.add(new BigDecimal(amount.toBigInteger()));
        }
        if (nanos.compareTo(MOST) > 0) {
            return null;
        }
        return Duration.ofNanos(text.startsWith("-") ? -nanos.longValue() : nanos.longValue());
    }

    private static @Nullable Long bytes(Yaml node, Spot spot) {
        var text = textIn(node, spot, "50M");
        if (text == null) {
            return null;
        }
        var bytes = bytesOf(text);
        return bytes == null ? spot.wrongValue(node, "must be a size such as 512m or 1.5g") : bytes;
    }

    /// Null where the client does not know it as a size. All units are powers of 1024.
    static @Nullable Long bytesOf(String text) {
        var match = SIZE.matcher(text);
        if (text.length() > LONGEST || !match.matches()) {
            return null;
        }
        var unit = match.group(2) == null ? "b" : match.group(2).toLowerCase(Locale.ROOT);
        var bytes = Double.parseDouble(match.group(1)) * Math.pow(1024, Math.max(0, "bkmgtp".indexOf(unit.charAt(0))));
        return bytes < Long.MAX_VALUE ? (long) bytes : null;
    }

    private static @Nullable Long nanoCpus(Yaml node, Spot spot) {
        var text = textIn(node, spot, "0.5");
        if (text == null) {
            return null;
        }
        var nanos = nanoCpusOf(text);
        return nanos == null
                ? spot.wrongValue(node, "must be a number of CPUs such as \"0.5\", with at most 9 decimals")
                : nanos;
    }

    /// Null where it is no number that is whole in billionths.
    static @Nullable Long nanoCpusOf(String text) {
        var plain = text.replaceAll("(?<=[0-9])_(?=[0-9])", "");
        if (plain.length() > LONGEST) {
            return null;
        }
        var billion = BigInteger.valueOf(1_000_000_000);
        var fraction = FRACTION.matcher(plain);
        if (fraction.matches()) {
            var below = new BigInteger(fraction.group(2));
            var parts = below.signum() == 0
                    ? new BigInteger[] {BigInteger.ZERO, BigInteger.ONE}
                    : new BigInteger(fraction.group(1)).multiply(billion).divideAndRemainder(below);
            return parts[1].signum() == 0 ? fitting(parts[0]) : null;
        }
        var other = OTHER_RADIX.matcher(plain);
        if (other.matches()) {
            return fitting(ofRadix(other).multiply(billion));
        }
        if (!DECIMAL.matcher(plain).matches()) {
            return null;
        }
        var nanos = new BigDecimal(plain).movePointRight(9).stripTrailingZeros();
        return nanos.scale() > 0 ? null : fitting(nanos.toBigInteger());
    }

    private static BigInteger ofRadix(java.util.regex.Matcher match) {
        var group = match.group(2) != null ? 2 : match.group(3) != null ? 3 : 4;
        var radix = group == 2 ? 16 : group == 3 ? 2 : 8;
        return new BigInteger(match.group(1).replace("+", "") + match.group(group), radix);
    }

    private static @Nullable Long fitting(BigInteger number) {
        return number.bitLength() < Long.SIZE ? Long.valueOf(number.longValue()) : null;
    }

    private static @Nullable String textIn(Yaml node, Spot spot, String example) {
        return node instanceof Yaml.Scalar scalar && Grammars.isNumber(scalar)
                ? spot.wrong(node, "must be text here, not a number; write it in quotes, such as \"" + example + "\"")
                : Grammars.TEXT.read(node, spot);
    }
}

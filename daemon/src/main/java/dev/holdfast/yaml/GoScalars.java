package dev.holdfast.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// Plain scalars as Go's YAML library understands and prints them, which is what the Docker client does: `010` is 8,
/// `1_000` is 1000, `1.50` is printed as `1.5`, a date becomes a time.
public final class GoScalars {

    private static final int LONGEST = 100;
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> NOT_FINITE = Set.of(
            ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");
    private static final Pattern WHOLE =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,5})?");

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MOST_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private GoScalars() {}

    /// Null where a tag of YAML's own does not fit what follows.
    static Yaml.@Nullable Kind kind(ScalarEvent event) {
        var text = event.getValue();
        if (event.getTag().isEmpty()) {
            return event.isPlain() ? kind(text) : Yaml.Kind.TEXT;
        }
        var tag = event.getTag().get();
        var wanted = switch (tag) {
            case "tag:yaml.org,2002:int" -> Yaml.Kind.INTEGER;
            case "tag:yaml.org,2002:float" -> Yaml.Kind.DECIMAL;
            case "tag:yaml.org,2002:bool" -> Yaml.Kind.BOOLEAN;
            case "tag:yaml.org,2002:null" -> Yaml.Kind.NULL;
            case "tag:yaml.org,2002:timestamp" -> Yaml.Kind.TIME;
            default -> Yaml.Kind.TEXT;
        };
        var kind = kind(text);
        if (wanted == Yaml.Kind.TEXT || wanted == kind) {
            return wanted;
        }
        return wanted == Yaml.Kind.DECIMAL && kind == Yaml.Kind.INTEGER ? wanted : null;
    }

    /// The value of a scalar with that tag: `!!binary` is decoded.
    static String text(ScalarEvent event) {
        if (!event.getTag().filter("tag:yaml.org,2002:binary"::equals).isPresent()) {
            return event.getValue();
        }
        try {
            return new String(Base64.getMimeDecoder().decode(event.getValue()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return event.getValue();
        }
    }

    /// The kind of a plain scalar.
    static Yaml.Kind kind(String text) {
        if (NULL.contains(text)) {
            return Yaml.Kind.NULL;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return Yaml.Kind.BOOLEAN;
        }
        if (text.length() > LONGEST) {
            return Yaml.Kind.TEXT;
        }
        if (NOT_FINITE.contains(text)) {
            return Yaml.Kind.DECIMAL;
        }
        var first = text.charAt(0);
        if (first != '.' && first != '+' && first != '-' && (first < '0' || first > '9')) {
            return Yaml.Kind.TEXT;
        }
        if (GoTimes.printed(text) != null) {
            return Yaml.Kind.TIME;
        }
        if (wholeOf(text) != null) {
            return Yaml.Kind.INTEGER;
        }
        return decimalOf(text) == null ? Yaml.Kind.TEXT : Yaml.Kind.DECIMAL;
    }

    /// The number, where the scalar is a number without a fraction that 64 bits can hold.
    public static @Nullable BigInteger whole(Yaml.Scalar scalar) {
        return switch (scalar.kind()) {
            case INTEGER -> wholeOf(scalar.text());
            case DECIMAL -> {
                var number = number(scalar);
                yield number == null || !Double.isFinite(number) || number != Math.rint(number)
                        ? null
                        : new BigDecimal(number).toBigInteger();
            }
            default -> null;
        };
    }

    /// The number, where the scalar is one; not finite for `.inf` and `.nan`.
    public static @Nullable Double number(Yaml.Scalar scalar) {
        return switch (scalar.kind()) {
            case INTEGER -> {
                var whole = wholeOf(scalar.text());
                yield whole == null ? null : whole.doubleValue();
            }
            case DECIMAL -> {
                if (NOT_FINITE.contains(scalar.text())) {
                    yield Double.NaN;
                }
                var whole = wholeOf(scalar.text());
                yield whole == null ? decimalOf(scalar.text()) : Double.valueOf(whole.doubleValue());
            }
            default -> null;
        };
    }

    /// What Go prints for the value.
    public static String printed(Yaml.Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> scalar.text();
            case NULL -> "";
            case BOOLEAN -> Boolean.toString(TRUE.contains(scalar.text()));
            case INTEGER -> String.valueOf(wholeOf(scalar.text()));
            case DECIMAL -> {
                var number = number(scalar);
                yield number == null ? scalar.text() : printed(number);
            }
            case TIME -> {
                var time = GoTimes.printed(scalar.text());
                yield time == null ? scalar.text() : time;
            }
        };
    }

    private static @Nullable BigInteger wholeOf(String text) {
        var match = WHOLE.matcher(text.replace("_", ""));
        if (!match.matches()) {
            return null;
        }
        var digits = 2;
        while (match.group(digits) == null) {
            digits++;
        }
        var radix = switch (digits) {
            case 2 -> 16;
            case 3 -> 2;
            case 4, 5 -> 8;
            default -> 10;
        };
        var amount = new BigInteger(match.group(digits), radix);
        var sign = match.group(1);
        var number = sign.equals("-") ? amount.negate() : amount;
        return number.compareTo(LEAST) >= 0 && number.compareTo(sign.isEmpty() ? MOST_UNSIGNED : MOST) <= 0
                ? number
                : null;
    }

    private static @Nullable Double decimalOf(String text) {
        var plain = text.startsWith(".") ? text : text.replace("_", "");
        if (!DECIMAL.matcher(plain).matches()) {
            return null;
        }
        var number = Double.valueOf(plain);
        return Double.isFinite(number) ? number : null;
    }

    /// As `%v` prints it: the shortest digits that give the same number, with an exponent from a million on.
    static String printed(double number) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }
        var sign = number < 0 || 1 / number < 0 ? "-" : "";
        if (number == 0) {
            return sign + "0";
        }
        var exact = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
        var digits = exact.unscaledValue().toString();
        var exponent = digits.length() - 1 - exact.scale();
        if (exponent >= -4 && exponent < 6) {
            return sign + exact.toPlainString();
        }
        var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}

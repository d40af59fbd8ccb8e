package dev.holdfast.compose;

import dev.holdfast.yaml.GoScalars;
import dev.holdfast.yaml.Yaml;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Text, numbers, true and false as the client's schema has them: a number in quotes is no number, `yes` is no truth.
final class Grammars {

    static final Grammar<String> TEXT = Grammars::text;
    static final Grammar<Boolean> FLAG = Grammars::flag;
    static final Grammar<Long> WHOLE = Grammars::whole;
    static final Grammar<Long> NOT_NEGATIVE = Grammars::notNegative;
    static final Grammar<Double> NUMBER = Grammars::number;

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private Grammars() {}

    private static @Nullable String text(Yaml node, Spot spot) {
        if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.TEXT) {
            return scalar.text();
        }
        return node instanceof Yaml.Scalar scalar && scalar.kind() != Yaml.Kind.NULL
                ? spot.wrong(node, "must be text, not %s; write it in quotes".formatted(Yaml.nameOf(node)))
                : spot.wrongKind(node, "must be text");
    }

    private static @Nullable Boolean flag(Yaml node, Spot spot) {
        if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.BOOLEAN) {
            return Boolean.valueOf(GoScalars.printed(scalar));
        }
        var hint = "";
        if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.TEXT) {
            hint = switch (scalar.text()) {
                case "yes", "Yes", "YES", "on", "On", "ON", "y", "true" -> "; write true, without quotes";
                case "no", "No", "NO", "off", "Off", "OFF", "n", "false" -> "; write false, without quotes";
                default -> "";
            };
            if (hint.isEmpty() && scalar.substituted()) {
                hint = "; docker stack deploy makes no truth of a variable here";
            }
        }
        return spot.wrongKind(node, "must be true or false" + hint);
    }

    private static @Nullable Long whole(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Scalar scalar) || !isNumber(scalar)) {
            return spot.wrongKind(node, "must be a whole number, without quotes" + ofVariable(node));
        }
        var number = GoScalars.whole(scalar);
        if (number == null) {
            return spot.wrongValue(node, "must be a whole number");
        }
        return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0
                ? Long.valueOf(number.longValue())
                : spot.wrongValue(node, "is too large");
    }

    private static @Nullable Long notNegative(Yaml node, Spot spot) {
        var number = whole(node, spot);
        return number == null || number >= 0 ? number : spot.wrongValue(node, "must not be negative");
    }

    private static @Nullable Double number(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Scalar scalar) || !isNumber(scalar)) {
            return spot.wrongKind(node, "must be a number, without quotes" + ofVariable(node));
        }
        var number = GoScalars.number(scalar);
        return number != null && Double.isFinite(number) ? number : spot.wrongValue(node, "must be a finite number");
    }

    /// A number whose fraction the client cuts off.
    static @Nullable Long cut(Yaml node, Spot spot) {
        var number = number(node, spot);
        if (number == null) {
            return null;
        }
        if (number != Math.rint(number)) {
            spot.warn(
                    StackWarning.COMPOSE_TRAP,
                    node,
                    "is not whole: docker stack deploy cuts it off to %d".formatted(number.longValue()));
        }
        return number >= 0 ? Long.valueOf(number.longValue()) : spot.wrongValue(node, "must not be negative");
    }

    static boolean isNumber(Yaml.Scalar scalar) {
        return scalar.kind() == Yaml.Kind.INTEGER || scalar.kind() == Yaml.Kind.DECIMAL;
    }

    private static String ofVariable(Yaml node) {
        return node instanceof Yaml.Scalar scalar && scalar.substituted()
                ? "; docker stack deploy makes no number of a variable here"
                : "";
    }
}

package dev.holdfast.sops;

import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.GoScalars;
import dev.holdfast.yaml.Yaml;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/// A value as it goes into the MAC: numbers, truths and times as Go prints them.
final class MacText {

    private MacText() {}

    static byte[] of(Leaf leaf) {
        var scalar = new Yaml.Scalar(leaf.place(), leaf.text(), leaf.kind(), false);
        return switch (leaf.kind()) {
            case TEXT, NULL -> leaf.bytes();
            case BOOLEAN -> bytes(Boolean.parseBoolean(GoScalars.printed(scalar)) ? "True" : "False");
            case INTEGER -> bytes(GoScalars.whole(scalar) == null ? leaf.text() : GoScalars.printed(scalar));
            case DECIMAL -> bytes(decimal(scalar));
            case TIME -> bytes(time(scalar));
        };
    }

    /// Without an exponent.
    private static String decimal(Yaml.Scalar scalar) {
        var number = GoScalars.number(scalar);
        if (number == null || !Double.isFinite(number)) {
            return GoScalars.printed(scalar);
        }
        return number == 0
                ? "0"
                : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /// RFC 3339, out of `2020-01-02 00:00:00 +0000 UTC`.
    private static String time(Yaml.Scalar scalar) {
        var parts = GoScalars.printed(scalar).split(" ");
        if (parts.length < 3) {
            return scalar.text();
        }
        var zone = parts[2].equals("+0000") ? "Z" : parts[2].substring(0, 3) + ":" + parts[2].substring(3);
        return parts[0] + "T" + parts[1] + zone;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

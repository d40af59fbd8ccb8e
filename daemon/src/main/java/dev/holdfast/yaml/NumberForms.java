package dev.holdfast.yaml;

import dev.holdfast.value.ByteSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers, true and false.
public final class NumberForms {

    private NumberForms() {}

    static final class Truth implements Form<Boolean> {
        @Override
        public @Nullable Boolean read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar && (scalar.kind() == Yaml.Kind.BOOLEAN || scalar.substituted())) {
                switch (scalar.text()) {
                    case "true", "True", "TRUE" -> {
                        return true;
                    }
                    case "false", "False", "FALSE" -> {
                        return false;
                    }
                    default -> {}
                }
            }
            return at.wrongValue(node, "must be true or false, without quotes");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "boolean");
        }
    }

    /// Compose once had the name in it, `external: { name: x }`, and Docker's tools still read that.
    public static final class External implements Form<Boolean> {
        private static final Truth TRUTH = new Truth();

        @Override
        public @Nullable Boolean read(Yaml node, At at) {
            if (node instanceof Yaml.Mapping mapping) {
                var name = mapping.get("name") instanceof Yaml.Scalar scalar ? scalar.text() : "NAME";
                return at.wrong(
                        node, "is true or false; write external: true, and beside it name: " + Words.quoted(name));
            }
            return TRUTH.read(node, at);
        }

        @Override
        public Map<String, Object> schema() {
            return TRUTH.schema();
        }
    }

    public static final class Whole implements Form<Integer> {
        @Override
        public @Nullable Integer read(Yaml node, At at) {
            var number = Big.whole(node, at, Integer.MAX_VALUE);
            return number == null ? null : number.intValue();
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "integer", "minimum", -Integer.MAX_VALUE, "maximum", Integer.MAX_VALUE);
        }
    }

    public static final class Big implements Form<Long> {
        private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
        private static final Pattern OTHER = Pattern.compile("0x([0-9a-fA-F]{1,15})|0o([0-7]{1,20})");

        @Override
        public @Nullable Long read(Yaml node, At at) {
            return whole(node, at, Long.MAX_VALUE);
        }

        static @Nullable Long whole(Yaml node, At at, long max) {
            if (!(node instanceof Yaml.Scalar scalar) || !(scalar.isNumber() || scalar.substituted())) {
                return at.wrongValue(node, "must be a whole number, without quotes");
            }
            var other = OTHER.matcher(scalar.text());
            Long number = null;
            if (DECIMAL.matcher(scalar.text()).matches()) {
                number = Long.parseLong(scalar.text());
            } else if (other.matches()) {
                number =
                        other.group(1) != null ? Long.parseLong(other.group(1), 16) : Long.parseLong(other.group(2), 8);
            }
            if (number == null) {
                var octal = scalar.text().matches("0[0-9]+");
                return at.wrongValue(node, "must be a whole number" + (octal ? " without a leading 0" : ""));
            }
            return Math.abs(number) <= max ? number : at.wrongValue(node, "is too large");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "integer");
        }
    }

    static final class Ratio implements Form<Double> {
        @Override
        public @Nullable Double read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar && (scalar.isNumber() || scalar.substituted())) {
                try {
                    var value = Double.parseDouble(scalar.text());
                    return Double.isFinite(value) ? value : at.wrongValue(node, "must be a number");
                } catch (NumberFormatException e) {
                    return at.wrongValue(node, "must be a number");
                }
            }
            return at.wrongValue(node, "must be a number, without quotes");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "number");
        }
    }

    /// A number of CPUs: `0.5` or `"0.5"`, as exact as the engine counts them.
    static final class Cpus implements Form<BigDecimal> {
        private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9}(\\.[0-9]{0,9})?|\\.[0-9]{1,9})");

        @Override
        public @Nullable BigDecimal read(Yaml node, At at) {
            if (!(node instanceof Yaml.Scalar scalar)
                    || !PATTERN.matcher(scalar.text()).matches()) {
                return at.wrongValue(node, "must be a number of CPUs such as 0.5, with at most 9 decimals");
            }
            var cpus = new BigDecimal(scalar.text());
            var nanos = cpus.movePointRight(9).setScale(0, RoundingMode.UNNECESSARY);
            return nanos.signum() == 0 || nanos.longValueExact() >= 1_000_000
                    ? cpus
                    : at.wrongValue(node, "must be at least 0.001");
        }

        /// As text, which is the only form that Docker's own command takes.
        @Override
        public Yaml write(BigDecimal cpus) {
            return YamlTree.text(cpus.toPlainString());
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of(
                    "type",
                    List.of("string", "number"),
                    "pattern",
                    Patterns.whole(PATTERN.pattern()),
                    "minimum",
                    0,
                    "maximum",
                    999_999_999);
        }
    }

    /// A number of bytes: `512m`, `1.5g`, `1048576`; units are powers of 1024.
    public static final class Bytes implements Form<Long> {
        @Override
        public @Nullable Long read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar && !Yaml.isNull(node)) {
                var bytes = ByteSize.parse(scalar.text());
                if (bytes.isPresent()) {
                    return bytes.get().bytes();
                }
            }
            return at.wrongValue(node, "must be a size such as 512m or 1.5g");
        }

        /// In small letters, as people write it.
        @Override
        public Yaml write(Long bytes) {
            return YamlTree.text(new ByteSize(bytes).exact().toLowerCase(Locale.ROOT));
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of(
                    "type",
                    List.of("string", "integer"),
                    "pattern",
                    Patterns.whole(ByteSize.PATTERN.pattern()),
                    "minimum",
                    0);
        }
    }

    /// Memory of a task, which the engine wants to be at least 4 MiB; 0 is unlimited.
    public static final class Memory implements Form<Long> {
        private static final Bytes BYTES = new Bytes();
        private static final int LEAST = 4 << 20;

        @Override
        public @Nullable Long read(Yaml node, At at) {
            var bytes = BYTES.read(node, at);
            return bytes != null && bytes > 0 && bytes < LEAST ? at.wrongValue(node, "must be at least 4m") : bytes;
        }

        @Override
        public Yaml write(Long bytes) {
            return BYTES.write(bytes);
        }

        @Override
        public Map<String, Object> schema() {
            var text = Map.of("type", "string", "pattern", Patterns.whole(ByteSize.PATTERN.pattern()));
            var number = Map.of("type", "integer", "minimum", LEAST);
            return Map.of("anyOf", List.of(text, number, Map.of("enum", List.of(0))));
        }
    }

    /// Permission bits, which everybody writes in octal: `0440`, `"0440"` or `0o440`.
    public static final class Mode implements Form<Integer> {
        private static final Pattern PATTERN = Pattern.compile("0o?0?[0-7]{1,4}|0");

        @Override
        public @Nullable Integer read(Yaml node, At at) {
            if (!(node instanceof Yaml.Scalar scalar)) {
                return at.wrongValue(node, "must be permission bits in octal, such as 0440");
            }
            var mode = parse(scalar.text());
            if (mode.isPresent()) {
                return mode.get();
            }
            var hint = scalar.text().matches("[0-7]{3,4}") ? "write 0" + scalar.text() : "such as 0440";
            return at.wrongValue(node, "must be permission bits in octal with a leading 0; " + hint);
        }

        public static Optional<Integer> parse(String text) {
            return PATTERN.matcher(text).matches()
                    ? Optional.of(Integer.parseInt(text.replace("o", ""), 8))
                    : Optional.empty();
        }

        /// Permission bits as `0444`.
        public static String spelled(long mode) {
            return "0" + Long.toOctalString(mode);
        }

        @Override
        public Yaml write(Integer mode) {
            return YamlTree.plain(spelled(mode));
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of(
                    "type",
                    List.of("string", "integer"),
                    "pattern",
                    Patterns.whole(PATTERN.pattern()),
                    "minimum",
                    0,
                    "maximum",
                    7777);
        }
    }

    /// `30%` or `30`.
    public static final class Percent implements Form<Integer> {
        private static final String PATTERN = "(?:0?[0-9]{1,2}|100) ?%?";

        @Override
        public @Nullable Integer read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar && scalar.text().matches(PATTERN)) {
                return Integer.parseInt(scalar.text().replace("%", "").strip());
            }
            return at.wrongValue(node, "must be a percentage from 0% to 100%");
        }

        @Override
        public Yaml write(Integer percent) {
            return YamlTree.text(percent + "%");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of(
                    "type",
                    List.of("string", "integer"),
                    "pattern",
                    Patterns.whole(PATTERN),
                    "minimum",
                    0,
                    "maximum",
                    100);
        }
    }
}

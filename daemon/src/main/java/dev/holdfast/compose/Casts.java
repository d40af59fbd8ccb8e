package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which values the client makes numbers or truths of after a variable was filled in: no others, so that `${X}` for
/// `init` or `pids` stays text, and wrong.
enum Casts {
    WHOLE("a whole number"),
    NUMBER("a number"),
    FLAG("true or false");

    private record Row(Casts cast, List<String> path) {}

    private static final List<Row> ROWS = List.of(
            ofService(WHOLE, "configs", "[]", "mode"),
            ofService(WHOLE, "secrets", "[]", "mode"),
            ofService(WHOLE, "healthcheck", "retries"),
            ofService(FLAG, "healthcheck", "disable"),
            ofService(WHOLE, "deploy", "replicas"),
            ofService(WHOLE, "deploy", "update_config", "parallelism"),
            ofService(NUMBER, "deploy", "update_config", "max_failure_ratio"),
            ofService(WHOLE, "deploy", "rollback_config", "parallelism"),
            ofService(NUMBER, "deploy", "rollback_config", "max_failure_ratio"),
            ofService(WHOLE, "deploy", "restart_policy", "max_attempts"),
            ofService(WHOLE, "deploy", "placement", "max_replicas_per_node"),
            ofService(WHOLE, "ports", "[]", "target"),
            ofService(WHOLE, "ports", "[]", "published"),
            ofService(WHOLE, "ulimits", "*"),
            ofService(WHOLE, "ulimits", "*", "hard"),
            ofService(WHOLE, "ulimits", "*", "soft"),
            ofService(FLAG, "privileged"),
            ofService(WHOLE, "oom_score_adj"),
            ofService(FLAG, "read_only"),
            ofService(FLAG, "stdin_open"),
            ofService(FLAG, "tty"),
            ofService(FLAG, "volumes", "[]", "read_only"),
            ofService(FLAG, "volumes", "[]", "volume", "nocopy"),
            new Row(FLAG, List.of("networks", "*", "external")),
            new Row(FLAG, List.of("networks", "*", "internal")),
            new Row(FLAG, List.of("networks", "*", "attachable")),
            new Row(FLAG, List.of("volumes", "*", "external")),
            new Row(FLAG, List.of("secrets", "*", "external")),
            new Row(FLAG, List.of("configs", "*", "external")));

    private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})(?:[eE][-+]?[0-9]{1,3})?");

    private final String what;

    Casts(String what) {
        this.what = what;
    }

    private static Row ofService(Casts cast, String... path) {
        var whole = new java.util.ArrayList<>(List.of("services", "*"));
        whole.addAll(List.of(path));
        return new Row(cast, List.copyOf(whole));
    }

    /// What the value of this path becomes; null where it stays text.
    ///
    /// @param path keys, and `[]` for members of lists
    static @Nullable Casts at(List<String> path) {
        for (var row : ROWS) {
            if (fits(row.path(), path)) {
                return row.cast();
            }
        }
        return null;
    }

    private static boolean fits(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return false;
        }
        for (var i = 0; i < path.size(); i++) {
            if (!pattern.get(i).equals("*") && !pattern.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// What the value must be, for a problem.
    String what() {
        return what;
    }

    /// The value, or null where the text is none.
    Yaml.@Nullable Scalar apply(Yaml.Place place, String text) {
        return switch (this) {
            // Decimal even with a 0 before it, unlike a number that the file has itself.
            case WHOLE ->
                DIGITS.matcher(text).matches()
                        ? new Yaml.Scalar(place, Long.toString(Long.parseLong(text)), Yaml.Kind.INTEGER, true)
                        : null;
            case NUMBER ->
                DECIMAL.matcher(text).matches() ? new Yaml.Scalar(place, decimal(text), Yaml.Kind.DECIMAL, true) : null;
            case FLAG ->
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "y", "yes", "true", "on" -> new Yaml.Scalar(place, "true", Yaml.Kind.BOOLEAN, true);
                    case "n", "no", "false", "off" -> new Yaml.Scalar(place, "false", Yaml.Kind.BOOLEAN, true);
                    default -> null;
                };
        };
    }

    private static String decimal(String text) {
        return Double.toString(Double.parseDouble(text)).replace("E", "e");
    }
}

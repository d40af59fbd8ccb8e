package dev.holdfast.yaml;

import dev.holdfast.value.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A length of time as Go and Compose write it: `10s`, `1m30s`, `1.5h`.
public final class DurationForm implements Form<Duration> {

    @Override
    public @Nullable Duration read(Yaml node, At at) {
        if (!(node instanceof Yaml.Scalar scalar) || Yaml.isNull(node)) {
            return at.wrongValue(node, "must be a duration such as 10s or 1m30s");
        }
        var text = scalar.text();
        var duration = Durations.parse(text);
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

    @Override
    public Yaml write(Duration duration) {
        return YamlTree.text(Durations.text(duration));
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                List.of("string", "integer"),
                "pattern",
                Patterns.whole(Durations.PATTERN.pattern()),
                "minimum",
                0,
                "maximum",
                0);
    }
}

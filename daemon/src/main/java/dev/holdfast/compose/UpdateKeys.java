package dev.holdfast.compose;

import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of `update_config` and `rollback_config`.
final class UpdateKeys {

    private static final List<String> ORDERS = List.of("start-first", "stop-first");

    private static final Key<Long> PARALLELISM =
            Key.of("parallelism", Grammars.NOT_NEGATIVE, Merges.laterEvenIfEmpty());
    private static final Key<Duration> DELAY = Key.of("delay", Amounts.DURATION);
    private static final Key<String> FAILURE_ACTION = Key.of("failure_action", Grammars.TEXT);
    private static final Key<Duration> MONITOR = Key.of("monitor", Amounts.DURATION);
    private static final Key<Double> MAX_FAILURE_RATIO = Key.of("max_failure_ratio", Grammars.NUMBER);
    private static final Key<String> ORDER =
            Key.<String>of("order", UpdateKeys::order).since(4);
    private static final Table TABLE = Table.of(PARALLELISM, DELAY, FAILURE_ACTION, MONITOR, MAX_FAILURE_RATIO, ORDER);

    static final Key<Values> UPDATE = Key.of("update_config", TABLE, Merges.nested(TABLE));
    static final Key<Values> ROLLBACK =
            Key.<Values>of("rollback_config", TABLE, Merges.nested(TABLE)).since(7);

    private UpdateKeys() {}

    private static @Nullable String order(Yaml node, Spot spot) {
        var order = Grammars.TEXT.read(node, spot);
        return order == null || ORDERS.contains(order)
                ? order
                : spot.wrongValue(node, "must be start-first or stop-first" + Words.didYouMean(order, ORDERS));
    }

    static ComposeDeploy.@Nullable UpdateConfig record(@Nullable Values values) {
        if (values == null) {
            return null;
        }
        var action = values.get(FAILURE_ACTION, "");
        return new ComposeDeploy.UpdateConfig(
                values.get(PARALLELISM, 1L),
                values.get(DELAY, Duration.ZERO),
                action.isEmpty() ? null : action,
                values.get(MONITOR, Duration.ZERO),
                values.get(MAX_FAILURE_RATIO, 0.0),
                values.get(ORDER));
    }
}

package dev.holdfast.compose;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of `healthcheck`, and the record that they become.
final class HealthKeys {

    static final Key<List<String>> TEST = Key.of("test", Texts.HEALTH_TEST, Merges.appended());
    private static final Key<Duration> INTERVAL = Key.of("interval", Amounts.DURATION);
    private static final Key<Duration> TIMEOUT = Key.of("timeout", Amounts.DURATION);
    private static final Key<Duration> START_PERIOD =
            Key.<Duration>of("start_period", Amounts.DURATION).since(4);
    private static final Key<Duration> START_INTERVAL =
            Key.<Duration>of("start_interval", Amounts.DURATION).since(12);
    private static final Key<Long> RETRIES = Key.of("retries", Grammars::cut, Merges.laterEvenIfEmpty());
    static final Key<Boolean> DISABLE = Key.of("disable", Grammars.FLAG);

    static final Table TABLE = Table.of(TEST, INTERVAL, TIMEOUT, START_PERIOD, START_INTERVAL, RETRIES, DISABLE);

    private HealthKeys() {}

    static @Nullable ComposeHealthcheck record(@Nullable Values values) {
        if (values == null) {
            return null;
        }
        if (values.get(DISABLE, false)) {
            return new ComposeHealthcheck(List.of("NONE"), null, null, null, null, null);
        }
        return new ComposeHealthcheck(
                values.get(TEST, List.of()),
                values.get(INTERVAL),
                values.get(TIMEOUT),
                values.get(START_PERIOD),
                values.get(START_INTERVAL),
                values.get(RETRIES));
    }
}

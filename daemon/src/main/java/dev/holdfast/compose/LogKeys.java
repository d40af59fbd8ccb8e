package dev.holdfast.compose;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of `logging`, and the record that they become.
final class LogKeys {

    private static final Key<String> DRIVER = Key.of("driver", Grammars.TEXT);
    private static final Key<SortedMap<String, String>> OPTIONS =
            Key.of("options", Pairs.LOG_OPTIONS, LogKeys::mergedOptions);
    static final Table TABLE = Table.of(DRIVER, OPTIONS);

    private LogKeys() {}

    /// Options of an earlier file that has none stay none: the client loses those of the later one.
    private static @Nullable SortedMap<String, String> mergedOptions(
            @Nullable SortedMap<String, String> base, @Nullable SortedMap<String, String> over) {
        return base == null ? null : Merges.<String>byName().merged(base, over);
    }

    static @Nullable Values merged(@Nullable Values base, @Nullable Values over) {
        if (base == null || over == null) {
            return over == null ? base : over;
        }
        var was = base.get(DRIVER, "");
        var is = over.get(DRIVER, "");
        return was.equals(is) || was.isEmpty() || is.isEmpty() ? Values.merged(TABLE, base, over) : over;
    }

    static @Nullable ComposeLogging record(@Nullable Values values) {
        if (values == null) {
            return null;
        }
        var driver = values.get(DRIVER, "");
        return new ComposeLogging(driver.isEmpty() ? null : driver, values.get(OPTIONS, new TreeMap<>()));
    }
}

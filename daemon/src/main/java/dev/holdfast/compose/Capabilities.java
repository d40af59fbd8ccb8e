package dev.holdfast.compose;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// What the client makes of `cap_add` and `cap_drop`: the engine's own names, each once, sorted; what is added is not
/// dropped.
///
/// @param add `ALL` alone where it is in the list
record Capabilities(List<String> add, List<String> drop) {

    private static final String ALL = "ALL";
    private static final String RESET = "RESET";

    static Capabilities of(List<String> add, List<String> drop) {
        var added = normalized(add);
        var dropped = normalized(drop);
        dropped.removeAll(added);
        added.remove(RESET);
        dropped.remove(RESET);
        return new Capabilities(List.copyOf(added), List.copyOf(dropped));
    }

    private static TreeSet<String> normalized(List<String> names) {
        var normalized = new TreeSet<String>();
        for (var name : names) {
            var upper = name.strip().toUpperCase(Locale.ROOT);
            var special = upper.equals(ALL) || upper.equals(RESET) || upper.startsWith("CAP_");
            normalized.add(special ? upper : "CAP_" + upper);
        }
        return normalized.contains(ALL) ? new TreeSet<>(List.of(ALL)) : normalized;
    }
}

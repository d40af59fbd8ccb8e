package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Explains a key that is not known here: what Swarm cannot do, where the key belongs, what was probably meant.
final class UnknownKeys {

    private UnknownKeys() {}

    static String explain(RecordForm<?> here, String key, RecordForm<?> root) {
        var refused = here.refusal(key);
        if (refused != null) {
            return refused;
        }
        if (here.names().isEmpty()) {
            return "unknown key \"%s\"".formatted(Secrets.name(key));
        }
        var near = Words.nearest(key, here.names());
        if (near != null) {
            return "unknown key \"%s\"; did you mean \"%s\"?".formatted(Secrets.name(key), near);
        }
        var below = find(here, key, false);
        var elsewhere = below != null ? below : find(root, key, false);
        if (elsewhere != null && !elsewhere.equals(key)) {
            return "unknown key \"%s\" here; write it as \"%s\"".formatted(Secrets.name(key), elsewhere);
        }
        var nearBelow = find(here, key, true);
        if (nearBelow != null) {
            return "unknown key \"%s\"; did you mean \"%s\"?".formatted(Secrets.name(key), nearBelow);
        }
        return "unknown key \"%s\"; known here: %s".formatted(Secrets.name(key), listed(here.names()));
    }

    private static String listed(List<String> names) {
        return names.size() > 12 ? String.join(", ", names.subList(0, 12)) + ", …" : String.join(", ", names);
    }

    /// The path of the key of this name, or one much like it, that is nearest to the top; null where there is none.
    private static @Nullable String find(RecordForm<?> form, String key, boolean similar) {
        record Found(String path, RecordForm<?> form) {}
        var queue = new ArrayList<>(List.of(new Found("", form)));
        Set<Class<?>> seen = new HashSet<>();
        for (var i = 0; i < queue.size(); i++) {
            var next = queue.get(i);
            if (!seen.add(next.form().type())) {
                continue;
            }
            for (var known : next.form().keys().values()) {
                var path = next.path() + known.name();
                if (known.name().equals(key) || (similar && Words.nearest(key, List.of(known.name())) != null)) {
                    return path;
                }
                if (known.form().section() instanceof RecordForm<?> section) {
                    queue.add(new Found(path + ".", section));
                }
            }
        }
        return null;
    }
}

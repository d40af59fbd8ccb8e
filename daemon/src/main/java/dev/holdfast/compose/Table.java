package dev.holdfast.compose;

import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys that a mapping of a Compose file may have.
///
/// @param extensionsSince the minor version from which it may have `x-…` keys
/// @param hints what to do about keys that are refused, by key
record Table(Map<String, Key<?>> byName, int extensionsSince, Map<String, String> hints) implements Grammar<Values> {

    private static final int NEVER = Integer.MAX_VALUE;
    private static final int SHOWN = 12;

    static Table of(Key<?>... keys) {
        var byName = new LinkedHashMap<String, Key<?>>();
        for (var key : keys) {
            byName.put(key.name(), key);
        }
        return new Table(byName, NEVER, Map.of());
    }

    Table withExtensions(int since) {
        return new Table(byName, since, hints);
    }

    Table withHints(Map<String, String> more) {
        return new Table(byName, extensionsSince, more);
    }

    Collection<Key<?>> keys() {
        return byName.values();
    }

    @Nullable
    Key<?> key(String name) {
        return byName.get(name);
    }

    @Override
    public @Nullable Values read(Yaml node, Spot spot) {
        if (Yaml.isNull(node)) {
            return new Values();
        }
        if (!(node instanceof Yaml.Mapping mapping)) {
            return spot.wrongKind(node, "must be a mapping (key: value)");
        }
        var values = new Values();
        for (var entry : mapping.entries()) {
            var key = byName.get(entry.key());
            if (key != null) {
                readKey(values, key, entry, spot);
            } else if (entry.key().startsWith("x-") && extensionsSince <= spot.version()) {
                values.putExtension(entry.key(), entry.value());
            } else {
                unknown(entry, spot);
            }
        }
        return values;
    }

    private <T> void readKey(Values values, Key<T> key, Yaml.Entry entry, Spot spot) {
        var child = spot.key(key.name(), entry.value());
        if (key.since() > spot.version()) {
            child.error(entry.at(), "", tooOld(key.since(), spot.version()));
            return;
        }
        values.mention(key.name(), entry.value().place());
        if (Yaml.isNull(entry.value()) && !key.nullable()) {
            child.error(
                    entry.at(),
                    "",
                    "has nothing behind it, which docker stack deploy refuses: write a value, or" + " remove the line");
            return;
        }
        var value = key.grammar().read(entry.value(), child);
        if (value != null) {
            values.put(key, value, entry.value().place());
        }
    }

    static String tooOld(int since, int version) {
        return "is known from version 3.%d of the format on, and the file says 3.%d: remove the line \"version\""
                .formatted(since, version);
    }

    private void unknown(Yaml.Entry entry, Spot spot) {
        var hint = hints.get(entry.key());
        var near = Words.nearest(entry.key(), byName.keySet());
        var shown = hint != null || near != null || spot.at().path().isEmpty() || !isSecretPlace(spot)
                ? Secrets.name(entry.key())
                : "…";
        if (hint != null) {
            spot.error(entry.at(), shown, "is refused by docker stack deploy; " + hint);
        } else if (entry.key().startsWith("x-") && extensionsSince != NEVER) {
            spot.error(entry.at(), shown, tooOld(extensionsSince, spot.version()));
        } else if (near != null) {
            spot.error(entry.at(), shown, "unknown key \"%s\"; did you mean \"%s\"?".formatted(shown, near));
        } else {
            spot.error(entry.at(), shown, "unknown key \"%s\"; known here: %s".formatted(shown, listed()));
        }
    }

    private static boolean isSecretPlace(Spot spot) {
        return spot.at().reading().got(spot.at().path(), "x").isEmpty();
    }

    private String listed() {
        var names = List.copyOf(byName.keySet());
        return names.size() > SHOWN ? String.join(", ", names.subList(0, SHOWN)) + ", …" : String.join(", ", names);
    }
}

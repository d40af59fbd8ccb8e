package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.PairsForms;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Merges the `defaults` of `holdfast.yaml` under an app. Mappings are merged key by key, all else is replaced by what
/// the app says; a key with nothing behind it takes the default away. Values keep the place where they were written.
final class Defaults {

    /// Keys whose list form is another spelling of a mapping.
    private static final Set<String> PAIRS = Set.of("environment", "labels", "sysctls");

    private static final String RESTART = "restart";
    private static final String RESTART_POLICY = "restart_policy";

    private Defaults() {}

    /// @param at the start of the app's document, for what is found on the way
    static Yaml.Mapping under(Yaml.Mapping app, Yaml.Mapping defaults, At at) {
        return over(app, defaults, at);
    }

    /// What a cluster says over what all of them have.
    static Yaml.Mapping over(Yaml.Mapping above, Yaml.Mapping below, At at) {
        return merge(withoutOtherSpelling(below, above), above, at);
    }

    /// When containers start again can be said in two places: what the app says in one replaces the default in the
    /// other.
    private static Yaml.Mapping withoutOtherSpelling(Yaml.Mapping defaults, Yaml.Mapping app) {
        var below = defaults;
        if (app.get("deploy") instanceof Yaml.Mapping deploy && deploy.get(RESTART_POLICY) != null) {
            below = without(below, RESTART);
        }
        if (app.get(RESTART) != null && below.get("deploy") instanceof Yaml.Mapping deploy) {
            var entries = below.entries().stream()
                    .map(entry -> entry.key().equals("deploy")
                            ? new Yaml.Entry(entry.key(), entry.at(), without(deploy, RESTART_POLICY))
                            : entry)
                    .toList();
            below = new Yaml.Mapping(below.place(), entries);
        }
        return below;
    }

    private static Yaml.Mapping without(Yaml.Mapping mapping, String key) {
        return new Yaml.Mapping(
                mapping.place(),
                mapping.entries().stream()
                        .filter(entry -> !entry.key().equals(key))
                        .toList());
    }

    private static Yaml.Mapping merge(Yaml.Mapping below, Yaml.Mapping above, At at) {
        Map<String, Yaml.Entry> merged = new LinkedHashMap<>();
        below.entries().forEach(entry -> merged.put(entry.key(), entry));
        for (var entry : above.entries()) {
            var other = merged.remove(entry.key());
            merged.put(entry.key(), other == null ? entry : merge(other.value(), entry, at));
        }
        return new Yaml.Mapping(above.place(), new ArrayList<>(merged.values()));
    }

    private static Yaml.Entry merge(Yaml below, Yaml.Entry entry, At at) {
        var here = at.key(entry.key(), entry.value());
        var under = asMapping(entry.key(), below, here);
        var over = asMapping(entry.key(), entry.value(), here);
        return under == null || over == null
                ? entry
                : new Yaml.Entry(entry.key(), entry.at(), merge(under, over, here));
    }

    private static Yaml.@Nullable Mapping asMapping(String key, Yaml node, At at) {
        return switch (node) {
            case Yaml.Mapping mapping -> mapping;
            case Yaml.Sequence list when PAIRS.contains(key) -> pairs(list, at);
            default -> null;
        };
    }

    /// Null where an item is no `NAME=value`; then the list is left to be reported.
    private static Yaml.@Nullable Mapping pairs(Yaml.Sequence list, At at) {
        var entries = new LinkedHashMap<String, Yaml.Entry>();
        for (var item : list.items()) {
            if (!(item instanceof Yaml.Scalar scalar) || scalar.text().indexOf('=') < 1) {
                return null;
            }
            var equals = scalar.text().indexOf('=');
            var name = scalar.text().substring(0, equals);
            if (entries.containsKey(name)) {
                PairsForms.givenTwice(name, item, at);
            }
            var value = Yaml.Scalar.text(scalar.place(), scalar.text().substring(equals + 1));
            entries.put(name, new Yaml.Entry(name, scalar.place(), value));
        }
        return new Yaml.Mapping(list.place(), List.copyOf(entries.values()));
    }
}

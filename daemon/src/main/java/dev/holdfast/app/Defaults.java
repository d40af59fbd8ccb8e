package dev.holdfast.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Merges the `defaults` of `holdfast.yaml` under an app. Mappings are merged key by key, all else is replaced by what
/// the
/// app says; a key with nothing behind it takes the default away. Values keep the place where they were written.
final class Defaults {

    /// Keys whose list form is another spelling of a mapping.
    private static final Set<String> PAIRS = Set.of("environment", "labels", "sysctls");

    private Defaults() {}

    static Yaml.Mapping under(Yaml.Mapping app, Yaml.Mapping defaults) {
        return merge(defaults, app);
    }

    private static Yaml.Mapping merge(Yaml.Mapping below, Yaml.Mapping above) {
        Map<String, Yaml.Entry> merged = new LinkedHashMap<>();
        below.entries().forEach(entry -> merged.put(entry.key(), entry));
        for (var entry : above.entries()) {
            var other = merged.remove(entry.key());
            merged.put(entry.key(), other == null ? entry : merge(other.value(), entry));
        }
        return new Yaml.Mapping(above.place(), new ArrayList<>(merged.values()));
    }

    private static Yaml.Entry merge(Yaml below, Yaml.Entry entry) {
        var under = asMapping(entry.key(), below);
        var over = asMapping(entry.key(), entry.value());
        return under == null || over == null ? entry : new Yaml.Entry(entry.key(), entry.at(), merge(under, over));
    }

    private static Yaml.@Nullable Mapping asMapping(String key, Yaml node) {
        return switch (node) {
            case Yaml.Mapping mapping -> mapping;
            case Yaml.Sequence list when PAIRS.contains(key) -> pairs(list);
            default -> null;
        };
    }

    /// Null where an item is no `NAME=value`; then the list is left to be reported.
    private static Yaml.@Nullable Mapping pairs(Yaml.Sequence list) {
        var entries = new ArrayList<Yaml.Entry>();
        for (var item : list.items()) {
            if (!(item instanceof Yaml.Scalar scalar) || scalar.text().indexOf('=') < 1) {
                return null;
            }
            var equals = scalar.text().indexOf('=');
            var name = scalar.text().substring(0, equals);
            if (entries.stream().anyMatch(entry -> entry.key().equals(name))) {
                return null;
            }
            var value = Yaml.Scalar.text(scalar.place(), scalar.text().substring(equals + 1));
            entries.add(new Yaml.Entry(name, scalar.place(), value));
        }
        return new Yaml.Mapping(list.place(), entries);
    }
}

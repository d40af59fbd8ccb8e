package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// All keys that a service may have: those that mean something, and those that the client drops.
final class ServiceTable {

    static final Table TABLE = table();

    /// What is merged of two files: the keys, and the variables that they come to.
    static final Table MERGED = merged();

    private ServiceTable() {}

    private static Table table() {
        var keys = new ArrayList<Key<?>>(ServiceKeys.all());
        keys.addAll(DroppedKeys.all());
        return Table.of(keys.toArray(Key<?>[]::new)).withExtensions(7).withHints(RefusedKeys.OF_SERVICE);
    }

    private static Table merged() {
        var keys = new ArrayList<Key<?>>(ServiceKeys.all());
        keys.add(ServiceKeys.RESOLVED_ENVIRONMENT);
        return Table.of(keys.toArray(Key<?>[]::new));
    }

    static @Nullable Values read(Yaml node, Spot spot, Environment environment) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            return spot.wrongKind(node, "must be a mapping with image");
        }
        var values = TABLE.read(mapping, spot);
        if (values == null) {
            return null;
        }
        var resolved = environment.of(mapping, values, spot);
        if (resolved != null) {
            values.put(ServiceKeys.RESOLVED_ENVIRONMENT, resolved, mapping.place());
        }
        return values;
    }
}

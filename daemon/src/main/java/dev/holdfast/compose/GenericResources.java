package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `generic_resources`: what nodes offer by a name and a number, such as GPUs.
final class GenericResources {

    static final Grammar<List<ComposeDeploy.GenericResource>> LIST = GenericResources::list;

    private static final Key<String> KIND = Key.of("kind", Grammars.TEXT);
    private static final Key<Long> VALUE = Key.of("value", Grammars::cut);
    private static final Table SPEC = Table.of(KIND, VALUE);
    private static final Key<Values> DISCRETE = Key.of("discrete_resource_spec", SPEC);
    private static final Table ITEM = Table.of(DISCRETE)
            .withHints(Map.of("named_resource_spec", "write discrete_resource_spec: { kind: …, value: … }"));

    private GenericResources() {}

    private static @Nullable List<ComposeDeploy.GenericResource> list(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return spot.wrongKind(node, "must be a list");
        }
        var resources = new ArrayList<ComposeDeploy.GenericResource>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = spot.item(i, item);
            var values = item instanceof Yaml.Mapping
                    ? ITEM.read(item, child)
                    : child.<Values>wrongKind(item, "must be a mapping");
            var spec = values == null ? null : values.get(DISCRETE);
            if (spec != null) {
                resources.add(new ComposeDeploy.GenericResource(spec.get(KIND, ""), spec.get(VALUE, 0L)));
            } else if (values != null && !values.has(DISCRETE)) {
                child.warn(
                        StackWarning.DROPPED_KEY,
                        item,
                        "says nothing; write discrete_resource_spec: { kind: …, value: … }");
            }
        }
        return List.copyOf(resources);
    }
}

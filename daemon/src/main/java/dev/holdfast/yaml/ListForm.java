package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list of one kind of thing.
public record ListForm<T>(Form<T> item) implements Form<List<T>> {

    @Override
    public @Nullable List<T> read(Yaml node, At at) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return at.wrongKind(node, "must be a list");
        }
        return readItems(sequence, at);
    }

    List<T> readItems(Yaml.Sequence sequence, At at) {
        var values = new ArrayList<T>();
        var indexes = new ArrayList<Integer>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var node = sequence.items().get(i);
            var value = item.read(node, at.item(i, node));
            if (value != null) {
                values.add(value);
                indexes.add(i);
            }
        }
        if (values.size() < sequence.items().size()) {
            at.reading().rememberIndexes(at.path(), indexes);
        }
        return List.copyOf(values);
    }

    @Override
    public Yaml write(List<T> values) {
        return YamlTree.list(values.stream().map(item::write).toList());
    }

    @Override
    public List<T> absent() {
        return List.of();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "array", "items", item.schema());
    }
}

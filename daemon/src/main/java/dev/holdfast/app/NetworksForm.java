package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.MapForm;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.TextForms;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The networks of an app: a list of names, or a mapping from names to how it joins.
final class NetworksForm implements Form<Map<String, NetworkAttachment>> {

    private static final MapForm<NetworkAttachment> MAPPING = new MapForm<>(RecordForm.of(NetworkAttachment.class));
    private static final TextForms.Strict NAME = new TextForms.Strict();

    @Override
    public @Nullable Map<String, NetworkAttachment> read(Yaml node, At at) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return node instanceof Yaml.Mapping
                    ? MAPPING.read(node, at)
                    : at.wrongKind(node, "must be a list of names or a mapping");
        }
        var networks = new LinkedHashMap<String, NetworkAttachment>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = at.item(i, item);
            var name = NAME.read(item, child);
            if (name != null && networks.putIfAbsent(name, NetworkAttachment.PLAIN) != null) {
                child.wrong(item, "\"%s\" is there twice".formatted(Secrets.name(name)));
            }
            if (name != null) {
                at.reading().remember(at.path() + "." + name, item.place());
            }
        }
        return Collections.unmodifiableMap(networks);
    }

    @Override
    public Yaml write(Map<String, NetworkAttachment> networks) {
        var plain = networks.values().stream().allMatch(NetworkAttachment.PLAIN::equals);
        return plain ? YamlTree.texts(networks.keySet()) : MAPPING.write(networks);
    }

    @Override
    public Map<String, NetworkAttachment> absent() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        var names = Map.of("type", "array", "items", NAME.schema(), "uniqueItems", true);
        return Map.of("anyOf", List.of(names, MAPPING.schema()));
    }
}

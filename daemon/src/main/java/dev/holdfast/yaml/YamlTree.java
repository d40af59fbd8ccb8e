package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Makes values that stand in no file yet, for a [YamlWriter].
public final class YamlTree {

    private static final Yaml.Place NOWHERE = Yaml.Place.of("");

    private YamlTree() {}

    /// Text, which will be read as text whatever it looks like.
    public static Yaml.Scalar text(String text) {
        return Yaml.Scalar.text(NOWHERE, text);
    }

    /// A number, true or false, as it is spelled.
    public static Yaml.Scalar plain(String text) {
        return new Yaml.Scalar(NOWHERE, text, YamlKinds.kind(text), false);
    }

    public static Yaml.Sequence list(List<? extends Yaml> items) {
        return new Yaml.Sequence(NOWHERE, List.copyOf(items));
    }

    public static Yaml.Sequence texts(Collection<String> texts) {
        return list(texts.stream().map(YamlTree::text).toList());
    }

    /// Keeps the order of the keys.
    public static Yaml.Mapping mapping(Map<String, ? extends Yaml> values) {
        var entries = new ArrayList<Yaml.Entry>();
        values.forEach((key, value) -> entries.add(new Yaml.Entry(key, NOWHERE, value)));
        return new Yaml.Mapping(NOWHERE, List.copyOf(entries));
    }
}

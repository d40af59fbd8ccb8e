package dev.holdfast.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/// What kind of value a scalar is, by the YAML 1.2 core schema: `yes`, `on` and `1:30` are text, as in Compose.
final class YamlKinds {

    private static final CoreScalarResolver CORE = new CoreScalarResolver(false);

    /// Longer than any number, and short enough for the resolver's regular expressions.
    private static final int LONGEST = 100;

    private YamlKinds() {}

    /// Null where the scalar has a tag that is not one of YAML's own.
    static Yaml.@Nullable Kind kind(ScalarEvent event) {
        if (event.getTag().isEmpty()) {
            return event.isPlain() ? kind(event.getValue()) : Yaml.Kind.TEXT;
        }
        return switch (event.getTag().get()) {
            case "!", "tag:yaml.org,2002:str" -> Yaml.Kind.TEXT;
            case "tag:yaml.org,2002:int",
                    "tag:yaml.org,2002:float",
                    "tag:yaml.org,2002:bool",
                    "tag:yaml.org,2002:null" -> kind(event.getValue());
            default -> null;
        };
    }

    /// The kind of a plain scalar.
    static Yaml.Kind kind(String text) {
        if (text.length() > LONGEST) {
            return Yaml.Kind.TEXT;
        }
        var tag = CORE.resolve(text, true);
        if (tag.equals(Tag.INT)) {
            return Yaml.Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Yaml.Kind.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Yaml.Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Yaml.Kind.NULL : Yaml.Kind.TEXT;
    }
}

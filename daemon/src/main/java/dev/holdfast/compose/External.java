package dev.holdfast.compose;

import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import org.jspecify.annotations.Nullable;

/// Whether somebody else makes a network, volume, secret or config: `external: true`, or once with its name in it.
///
/// @param name in the old form, `external: { name: … }`; null in the other
record External(boolean is, @Nullable String name) {

    static final External NO = new External(false, null);

    private static final Key<String> NAME = Key.of("name", Grammars.TEXT);
    private static final Table OLD = Table.of(NAME);

    /// `external` of a network or volume.
    static @Nullable External read(Yaml node, Spot spot) {
        return read(node, spot, true);
    }

    /// `external` of a secret or config: in the old form the client overlooks other keys beside the name.
    static @Nullable External ofContent(Yaml node, Spot spot) {
        return read(node, spot, false);
    }

    private static @Nullable External read(Yaml node, Spot spot, boolean closed) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            var is = Grammars.FLAG.read(node, spot);
            return is == null ? null : new External(is, null);
        }
        var known = mapping.entries().stream()
                .filter(entry -> closed || OLD.key(entry.key()) != null)
                .toList();
        var values = OLD.read(new Yaml.Mapping(mapping.place(), known), spot);
        if (values == null) {
            return null;
        }
        var name = values.get(NAME, "");
        spot.warn(
                StackWarning.DEPRECATED_KEY,
                node,
                "is the old form; write external: true%s"
                        .formatted(name.isEmpty() ? "" : ", and beside it name: " + Words.quoted(name)));
        return new External(true, name.isEmpty() ? null : name);
    }

    /// The name in the Swarm, or null after reporting that there are two.
    ///
    /// @param beside what stands under `name` beside it
    @Nullable
    String nameIn(String stack, String key, @Nullable String beside, Yaml node, Spot spot) {
        var written = beside == null || beside.isEmpty() ? null : beside;
        if (name != null && written != null) {
            return spot.wrong(node, "has two names, one in external and one beside it; write external: true and name");
        }
        if (written != null || name != null) {
            return written != null ? written : name;
        }
        return is ? key : StackFile.scoped(stack, key);
    }
}

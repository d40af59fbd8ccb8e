package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Item;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/// A file that SOPS has encrypted, taken apart but not opened.
///
/// @param branches one for each document of a YAML file, else one
record Document(SopsFormat format, List<Branch> branches, Metadata metadata) {

    private static final String KEY = "sops";
    private static final String PREFIX = "sops_";

    static Document read(String file, byte[] content, SopsFormat format) throws SopsFault {
        var whole = Yaml.Place.of(file);
        return switch (format) {
            case YAML, JSON, BINARY -> {
                var branches = YamlStore.read(file, content);
                var sops = branches.isEmpty() ? null : branches.getFirst().get(KEY);
                if (!(sops instanceof Branch metadata)) {
                    throw new SopsFault(whole, "has no mapping sops: SOPS has not encrypted it");
                }
                yield new Document(
                        format,
                        branches.stream().map(Document::withoutSops).toList(),
                        Metadata.of(metadata, placeOf(branches.getFirst(), whole)));
            }
            case INI -> {
                var branch = IniStore.read(file, content);
                if (!(branch.get(KEY) instanceof Branch section)) {
                    throw new SopsFault(whole, "has no section [sops]: SOPS has not encrypted it");
                }
                var metadata = Flattened.tree(
                        section.items().stream().map(Document::unescaped).toList());
                yield new Document(format, List.of(withoutSops(branch)), Metadata.of(metadata, whole));
            }
            case DOTENV -> {
                var values = new ArrayList<Item>();
                var metadata = new ArrayList<Item>();
                for (var item : DotenvStore.read(file, content).items()) {
                    if (!item.comment() && item.key().startsWith(PREFIX)) {
                        metadata.add(Item.of(item.key().substring(PREFIX.length()), item.node()));
                    } else {
                        values.add(item);
                    }
                }
                yield new Document(format, List.of(new Branch(values)), Metadata.of(Flattened.tree(metadata), whole));
            }
        };
    }

    private static Branch withoutSops(Branch branch) {
        return new Branch(branch.items().stream()
                .filter(item -> item.comment() || !item.key().equals(KEY))
                .toList());
    }

    private static Yaml.Place placeOf(Branch branch, Yaml.Place whole) {
        return branch.get(KEY) instanceof Branch sops && sops.get("mac") instanceof Node.Leaf mac ? mac.place() : whole;
    }

    private static Item unescaped(Item item) {
        return item.node() instanceof Node.Leaf leaf
                ? Item.of(item.key(), Node.Leaf.text(leaf.place(), leaf.text().replace("\\n", "\n")))
                : item;
    }
}

package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Item;
import dev.holdfast.sops.Node.Items;
import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.Sealed;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A file that is not opened, with something in the place of each value that nobody knows. A value in the clear that
/// must not be is found all the same.
final class Unknown {

    private Unknown() {}

    static Opened of(Document document) throws SopsFault {
        var branches = new ArrayList<Branch>();
        for (var branch : document.branches()) {
            branches.add((Branch) of(branch, List.of(), document.metadata().rules()));
        }
        return new Opened(document.format(), branches, Set.of());
    }

    private static Node of(Node node, List<String> path, Rules rules) throws SopsFault {
        return switch (node) {
            case Leaf leaf -> leaf(leaf, path, rules);
            case Items items -> {
                var nodes = new ArrayList<Node>();
                for (var each : items.nodes()) {
                    nodes.add(of(each, path, rules));
                }
                yield new Items(nodes);
            }
            case Branch branch -> {
                var items = new ArrayList<Item>();
                for (var item : branch.items()) {
                    if (!item.comment()) {
                        var below = new ArrayList<>(path);
                        below.add(item.key());
                        items.add(Item.of(item.key(), of(item.node(), below, rules)));
                    }
                }
                yield new Branch(items);
            }
        };
    }

    private static Node leaf(Leaf leaf, List<String> path, Rules rules) throws SopsFault {
        if (leaf.kind() == Yaml.Kind.NULL || leaf.bytes().length == 0 || !rules.encrypts(path, leaf.text())) {
            return leaf;
        }
        if (EncryptedValue.parse(leaf.text()).isEmpty()) {
            throw new SopsFault(leaf.place(), Opening.notEncrypted(path, leaf));
        }
        var standIn = Decryption.placeholder(leaf.text());
        Sealed.addUnknown(standIn);
        return Leaf.text(leaf.place(), standIn);
    }
}

package dev.holdfast.sops;

import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the tree that SOPS makes of a file of any format.
sealed interface Node {

    /// A value: as bytes, since a binary file may be one.
    record Leaf(Yaml.Place place, byte[] bytes, Yaml.Kind kind) implements Node {

        static Leaf text(Yaml.Place place, String text) {
            return new Leaf(place, text.getBytes(StandardCharsets.UTF_8), Yaml.Kind.TEXT);
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    record Items(List<Node> nodes) implements Node {}

    record Branch(List<Item> items) implements Node {
        @Nullable
        Node get(String key) {
            for (var item : items) {
                if (!item.comment() && item.key().equals(key)) {
                    return item.node();
                }
            }
            return null;
        }
    }

    /// @param comment whether the key is the text of a comment: then there is no value
    record Item(String key, boolean comment, Node node) {
        static Item of(String key, Node node) {
            return new Item(key, false, node);
        }

        static Item comment(Yaml.Place place, String text) {
            return new Item(text, true, new Leaf(place, new byte[0], Yaml.Kind.NULL));
        }
    }
}

package dev.holdfast.sops;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Items;
import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.Yaml;
import java.util.stream.Collectors;

/// JSON as SOPS writes it.
final class JsonStore {

    private JsonStore() {}

    static String written(Node node) {
        return written(node, "\n") + "\n";
    }

    private static String written(Node node, String line) {
        var within = line + "\t";
        return switch (node) {
            case Leaf leaf -> leaf.kind() == Yaml.Kind.NULL ? "null" : isText(leaf) ? quoted(leaf.text()) : leaf.text();
            case Items items ->
                items.nodes().isEmpty()
                        ? "[]"
                        : items.nodes().stream()
                                .map(each -> within + written(each, within))
                                .collect(Collectors.joining(",", "[", line + "]"));
            case Branch branch ->
                branch.items().isEmpty()
                        ? "{}"
                        : branch.items().stream()
                                .map(item -> within + quoted(item.key()) + ": " + written(item.node(), within))
                                .collect(Collectors.joining(",", "{", line + "}"));
        };
    }

    private static boolean isText(Leaf leaf) {
        return leaf.kind() == Yaml.Kind.TEXT || leaf.kind() == Yaml.Kind.TIME;
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}

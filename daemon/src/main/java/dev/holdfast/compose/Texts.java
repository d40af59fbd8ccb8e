package dev.holdfast.compose;

import dev.holdfast.yaml.ShellWords;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists of texts, some of which may also be written as one text.
final class Texts {

    static final Grammar<List<String>> LIST = (node, spot) -> list(node, spot, false);
    static final Grammar<List<String>> UNIQUE = (node, spot) -> list(node, spot, true);
    static final Grammar<List<String>> ONE_OR_MORE = Texts::oneOrMore;
    static final Grammar<List<String>> COMMAND = Texts::command;
    static final Grammar<List<String>> HEALTH_TEST = Texts::healthTest;

    private Texts() {}

    private static @Nullable List<String> list(Yaml node, Spot spot, boolean unique) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return spot.wrongKind(node, "must be a list");
        }
        var texts = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var text = Grammars.TEXT.read(item, spot.item(i, item));
            if (text != null && unique && !seen.add(text)) {
                spot.item(i, item).isThereTwice(item);
            }
            if (text != null) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    private static @Nullable List<String> oneOrMore(Yaml node, Spot spot) {
        if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.TEXT) {
            return List.of(scalar.text());
        }
        return node instanceof Yaml.Sequence
                ? list(node, spot, true)
                : spot.wrongKind(node, "must be text or a list of texts");
    }

    private static @Nullable List<String> command(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Scalar scalar) || scalar.kind() != Yaml.Kind.TEXT) {
            return node instanceof Yaml.Sequence
                    ? list(node, spot, false)
                    : spot.wrongKind(node, "must be text or a list of texts");
        }
        var words = ShellWords.split(scalar.text());
        return words.isPresent() ? words.get() : spot.wrong(node, "has a quote that is not closed");
    }

    private static @Nullable List<String> healthTest(Yaml node, Spot spot) {
        if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.TEXT) {
            return List.of("CMD-SHELL", scalar.text());
        }
        return node instanceof Yaml.Sequence
                ? list(node, spot, false)
                : spot.wrongKind(node, "must be text or a list of texts");
    }
}

package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.live.Node;
import dev.holdfast.yaml.Words;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/// What is taken for granted of a Swarm that nobody has seen.
///
/// @param place the node of an app that no file fixes
/// @param named the nodes that files named before the change; any other name may be a slip
public record Supposition(Function<App, Node> place, SortedSet<String> named) {

    boolean isNew(String node) {
        return !named.contains(node);
    }

    /// ` (did you mean "node2"? Files name node1, node2)`, or less. Nodes are numbered: one number more is no slip.
    String hint(String node) {
        var meant = meant(node).map(name -> "did you mean \"" + name + "\"?").orElse("");
        var known = named.isEmpty() ? "" : "Files name " + String.join(", ", named);
        var words = meant.isEmpty() || known.isEmpty() ? meant + known : meant + " " + known;
        return words.isEmpty() ? "" : " (" + words + ")";
    }

    Optional<String> meant(String node) {
        return Optional.ofNullable(Words.nearest(node, others(node)));
    }

    private Collection<String> others(String node) {
        return named.stream()
                .filter(name -> !withoutNumbers(name).equals(withoutNumbers(node)))
                .toList();
    }

    private static String withoutNumbers(String name) {
        return name.replaceAll("[0-9]+", "").toLowerCase(java.util.Locale.ROOT);
    }
}

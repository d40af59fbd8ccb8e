package dev.holdfast.plan;

import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Many nodes, each looked at by the same rule: what is found on several is said once, with all their names.
final class OnEachNode {

    /// What the rule is told that each node is called.
    private static final String NAME = "\0";

    private final Situation situation;
    private final Map<String, DataRules.Finding> byNode = new LinkedHashMap<>();

    OnEachNode(Situation situation) {
        this.situation = situation;
    }

    interface Rule {
        void examine(Claim claim, Node node, DataRules.Finding finding);
    }

    /// What takes no tasks now is looked at when it does.
    void examine(Claim claim, Rule rule) {
        var node = situation.supposed() != null
                ? situation.live().nodes().stream()
                        .filter(each -> each.id().equals(claim.node()))
                        .findFirst()
                : situation.live().node(claim.node()).filter(Node::isUsable);
        node.ifPresent(there -> rule.examine(
                new Claim(
                        claim.kind(),
                        claim.name(),
                        claim.node(),
                        NAME,
                        claim.app(),
                        claim.target(),
                        claim.readOnly(),
                        claim.identity(),
                        claim.givenUp()),
                there.called(NAME),
                byNode.computeIfAbsent(there.hostname(), _ -> new DataRules.Finding())));
    }

    void into(DataRules.Finding all) {
        nodes(DataRules.Finding::data)
                .forEach((note, nodes) ->
                        all.data().add(note instanceof DataNote.OfData data ? data.at(names(nodes)) : note));
        nodes(DataRules.Finding::looks).forEach((text, nodes) -> all.looks().add(text.replace(NAME, names(nodes))));
        nodes(DataRules.Finding::holds)
                .forEach((hold, nodes) -> all.holds()
                        .add(new Hold(
                                hold.app(),
                                hold.code(),
                                hold.message().replace(NAME, names(nodes)),
                                nodes.stream()
                                        .map(node -> hold.allow().replace(NAME, node))
                                        .distinct()
                                        .collect(Collectors.joining("\n")))));
        nodes(DataRules.Finding::warnings)
                .forEach((warning, nodes) -> all.warnings()
                        .add(new Warning(
                                warning.app(),
                                warning.code(),
                                warning.message().replace(NAME, names(nodes)),
                                warning.depends())));
    }

    private <T> Map<T, TreeSet<String>> nodes(Function<DataRules.Finding, List<T>> which) {
        var found = new LinkedHashMap<T, TreeSet<String>>();
        byNode.forEach((node, finding) -> which.apply(finding)
                .forEach(said ->
                        found.computeIfAbsent(said, _ -> new TreeSet<>()).add(node)));
        return found;
    }

    private String names(TreeSet<String> nodes) {
        return situation.supposed() != null ? "each node" : String.join(", ", new ArrayList<>(nodes));
    }
}

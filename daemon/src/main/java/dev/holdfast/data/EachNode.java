package dev.holdfast.data;

import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// On which nodes a service has data that has its own on each node (`each_node`). No lock tells it: Swarm starts and
/// ends its tasks as nodes come and go.
public final class EachNode {

    private EachNode() {}

    /// The nodes that its tasks are on, or may be sent to at any time.
    static Set<String> of(Service service, Live live) {
        var nodes = new TreeSet<String>();
        live.nodes().stream()
                .filter(node -> node.isUsable() && service.mayBeOn(node))
                .map(Node::id)
                .forEach(nodes::add);
        live.tasksOf(service.id()).stream()
                .filter(task -> task.mayRun() && !task.nodeId().isEmpty())
                .filter(task -> live.node(task.nodeId()).isPresent())
                .forEach(task -> nodes.add(task.nodeId()));
        return nodes;
    }

    /// What it had on nodes that take no tasks now, and will again: the ledger alone knows whether it ever ran
    /// there.
    public static List<Claim.Key> waiting(Possession possession, Ledger ledger, Live live) {
        var service = possession.service();
        return ledger.claims().stream()
                .filter(claim -> claim.app().equals(service.name()) && claim.givenUp() == null)
                .filter(claim -> possession.given().contains(Source.of(claim)))
                .filter(claim ->
                        live.node(claim.node()).filter(service::mayBeOn).isPresent())
                .map(Claim::key)
                .toList();
    }
}

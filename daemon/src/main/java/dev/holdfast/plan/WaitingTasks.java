package dev.holdfast.plan;

import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.placement.Demand;
import dev.holdfast.placement.Rooms;
import dev.holdfast.placement.Rooms.Kept;
import java.util.Optional;

/// Tasks that wait for a node now, and what the nodes lack.
final class WaitingTasks {

    private WaitingTasks() {}

    /// Empty where no task waits, or where Swarm is about to place it.
    static Optional<Warning> of(Situation situation, Service service) {
        var tasks = situation.live().tasksOf(service.id()).stream()
                .filter(Task::isPending)
                .toList();
        if (tasks.isEmpty()) {
            return Optional.empty();
        }
        var demand = Demand.of(service.spec());
        var rooms = Rooms.of(situation.live(), _ -> Kept.ALL);
        var nodes = Demand.isGlobal(service.spec())
                ? tasks.stream()
                        .flatMap(task -> situation.live().node(task.nodeId()).stream())
                        .filter(node -> rooms.room(service.name(), demand, node, 1) == 0)
                        .toList()
                : rooms.candidates(demand);
        var wanted = Demand.isGlobal(service.spec()) ? 1 : tasks.size();
        var finds = Demand.isGlobal(service.spec())
                ? nodes.isEmpty()
                : rooms.room(service.name(), demand, wanted) >= wanted;
        return finds
                ? Optional.empty()
                : Optional.of(new Warning(
                        service.name(),
                        WarningCode.CANNOT_BE_PLACED,
                        (tasks.size() == 1 ? "an instance waits" : tasks.size() + " instances wait") + " for a node: "
                                + rooms.lacks(service.name(), demand, nodes, wanted)));
    }
}

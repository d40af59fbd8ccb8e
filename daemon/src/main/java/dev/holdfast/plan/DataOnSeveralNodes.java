package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.live.Service;

/// The ways out for a service that is to be taken over and has data of its own on each of several nodes.
final class DataOnSeveralNodes {

    private DataOnSeveralNodes() {}

    /// A global service cannot be scaled: each node keeps its own, or a constraint says on which node it stays.
    static String allow(App app, Service service) {
        if (!service.isGlobal()) {
            return "docker service scale " + app.name() + "=1   # keep the instance whose data counts";
        }
        var mode = app.deploy().isGlobal() ? "" : "deploy: { mode: global }\n";
        return mode + "persistent: { each_node: true }   # if every node has data of its own; or:\n"
                + "docker service update --constraint-add node.hostname==NODE " + app.name()
                + "   # keep the instance whose data counts";
    }
}

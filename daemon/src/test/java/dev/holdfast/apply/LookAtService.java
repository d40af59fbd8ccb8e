package dev.holdfast.apply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.ArrayList;
import java.util.List;

/// A service and its tasks, in the engine's own JSON, as the tests of [Convergence] write them down.
final class LookAtService {

    static final String ID = "s1";

    /// When the last update began, by the manager's clock.
    static final String STARTED = at(50);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode service = JSON.objectNode().put("ID", ID);
    private final List<ObjectNode> tasks = new ArrayList<>();

    private LookAtService() {
        service.putObject("Spec").put("Name", "web").set("TaskTemplate", template("v2"));
        service.withObject("/Spec/TaskTemplate").put("Runtime", "container");
    }

    static LookAtService replicated(int replicas) {
        var look = new LookAtService();
        look.service.withObject("/Spec/Mode/Replicated").put("Replicas", replicas);
        return look;
    }

    static LookAtService global() {
        var look = new LookAtService();
        look.service.withObject("/Spec/Mode").putObject("Global");
        return look;
    }

    private static ObjectNode template(String version) {
        var template = JSON.objectNode();
        template.putObject("ContainerSpec")
                .put("Image", "web:1")
                .putArray("Env")
                .add("V=" + version);
        return template;
    }

    static String at(int second) {
        return "2026-01-01T00:00:" + second + ".123456789Z";
    }

    LookAtService update(String state) {
        service.withObject("/UpdateStatus")
                .put("State", state)
                .put("StartedAt", STARTED)
                .put("Message", "Swarm's own words");
        return this;
    }

    /// Nothing but the published ports has changed.
    LookAtService portsChanged() {
        service.withObject("/PreviousSpec/EndpointSpec").putArray("Ports").add(80);
        service.withObject("/Spec/EndpointSpec").putArray("Ports").add(81);
        return this;
    }

    LookAtService condition(String condition) {
        service.withObject("/Spec/TaskTemplate/RestartPolicy").put("Condition", condition);
        return this;
    }

    /// Only where it may run has changed.
    LookAtService constrained() {
        service.withObject("/Spec/TaskTemplate/Placement")
                .putArray("Constraints")
                .add("node.labels.a==b");
        return this;
    }

    LookAtService old(int slot, String state) {
        return task("old" + slot, slot, "v1", state, state.equals("running") ? "running" : "shutdown", 40, "");
    }

    /// A task of the service's own spec.
    LookAtService own(int slot, String state) {
        return own(slot, state, state.matches("running|pending|ready|starting") ? "running" : "shutdown", "");
    }

    LookAtService own(int slot, String state, String desired, String error) {
        return task("new" + slot + "-" + tasks.size(), slot, "v2", state, desired, 51, error);
    }

    /// @param slot and number of the node
    LookAtService task(String id, int slot, String version, String state, String desired, int second, String error) {
        var task = JSON.objectNode().put("ID", id).put("ServiceID", ID).put("CreatedAt", at(second));
        task.put("NodeID", state.equals("pending") && !service.at("/Spec/Mode").has("Global") ? "" : "n" + slot);
        if (!service.at("/Spec/Mode").has("Global")) {
            task.put("Slot", slot);
        }
        var spec = template(version);
        if (service.at("/Spec/TaskTemplate").has("RestartPolicy")) {
            spec.set("RestartPolicy", service.at("/Spec/TaskTemplate/RestartPolicy"));
        }
        task.set("Spec", spec);
        task.put("DesiredState", desired);
        task.putObject("Status")
                .put("State", state)
                .put("Timestamp", at(second))
                .put("Err", error)
                .putObject("ContainerStatus")
                .put("ContainerID", state.equals("pending") || state.equals("rejected") ? "" : "c-" + id);
        tasks.add(task);
        return this;
    }

    Service service() {
        return Service.of(service);
    }

    List<Task> tasks() {
        return tasks.stream().map(Live::task).toList();
    }

    Snapshot snapshot(long nanos) {
        return new Snapshot(1, nanos, List.of(service), tasks());
    }
}

package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.List;
import java.util.Optional;

/// Services and tasks at one moment of a run.
///
/// @param at nanoseconds of a monotonic clock, when it was read
record Snapshot(long number, long at, List<JsonNode> rawServices, List<Task> tasks) {

    Optional<Service> service(String id) {
        return raw(id).map(Service::of);
    }

    /// When the last rolling update of that service began; empty where none did.
    String updateStarted(String id) {
        return raw(id).map(raw -> raw.path("UpdateStatus").path("StartedAt").asText())
                .orElse("");
    }

    List<Task> tasksOf(String serviceId) {
        return tasks.stream().filter(task -> task.serviceId().equals(serviceId)).toList();
    }

    /// Whether no task of that service may still run. The tasks of a removed service are in the list until they are
    /// gone.
    boolean isGone(String serviceId) {
        return tasksOf(serviceId).stream().noneMatch(Task::mayRun);
    }

    private Optional<JsonNode> raw(String id) {
        return rawServices.stream()
                .filter(raw -> raw.path("ID").asText().equals(id))
                .findFirst();
    }

    static List<Task> tasks(List<JsonNode> raw) {
        return raw.stream().map(Live::task).toList();
    }
}

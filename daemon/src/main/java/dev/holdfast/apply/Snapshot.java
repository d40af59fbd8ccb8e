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
        return rawServices.stream()
                .filter(raw -> raw.path("ID").asText().equals(id))
                .findFirst()
                .map(Service::of);
    }

    List<Task> tasksOf(String serviceId) {
        return tasks.stream().filter(task -> task.serviceId().equals(serviceId)).toList();
    }

    static List<Task> tasks(List<JsonNode> raw) {
        return raw.stream().map(Live::task).toList();
    }
}

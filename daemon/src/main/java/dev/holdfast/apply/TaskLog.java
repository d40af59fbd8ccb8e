package dev.holdfast.apply;

import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.LogLine;
import dev.holdfast.live.Task;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a task said last, as its error is told: secrets and all.
final class TaskLog {

    private static final String LINES = "5";

    private TaskLog() {}

    /// None where its log cannot be had.
    static List<String> lastLines(Engine engine, @Nullable Task task) {
        if (task == null || task.containerId().isEmpty()) {
            return List.of();
        }
        try {
            return engine.logs("/tasks/" + task.id(), LINES).stream()
                    .map(LogLine::text)
                    .toList();
        } catch (EngineException noLogs) {
            return List.of();
        }
    }

    /// The same below the line of an error.
    static String below(Engine engine, @Nullable Task task) {
        return lastLines(engine, task).stream().map(line -> "\n    | " + line).collect(Collectors.joining());
    }
}

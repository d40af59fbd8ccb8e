package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.plan.RunWrite;
import java.util.function.Function;

/// Begins, stops or writes down a run of a scheduled app, and waits for nothing.
final class RunStep {

    private final Writer writer;
    private final ScaleToZero stopping;
    private final Function<String, JsonNode> seen;
    private final Progress progress;

    /// @param seen the spec that a service has if nobody else has changed it, by ID
    RunStep(Writer writer, ScaleToZero stopping, Function<String, JsonNode> seen, Progress progress) {
        this.writer = writer;
        this.stopping = stopping;
        this.seen = seen;
        this.progress = progress;
    }

    /// @throws ScaleToZero.InUse where somebody else writes its data by now
    /// @throws Writer.ChangedMeanwhile where it was begun by somebody else, or changed
    void write(RunWrite run) throws InterruptedException {
        if (run.step() == RunWrite.Step.START) {
            stopping.requireFree(run.app(), run.id(), run.spec());
        }
        writer.replace(run.id(), seen.apply(run.id()), run.spec());
        progress.app(run.app(), run.what());
    }
}

package dev.holdfast.apply;

import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.plan.Change;
import java.time.Duration;

/// Removes the service of an app that no file declares; its data stays.
final class RemovalStep {

    private final Writer writer;
    private final Progress progress;

    RemovalStep(Writer writer, Progress progress) {
        this.writer = writer;
        this.progress = progress;
    }

    Outcome remove(Change.RemoveService remove) throws InterruptedException {
        var begun = System.nanoTime();
        try {
            progress.app(remove.app(), "removing");
            writer.write(() -> {
                writer.engine().removeService(remove.id());
                return true;
            });
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException e) {
            if (!e.isNotFound()) {
                return Outcome.failed(remove.app(), since(begun), String.valueOf(e.getMessage()));
            }
        }
        return Outcome.removed(remove.app(), since(begun));
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}

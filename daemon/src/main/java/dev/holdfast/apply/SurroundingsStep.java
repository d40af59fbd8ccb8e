package dev.holdfast.apply;

import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Contents;
import java.util.Set;

/// Creates and removes networks, secrets and configs.
final class SurroundingsStep {

    private final Engine engine;
    private final Writer writer;
    private final Progress progress;

    SurroundingsStep(Writer writer, Progress progress) {
        this.engine = writer.engine();
        this.writer = writer;
        this.progress = progress;
    }

    /// What is there by now was made by an earlier run that was cut off.
    void create(Change change) throws InterruptedException {
        try {
            switch (change) {
                case Change.CreateNetwork network -> {
                    progress.step("creating network " + network.name());
                    writer.write(() -> engine.createNetwork(network.body()));
                }
                case Change.CreateContent content -> {
                    progress.step("creating " + content.kind().word() + " " + content.name());
                    writer.write(() -> content.kind() == Change.Kind.SECRET
                            ? engine.createSecret(
                                    content.name(), content.labels(), content.data(), content.templateDriver())
                            : engine.createConfig(
                                    content.name(), content.labels(), content.data(), content.templateDriver()));
                }
                default -> throw new IllegalStateException("neither network, secret nor config: " + change);
            }
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException e) {
            if (!e.isConflict()) {
                progress.step(change.kind().word() + " " + change.name() + " could not be created: " + e.getMessage());
            }
        }
    }

    /// A network that nothing uses any more. Tasks let go of it a moment after their service is gone. That one
    /// stays all the same is told by who looks at the Swarm afterwards.
    void removeNetwork(Change.RemoveNetwork network) throws InterruptedException {
        for (var attempt = 1; attempt <= 10; attempt++) {
            try {
                writer.write(() -> {
                    engine.removeNetwork(network.id());
                    return true;
                });
                return;
            } catch (EngineUnreachable e) {
                throw e;
            } catch (EngineException e) {
                if (e.isNotFound()) {
                    return;
                }
                Thread.sleep(1000);
            }
        }
    }

    /// Secrets and configs that no spec names any more, and no previous spec, which a rollback would need.
    void removeContents(String cluster) throws InterruptedException {
        for (var change : Contents.unused(Live.read(engine), cluster, Set.of())) {
            try {
                writer.write(() -> {
                    if (change.kind() == Change.Kind.SECRET) {
                        engine.removeSecret(change.id());
                    } else {
                        engine.removeConfig(change.id());
                    }
                    return true;
                });
            } catch (EngineUnreachable e) {
                throw e;
            } catch (EngineException e) {
                progress.step(change.kind().word() + " " + change.name() + " stays: " + e.getMessage());
            }
        }
    }
}

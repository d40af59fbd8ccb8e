package dev.holdfast.spec;

import dev.holdfast.app.App;
import dev.holdfast.app.Deploy.RestartPolicy;
import dev.holdfast.app.Deploy.UpdateConfig;
import org.jspecify.annotations.Nullable;

/// The defaults of stack files, which are the engine's own: one task at a time, stopped before the next one starts, and
/// an update that fails is paused. What is safe for data is among them.
final class EngineDefaults implements SpecDefaults {

    @Override
    public @Nullable UpdateConfig update(App app, boolean persistent) {
        return app.schedule() != null
                ? SpecDefaults.ofScheduled(app)
                : app.deploy().updateConfig();
    }

    @Override
    public @Nullable UpdateConfig rollback(App app, boolean persistent) {
        return app.deploy().rollbackConfig();
    }

    @Override
    public @Nullable RestartPolicy restart(App app) {
        var given = app.deploy().restartPolicy();
        return app.schedule() == null || given != null && given.condition() != null
                ? given
                : new RestartPolicy("none", null, null, null);
    }
}

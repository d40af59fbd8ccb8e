package dev.holdfast.spec;

import dev.holdfast.app.App;
import dev.holdfast.app.Deploy.RestartPolicy;
import dev.holdfast.app.Deploy.UpdateConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a spec says where the app's file is silent. The parts ask nothing else for a default.
///
/// Each method gives the section as it is written: what the file says, filled up. A component that is null is left out
/// of the spec, and so is the whole section: then the engine has its own way.
public interface SpecDefaults {

    /// Those of app files.
    SpecDefaults SAFE = new SafeDefaults();

    /// Those of stack files.
    SpecDefaults ENGINE = new EngineDefaults();

    static SpecDefaults of(App app) {
        return app.stack() == null ? SAFE : ENGINE;
    }

    /// Of an app that runs on a schedule: what is not said must neither start a task again nor keep the next one
    /// from being started.
    static UpdateConfig ofScheduled(App app) {
        var given = app.deploy().updateConfig();
        return new UpdateConfig(
                1,
                null,
                "continue",
                given == null || given.monitor() == null ? Duration.ofSeconds(1) : given.monitor(),
                0.0,
                "stop-first");
    }

    /// @param persistent whether the app owns data and so runs at most once
    @Nullable
    UpdateConfig update(App app, boolean persistent);

    /// @param persistent whether the app owns data and so runs at most once
    @Nullable
    UpdateConfig rollback(App app, boolean persistent);

    @Nullable
    RestartPolicy restart(App app);
}

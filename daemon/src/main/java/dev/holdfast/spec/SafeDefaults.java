package dev.holdfast.spec;

import dev.holdfast.app.App;
import dev.holdfast.app.Deploy.RestartPolicy;
import dev.holdfast.app.Deploy.UpdateConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The defaults of app files: an update that fails is taken back, and no two tasks write to the same data.
final class SafeDefaults implements SpecDefaults {

    private static final Duration MONITOR = Duration.ofSeconds(10);

    /// Swarm takes a task that ends while it is still watched for a failure: one that is never started again is
    /// meant to end.
    @Override
    public @Nullable UpdateConfig update(App app, boolean persistent) {
        if (app.schedule() != null) {
            return SpecDefaults.ofScheduled(app);
        }
        if (app.deploy().isJob()) {
            return null; // the engine refuses it
        }
        var onFailure = persistent ? "pause" : "none".equals(restart(app).condition()) ? "continue" : "rollback";
        return replacing(app, persistent, app.deploy().updateConfig(), onFailure);
    }

    /// There is no rollback of a rollback.
    @Override
    public @Nullable UpdateConfig rollback(App app, boolean persistent) {
        return app.deploy().isJob() && app.schedule() == null
                ? null
                : replacing(app, persistent, app.deploy().rollbackConfig(), "pause");
    }

    /// Two tasks side by side are safe only where they share neither data nor a port of the node.
    private static UpdateConfig replacing(
            App app, boolean persistent, @Nullable UpdateConfig given, String failureAction) {
        var config = given != null ? given : new UpdateConfig(null, null, null, null, null, null);
        var hostPorts = app.ports().stream().anyMatch(port -> port.mode().equals("host"));
        var order = persistent || hostPorts ? "stop-first" : "start-first";
        return new UpdateConfig(
                config.parallelism() == null ? Integer.valueOf(1) : config.parallelism(),
                config.delay(),
                config.failureAction() == null ? failureAction : config.failureAction(),
                config.monitor() == null ? MONITOR : config.monitor(),
                config.maxFailureRatio() == null ? Double.valueOf(0) : config.maxFailureRatio(),
                config.order() == null ? order : config.order());
    }

    /// What the file says of restarts, in either of its keys.
    @Override
    public RestartPolicy restart(App app) {
        var given = app.deploy().restartPolicy();
        var policy = given != null ? given : fromRestart(app.restart());
        return new RestartPolicy(
                policy.condition() == null
                                || app.deploy().isJob() && policy.condition().equals("any")
                        ? usual(app)
                        : policy.condition(),
                policy.delay(),
                policy.maxAttempts() == null ? Integer.valueOf(0) : policy.maxAttempts(),
                policy.window());
    }

    private static String usual(App app) {
        return app.schedule() != null ? "none" : app.deploy().isJob() ? "on-failure" : "any";
    }

    /// Compose's `restart`, read as `docker stack deploy` reads it; but `no` means none, not nothing.
    private static RestartPolicy fromRestart(@Nullable String restart) {
        var words = restart == null ? new String[] {""} : restart.split(":", 2);
        return switch (words[0]) {
            case "no" -> new RestartPolicy("none", null, null, null);
            case "on-failure" ->
                new RestartPolicy(
                        "on-failure", null, words.length > 1 ? Integer.valueOf(words[1].strip()) : null, null);
            case "" -> new RestartPolicy(null, null, null, null);
            default -> new RestartPolicy("any", null, null, null);
        };
    }
}

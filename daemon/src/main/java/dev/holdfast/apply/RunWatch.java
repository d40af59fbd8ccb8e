package dev.holdfast.apply;

import dev.holdfast.app.KnownSecrets;
import dev.holdfast.engine.Engine;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.plan.RunState;
import dev.holdfast.spec.RunsLabel;
import dev.holdfast.spec.RunsLabel.Run;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Waits until a service that runs one task to its end has done so: the run that is open in its label.
public final class RunWatch {

    private static final long BEAT_MILLIS = 500;

    private final Engine engine;
    private final Clock clock;
    private final Progress progress;

    public RunWatch(Engine engine, Clock clock, Progress progress) {
        this.engine = engine;
        this.clock = clock;
        this.progress = progress;
    }

    /// How a run has ended.
    ///
    /// @param task its last one; null where there is none
    public record Ended(Run run, @Nullable Task task) {}

    /// @param until when it is given up to wait; null where it may take as long as it likes
    /// @return null where it goes on by then
    public @Nullable Ended await(String app, String serviceId, @Nullable Instant until) throws InterruptedException {
        Run last = null;
        while (true) {
            var now = clock.instant();
            var service = Service.of(engine.service(serviceId));
            var tasks = Snapshot.tasks(engine.tasks()).stream()
                    .filter(task -> task.serviceId().equals(serviceId))
                    .toList();
            switch (RunState.of(service, tasks, Live.nodes(engine), now)) {
                case RunState.Over(var run, var task) -> {
                    return new Ended(run, task);
                }
                case RunState.Going(var run, var what) -> {
                    last = run == null ? last : run;
                    progress.app(app, what);
                }
                case RunState.Resting _ -> {
                    return new Ended(written(service, Objects.requireNonNull(last)), null);
                }
            }
            if (until != null && !now.isBefore(until)) {
                return null;
            }
            Thread.sleep(BEAT_MILLIS);
        }
    }

    /// A daemon may have written it down already.
    private static Run written(Service service, Run begun) {
        return RunsLabel.of(service).runs().stream()
                .filter(run -> run.scheduled().equals(begun.scheduled()) && run.byHand() == begun.byHand())
                .findFirst()
                .orElse(begun);
    }

    /// The last log lines of a task, without secrets; none where its log cannot be had.
    public List<String> lastWords(@Nullable Task task, KnownSecrets secrets) {
        return TaskLog.lastLines(engine, task).stream().map(secrets::masked).toList();
    }
}

package dev.holdfast.daemon;

import dev.holdfast.run.RunNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scheduled reconciler, from start to stop.
public final class Daemon {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /// A run that goes on longer than this is taken for stuck: the watchdog ends the process.
    private static final Duration STUCK = Duration.ofHours(2);

    /// As for wrong usage: starting again would not help, and systemd does not try.
    private static final int BAD_SETTINGS = 64;

    private Daemon() {}

    /// Runs until it is told to stop (`SIGTERM`, `SIGINT`).
    ///
    /// @return the exit code of the process
    public static int run(Path file) throws InterruptedException {
        var bound = SettingsReader.read(file, System.getenv());
        bound.problems().forEach(problem -> LOG.error("{}", problem));
        var settings = bound.value();
        if (settings == null || bound.problems().stream().anyMatch(problem -> problem.isError())) {
            return BAD_SETTINGS;
        }
        var stop = new CountDownLatch(1);
        Signals.onTermination(stop::countDown);
        var systemd = SystemdNotify.of(System.getenv());
        LOG.info(
                "following {} every {} with the engine at {}",
                RunNames.repository(settings.location()),
                settings.schedule().reconcile(),
                settings.docker().host());
        try (var runs = new DaemonRuns(settings, systemd);
                var schedule = ReconcileSchedule.start(settings.schedule().interval(), runs);
                var events = EventFollower.start(
                        settings.docker().address(), runs::fence, () -> schedule.runNow(Cause.EVENT));
                var http = http(settings);
                var watchdog = systemd.watch(
                        () -> schedule.isAlive() && schedule.busy().compareTo(STUCK) < 0)) {
            schedule.lookForTags(settings.schedule().images(), runs::followsTags);
            Signals.onHangup(() -> schedule.runNow(Cause.SIGNAL));
            stop.await();
            LOG.info("stopping");
            runs.stopping();
            systemd.stopping();
        }
        LOG.info("stopped");
        return 0;
    }

    private static @Nullable HttpApi http(DaemonSettings settings) {
        var http = settings.http();
        return http == null ? null : HttpApi.start(http, settings.options());
    }
}

package dev.holdfast.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells systemd how the daemon is (`sd_notify(3)`). Where systemd did not start it, nothing happens; what cannot be
/// told
/// is no reason to fail.
public final class SystemdNotify {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);

    private final @Nullable String socket;
    private final @Nullable Duration watchdog;

    private SystemdNotify(@Nullable String socket, @Nullable Duration watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /// @param environment usually [System#getenv()]
    public static SystemdNotify of(Map<String, String> environment) {
        var socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        var usable = socket.startsWith("/") || socket.startsWith("@");
        return new SystemdNotify(usable ? socket : null, watchdog(environment));
    }

    private static @Nullable Duration watchdog(Map<String, String> environment) {
        var pid = environment.getOrDefault("WATCHDOG_PID", "");
        if (!pid.isEmpty() && !pid.equals("" + ProcessHandle.current().pid())) {
            return null;
        }
        try {
            var micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            return micros > 0 ? Duration.ofNanos(micros * 1000) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// Settings are read and the schedule runs.
    public void ready() {
        send("READY=1");
    }

    /// @param text one line for `systemctl status`
    public void status(String text) {
        send("STATUS=" + text.replaceAll("\\s+", " ").strip());
    }

    public void stopping() {
        send("STOPPING=1");
    }

    /// Within what time systemd wants to hear from the daemon; empty where it does not care.
    public Optional<Duration> watchdog() {
        return socket == null ? Optional.empty() : Optional.ofNullable(watchdog);
    }

    /// Tells the watchdog twice in its time that all is well, as long as it is.
    public Watch watch(BooleanSupplier alive) {
        var thread = watchdog()
                .map(within ->
                        Thread.ofPlatform().daemon().name("watchdog").start(() -> beat(within.dividedBy(2), alive)))
                .orElse(null);
        return () -> {
            if (thread != null) {
                thread.interrupt();
            }
        };
    }

    /// Ends with [#close].
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private void beat(Duration pause, BooleanSupplier alive) {
        try {
            while (true) {
                if (alive.getAsBoolean()) {
                    send("WATCHDOG=1");
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("the watchdog is no longer told");
        }
    }

    private void send(String message) {
        if (socket == null) {
            return;
        }
        try {
            UnixDatagram.send(socket, message);
        } catch (IOException | RuntimeException e) {
            LOG.debug("systemd could not be told {}: {}", message, e.getMessage());
        }
    }
}

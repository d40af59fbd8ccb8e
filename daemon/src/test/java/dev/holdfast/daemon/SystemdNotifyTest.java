package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdNotifyTest {

    @TempDir
    Path directory;

    @Test
    void systemdIsToldOverASocketWithAPathAndOverAnAbstractOne() throws Throwable {
        var name = "@holdfast-test-" + ProcessHandle.current().pid();
        for (var address : new String[] {directory.resolve("notify").toString(), name}) {
            try (var systemd = new DatagramReceiver(address)) {
                var notify = SystemdNotify.of(Map.of("NOTIFY_SOCKET", address));
                notify.ready();
                notify.status("synced at 0123abc:\n 3 apps, 1 held – ü");
                notify.stopping();
                assertThat(systemd.next()).isEqualTo("READY=1");
                assertThat(systemd.next()).isEqualTo("STATUS=synced at 0123abc: 3 apps, 1 held – ü");
                assertThat(systemd.next()).isEqualTo("STOPPING=1");
                assertThat(notify.watchdog()).isEmpty();
            }
        }
    }

    @Test
    void theWatchdogHearsOfTheDaemonAsLongAsItIsWell() throws Throwable {
        var address = directory.resolve("notify").toString();
        try (var systemd = new DatagramReceiver(address)) {
            var notify = SystemdNotify.of(Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "200000"));
            assertThat(notify.watchdog()).contains(Duration.ofMillis(200));
            var alive = new AtomicBoolean(true);
            try (var watch = notify.watch(alive::get)) {
                assertThat(watch).isNotNull();
                assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
                assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
                alive.set(false);
                Thread.sleep(500);
                notify.status("end");
                var last = systemd.next();
                while (last.equals("WATCHDOG=1")) {
                    last = systemd.next();
                }
                assertThat(last).isEqualTo("STATUS=end");
            }
        }
    }

    @Test
    void aWatchdogForAnotherProcessIsNotOurs() {
        var environment = Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", "200000", "WATCHDOG_PID", "1");
        assertThat(SystemdNotify.of(environment).watchdog()).isEmpty();
    }

    @Test
    void withoutSystemdNothingHappens() {
        assertThatCode(() -> {
                    SystemdNotify.of(Map.of()).ready();
                    SystemdNotify.of(Map.of("NOTIFY_SOCKET", "vsock:2:1")).ready();
                    SystemdNotify.of(Map.of("NOTIFY_SOCKET", "/nowhere/notify")).ready();
                    SystemdNotify.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200)))
                            .stopping();
                    SystemdNotify.of(Map.of()).watch(() -> true).close();
                })
                .doesNotThrowAnyException();
    }
}

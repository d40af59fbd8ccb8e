package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/// Apps that show every overlap: they ignore SIGTERM, and each container writes its ID into its directory five times a
/// second until it is killed. Where no two ever ran at once, the beats of each stand together.
final class Beats {

    private static final String UNTIL_KILLED =
            "command: [sh, -c, \"trap '' TERM; while true; do echo $$HOSTNAME >> /data/beats; sleep 0.2; done\"]";

    private Beats() {}

    /// The lines of an app that is killed `grace` seconds after it was told to stop.
    ///
    /// @param persistent its line `persistent: …`, with the directory at `/data`
    static String[] stubborn(int grace, String persistent, String... more) {
        var lines = new ArrayList<>(List.of(UNTIL_KILLED, "stop_grace_period: " + grace + "s", persistent));
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }

    /// @param beats the file, as read
    /// @param tasks how many there must have been at least, one after the other
    static void assertOneAfterTheOther(String data, String beats, int tasks) {
        var order = new ArrayList<String>();
        beats.lines().forEach(container -> {
            if (order.isEmpty() || !order.getLast().equals(container)) {
                order.add(container);
            }
        });
        assertThat(order)
                .as("the containers that wrote to " + data + ", in order: none comes twice")
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(tasks);
    }
}

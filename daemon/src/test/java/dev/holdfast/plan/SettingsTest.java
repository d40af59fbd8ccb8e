package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Keys that no service shows.
class SettingsTest {

    @Test
    void what_only_Holdfast_reads_is_compared_key_by_key() {
        var world = SimulatedCluster.of(1).app("db", "").app("web", "").app("same", "timeout: 5m\n");
        var before = world.desired();
        world.file("holdfast.yaml", """
            brakes: {max_removals: 50%, allow_removals: [old]}
            survey: {image: "docker:27-cli"}
            orphans: {ignore: ["tmp-*"]}
            """);
        world.app("web", """
            timeout: 90s
            depends_on: [db]
            ignore_drift: [replicas]
            adopt: true
            persistent: {leave: [old-data], leave_data_on: w1, directories: ['shared:/x:ro']}
            """);
        world.app("same", "").app("new", "timeout: 1h\n");
        assertThat(Settings.changed(before, world.desired()))
                .extracting(setting ->
                        setting.app() + " " + setting.path() + " " + setting.before() + " " + setting.after())
                .containsExactly(
                        " brakes.allow_removals null [old]",
                        " brakes.max_removals 30% 50%",
                        " orphans.ignore null [tmp-*]",
                        " survey.image docker:cli docker:27-cli",
                        "web adopt null true",
                        "web depends_on null [db]",
                        "web ignore_drift null [replicas]",
                        "web persistent.leave null [old-data]",
                        "web persistent.leave_data_on null w1",
                        "web timeout 5m 1m30s");
        assertThat(Settings.changed(world.desired(), world.desired())).isEmpty();
    }
}

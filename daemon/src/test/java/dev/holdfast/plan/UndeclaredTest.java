package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.live.Mount;
import dev.holdfast.survey.Survey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Data that an image keeps and no file declares (rule `opt-in`).
class UndeclaredTest {

    private static final String NOBODY_NAMED_IT = "0123456789abcdef".repeat(4);

    @Test
    void a_volume_of_the_image_that_no_directory_covers_is_warned_of_before_there_is_a_task() {
        var world = SimulatedCluster.of(1).app("cache", "").db("db", "db-data", "");
        world.imageVolumes.putAll(Map.of("cache", List.of("/var/cache/"), "db", List.of("/data", "/data/wal")));
        assertThat(SimulatedCluster.warnings(world.glance()))
                .containsExactly("cache undeclared-volume", "db undeclared-volume");
        assertThat(world.glance().warnings())
                .extracting(Warning::message)
                .anyMatch(text -> text.contains(" /data/wal,"))
                .noneMatch(text -> text.contains(" /data,"));
        world.app("cache", "tmpfs: [/var/cache]\n");
        assertThat(SimulatedCluster.warnings(world.glance())).containsExactly("db undeclared-volume");
    }

    @Test
    void status_warns_of_it_too() {
        var world = SimulatedCluster.of(1).app("cache", "");
        world.imageVolumes.put("cache", List.of("/var/cache"));
        assertThat(world.statuses().getFirst().warnings())
                .extracting(Warning::code)
                .containsExactly(WarningCode.UNDECLARED_VOLUME);
    }

    @Test
    void what_a_look_has_seen_is_remembered_until_another_look_sees_it_gone() {
        var world = SimulatedCluster.of(1).app("cache", "").app("web", "");
        world.run();
        world.swarm.disks.containers.put("n1", List.of(container("cache", "volume", NOBODY_NAMED_IT)));
        world.db("db", "db-data", "").run();
        assertThat(SimulatedCluster.warnings(world.glance())).containsExactly("cache undeclared-volume");
        assertThat(world.ledger.undeclared()).isEqualTo(Map.of("cache", List.of("/keeps")));

        world.swarm.disks.containers.put("n1", List.of(container("cache", "volume", "a-name")));
        world.db("other", "other-data", "").run();
        assertThat(SimulatedCluster.warnings(world.glance())).isEmpty();
        assertThat(world.ledger.undeclared()).isEmpty();
    }

    private static Survey.Container container(String service, String type, String source) {
        return new Survey.Container(
                "c1", service + ".1.x", "running", "task", service, List.of(new Mount(type, source, "/keeps", false)));
    }
}

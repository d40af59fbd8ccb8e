package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Resources;
import dev.holdfast.live.Task;
import dev.holdfast.report.DataText;
import dev.holdfast.spec.Specs;
import dev.holdfast.survey.Survey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What the disk of the node must show before an app starts (rules `directory-exists`, `one-owner`, `no-empty-start`,
/// `ask-to-adopt`).
class DiskTest {

    private static final String BIND = "persistent: {node: w1, directories: ['/srv/db:/data']}\n";

    @Test
    void a_directory_must_exist_before_a_service_is_touched() {
        var world = SimulatedCluster.of(3).app("db", BIND);
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db bind-missing");
        assertThat(plan.holds().getFirst().message()).contains("w1:/srv/db");
        world.swarm.disks.directory("n1", "/srv/db");
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n1");
    }

    @Test
    void a_directory_that_became_another_one_is_a_hold() {
        var world = SimulatedCluster.of(1).app("db", BIND);
        world.swarm.disks.directory("n1", "/srv/db");
        world.run();
        world.swarm.disks.directory("n1", "/srv/db");
        world.app("db", BIND + "environment: {A: b}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db bind-changed");
    }

    @Test
    void a_directory_inside_the_engines_own_folder_is_refused() {
        var world = SimulatedCluster.of(1).app("db", BIND);
        world.swarm.disks.paths.put(
                "n1",
                new java.util.TreeMap<>(Map.of(
                        "/srv/db",
                        new Survey.Path(
                                "/srv/db", "directory", "/var/lib/docker/volumes/x/_data", "8:1", false, null))));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db bind-in-docker-root");
    }

    @Test
    void a_directory_that_is_a_mount_point_is_warned_of() {
        var world = SimulatedCluster.of(1).app("db", BIND);
        world.swarm.disks.paths.put(
                "n1",
                new java.util.TreeMap<>(
                        Map.of("/srv/db", new Survey.Path("/srv/db", "directory", "/srv/db", "8:1", true, null))));
        assertThat(SimulatedCluster.warnings(world.run())).containsExactly("db bind-mount-point");
        assertThat(world.runsOn("db")).isEqualTo("n1");
    }

    @Test
    void a_directory_that_cannot_be_looked_at_is_a_hold() {
        var world = SimulatedCluster.of(2).app("db", BIND);
        world.swarm.disks.directory("n1", "/srv/db");
        world.run();
        world.swarm.node("n1", "w1", "ready", "pause");
        world.app("db", BIND + "environment: {A: b}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db stranded");
    }

    @Test
    void a_volume_that_holdfast_did_not_create_is_not_taken_over_silently() {
        var world = SimulatedCluster.of(3).db("db", "db-data", "node: w1");
        world.swarm.disks.volume("n1", "db-data", Map.of());
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db not-ours");
        world.app("db", "adopt: true\npersistent: {node: w1, directories: ['db-data:/data']}\n");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(DataText.of(plan.data())).anyMatch(line -> line.contains("finds volume db-data on w1"));
        assertThat(SimulatedCluster.warnings(world.glance())).containsExactly("db adopt-done");
    }

    @Test
    void an_app_that_was_stopped_when_it_was_made_takes_no_foreign_volume_when_it_starts() {
        var world = SimulatedCluster.of(1)
                .app("db", "deploy: {replicas: 0}\npersistent: {directories: ['db-data:/data']}\n");
        world.swarm.disks.volume("n1", "db-data", Map.of());
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db not-ours");
        world.db("db", "db-data", "");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db not-ours");
    }

    @Test
    void a_new_volume_beside_one_of_a_similar_name_is_a_hold() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "");
        world.swarm.disks.volume("n1", "shop_db-data", Map.of());
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db similar-volume");
        assertThat(plan.holds().getFirst().allow()).contains("volume: shop_db-data");
        world.db("db", "db-data", "leave: [shop_db-data]");
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
    }

    @Test
    void a_volume_that_is_gone_is_not_made_again_empty() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "");
        world.run();
        world.app("db", "environment: {A: b}\npersistent: {directories: ['db-data:/data']}\n")
                .run();
        Objects.requireNonNull(world.swarm.disks.volumes.get("n1")).remove("db-data");
        world.app("db", "environment: {A: c}\npersistent: {directories: ['db-data:/data']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db volume-missing");
        world.swarm.disks.volume("n1", "db-data", Map.of());
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db volume-changed");
    }

    @Test
    void a_volume_with_other_options_than_declared_is_a_hold() {
        var world = SimulatedCluster.of(1)
                .file(
                        "holdfast.yaml",
                        "volumes: {db-data: {driver: local, driver_opts: {type: tmpfs, device: tmpfs}}}\n")
                .app("db", "adopt: true\npersistent: {directories: ['db-data:/data']}\n");
        world.swarm.disks.volume("n1", "db-data", Map.of());
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db volume-differs");
    }

    @Test
    void the_engine_calls_a_plugin_by_its_tag() {
        var world = SimulatedCluster.of(1)
                .file("holdfast.yaml", "volumes: {db-data: {driver: rclone}}\n")
                .app("db", "adopt: true\npersistent: {directories: ['db-data:/data']}\n");
        world.swarm.disks.volumes.put(
                "n1",
                new TreeMap<>(Map.of(
                        "db-data", new Survey.Volume("db-data", "then", "rclone:latest", Map.of(), Map.of(), null))));
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
    }

    @Test
    void options_that_change_in_the_file_do_not_change_the_volume_of_an_app_so_it_waits() {
        var world = SimulatedCluster.of(1)
                .file("holdfast.yaml", "volumes: {db-data: {driver_opts: {type: tmpfs, device: tmpfs}}}\n")
                .app("db", "persistent: {directories: ['db-data:/data']}\n");
        world.run();
        world.file("holdfast.yaml", "volumes: {db-data: {driver_opts: {type: tmpfs, device: other}}}\n");
        assertThat(world.run().holds()).singleElement().satisfies(hold -> {
            assertThat(hold.code()).isEqualTo(HoldCode.VOLUME_DIFFERS);
            assertThat(hold.allow()).contains("device: \"tmpfs\"");
        });
        world.file("holdfast.yaml", "volumes: {db-data: {driver_opts: {type: tmpfs, device: tmpfs}}}\n");
        assertThat(world.run().changes()).isEmpty();
    }

    @Test
    void options_that_the_file_no_longer_gives_hold_before_anybody_has_looked() {
        var options = "volumes: {db-data: {driver_opts: {type: tmpfs, device: tmpfs}}}\n";
        var world = SimulatedCluster.of(1).file("holdfast.yaml", options).db("db", "db-data", "node: w1");
        world.run();
        world.file("holdfast.yaml", "");
        assertThat(world.glance().holds()).singleElement().satisfies(hold -> {
            assertThat(hold.code()).isEqualTo(HoldCode.VOLUME_DIFFERS);
            assertThat(hold.allow())
                    .contains("volumes: { db-data-2: { driver: local } }", "[\"db-data-2:/data\"], leave: [db-data]")
                    .contains("volumes: { db-data: { driver: local, driver_opts: { device: \"tmpfs\"");
        });
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db volume-differs");
        assertThat(world.file("holdfast.yaml", options).glance().holds()).isEmpty();
    }

    @Test
    void the_way_on_from_other_options_is_one() {
        var world = SimulatedCluster.of(1)
                .file("holdfast.yaml", "volumes: {db-data: {driver_opts: {type: nfs, o: 'addr=a'}}}\n")
                .db("db", "db-data", "node: w1");
        world.run();
        world.file("holdfast.yaml", """
            volumes:
              db-data: {driver_opts: {type: nfs, o: 'addr=a'}}
              db-data-2: {driver_opts: {type: nfs, o: 'addr=b'}}
            """).db("db", "db-data-2", "node: w1\nleave: [db-data]");
        assertThat(world.glance().holds()).isEmpty();
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.orphans()).containsExactly("volume:db-data@n1");
    }

    @Test
    void a_renamed_app_does_not_find_its_volume_with_other_options() {
        var world = SimulatedCluster.of(1)
                .file("holdfast.yaml", "volumes: {db-data: {driver_opts: {type: nfs, o: 'addr=a,password=hunter2'}}}\n")
                .db("db", "db-data", "node: w1");
        world.run();
        world.file("holdfast.yaml", "volumes: {db-data: {driver_opts: {type: nfs, o: 'addr=b'}}}\n")
                .without("db")
                .db("store", "db-data", "node: w1");
        assertThat(SimulatedCluster.holds(world.glance())).contains("store volume-differs");
        assertThat(SimulatedCluster.holds(world.plan())).isEqualTo(SimulatedCluster.holds(world.glance()));
        assertThat(world.glance().holds() + "" + world.plan().holds()).doesNotContain("hunter2");
    }

    @Test
    void what_an_adopted_volume_was_made_with_is_not_known_before_a_look_and_that_is_said() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "node: w1").stackDeployed("db", "db-data", "n1");
        world.file("holdfast.yaml", "volumes: {db-data: {driver_opts: {type: nfs, o: 'addr=a'}}}\n")
                .app("db", "adopt: true\npersistent: {node: w1, directories: ['db-data:/data']}\n");
        assertThat(world.glance().holds()).isEmpty();
        assertThat(world.glance().warnings())
                .anySatisfy(warning -> assertThat(warning.depends())
                        .isEqualTo(Warning.Otherwise.heldIf("volume db-data has other options than declared")));
        assertThat(SimulatedCluster.holds(world.plan())).containsExactly("db volume-differs");
    }

    @Test
    void a_shared_volume_keeps_its_options_where_it_is_and_that_is_said() {
        var world = SimulatedCluster.of(1)
                .file("holdfast.yaml", "volumes: {files: {shared: true, driver_opts: {type: nfs, o: 'addr=a'}}}\n")
                .db("web", "files", "");
        world.run();
        world.file("holdfast.yaml", "volumes: {files: {shared: true, driver_opts: {type: nfs, o: 'addr=b'}}}\n");
        assertThat(SimulatedCluster.warnings(world.glance())).containsExactly("web volume-differs");
        assertThat(SimulatedCluster.changes(world.glance())).containsExactly("update service web");
    }

    @Test
    void a_volume_that_a_stack_has_under_a_similar_name_holds_before_anybody_has_looked() {
        var world = SimulatedCluster.of(1)
                .stackDeployed("shop_db", "shop_db-data", "n1")
                .db("db", "db-data", "node: w1");
        assertThat(SimulatedCluster.holds(world.glance())).containsExactly("db similar-volume");
        assertThat(SimulatedCluster.holds(world.plan())).containsExactly("db similar-volume");
    }

    @Test
    void a_directory_that_an_app_finds_is_told_of_once() {
        var world = SimulatedCluster.of(2).app("db", BIND);
        world.swarm.disks.directory("n1", "/srv/db");
        assertThat(DataText.of(world.run().data()))
                .containsExactly("db finds directory w1:/srv/db and uses it, whatever is in it");
        world.app("db", "environment: {A: b}\n" + BIND);
        assertThat(DataText.of(world.run().data())).isEmpty();
    }

    @Test
    void data_at_another_place_in_the_container_is_told() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "node: w1");
        world.run();
        world.app("db", "persistent: {node: w1, directories: ['db-data:/var/lib/db']}\n");
        var plan = world.run();
        assertThat(SimulatedCluster.warnings(plan)).containsExactly("db target-changed");
        assertThat(DataText.of(plan.data()))
                .containsExactly("db has volume db-data at /var/lib/db, no longer at /data");
        assertThat(world.run().warnings()).isEmpty();
    }

    @Test
    void an_app_does_not_start_on_data_that_a_foreign_service_mounts() {
        var world = SimulatedCluster.of(2).stackDeployed("shop_db", "db-data", "n1");
        world.app("db", "adopt: true\npersistent: {node: w1, directories: ['db-data:/data']}\n");
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db in-use");
        assertThat(plan.holds().getFirst().message()).contains("shop_db");
        world.swarm.remove("shop_db");
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
    }

    @Test
    void an_app_does_not_start_on_data_that_a_plain_container_mounts() {
        var world = SimulatedCluster.of(1).app("db", BIND);
        world.swarm.disks.directory("n1", "/srv/db");
        world.swarm.disks.containers.put("n1", List.of(container("/srv", false, "running", "")));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db in-use");
        world.swarm.disks.containers.put("n1", List.of(container("/srv", true, "running", "")));
        assertThat(SimulatedCluster.holds(world.run())).isEmpty();
    }

    @Test
    void a_container_of_a_task_that_the_managers_have_forgotten_counts() {
        var world = SimulatedCluster.of(1).app("db", BIND);
        world.swarm.disks.directory("n1", "/srv/db");
        world.swarm.disks.containers.put("n1", List.of(container("/srv/db", false, "running", "gone-task")));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db in-use");
    }

    /// What the file calls a directory, others may call a volume that binds it, or the volume's own folder.
    @Test
    void an_app_does_not_start_on_data_that_is_mounted_under_another_name() {
        var binds = Map.of("type", "none", "o", "bind", "device", "/srv/db");
        var world = SimulatedCluster.of(1).app("db", BIND).db("files", "db-files", "node: w1");
        world.swarm.disks.directory("n1", "/srv/db");
        var unmade = new Mount("volume", "disk", "/x", false, "local", binds, false);
        var folder = new Mount("bind", "/var/lib/docker/volumes/db-files/_data", "/x", false);
        var tasks = List.copyOf(world.swarm.tasks);
        for (var mount : List.of(unmade, folder)) {
            world.swarm.tasks.add(new Task(
                    "t",
                    "gone",
                    "n1",
                    1,
                    "running",
                    "running",
                    "",
                    "",
                    "",
                    "c",
                    List.of(mount),
                    Specs.object(),
                    Resources.NONE,
                    Set.of()));
            world.swarm.disks.containers.put(
                    "n1", List.of(new Survey.Container("c", "x", "running", "", "", List.of(mount))));
            var app = mount.equals(unmade) ? "db" : "files";
            assertThat(SimulatedCluster.holds(world.plan())).as(mount.source()).containsExactly(app + " in-use");
            world.swarm.tasks.clear();
            world.swarm.tasks.addAll(tasks);
        }
    }

    private static Survey.Container container(String path, boolean readOnly, String state, String task) {
        return new Survey.Container("c1", "backup", state, task, "", List.of(new Mount("bind", path, "/x", readOnly)));
    }

    @Test
    void the_last_task_of_a_service_that_is_gone_is_waited_for() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "");
        world.run();
        var old = world.swarm.tasks.getFirst();
        world.swarm.remove("db");
        world.swarm.tasks.add(old);
        var create = (Change.CreateService) world.plan().changes().getFirst();
        assertThat(create.takesFrom()).containsExactly(old.serviceId());
    }

    @Test
    void what_only_a_look_has_held_is_held_in_the_status_too_until_nothing_differs_or_another_commit_is_there() {
        var world = SimulatedCluster.of(1).db("db", "db-data", "");
        world.run();
        world.byHand("db", spec -> spec.withObject("/UpdateConfig").put("Order", "start-first"));
        assertThat(world.statuses().getFirst().sync()).isEqualTo(AppStatus.Sync.DRIFTED);
        world.ledger = world.ledger.withHolds(Map.of("db", new Ledger.Held("image-missing", "nobody has db:2")));
        assertThat(world.statuses().getFirst().sync()).isEqualTo(AppStatus.Sync.HELD);
        assertThat(world.statuses().getFirst().error()).isEqualTo("image-missing: nobody has db:2");
        world.app("web", ""); // another commit
        assertThat(world.statuses().getFirst().sync()).isEqualTo(AppStatus.Sync.PENDING);
    }

    @Test
    void an_app_that_was_held_before_it_ever_ran_is_pending_and_changed_by_nobody() {
        var world = SimulatedCluster.of(3).app("db", BIND).app("web", "");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db bind-missing");
        assertThat(world.statuses().getFirst().sync()).isEqualTo(AppStatus.Sync.PENDING);

        world.swarm.disks.directory("n1", "/srv/db");
        world.run();
        assertThat(world.statuses().getFirst().sync()).isEqualTo(AppStatus.Sync.SYNCED);
        world.swarm.remove("db");
        world.swarm.remove("web");
        assertThat(world.statuses()).extracting(AppStatus::sync).containsOnly(AppStatus.Sync.DRIFTED);
    }
}

package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.live.Mount;
import dev.holdfast.report.DataText;
import dev.holdfast.survey.Survey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Apps without data of their own, readers, and storage that every node sees (rules `opt-in`, `one-instance`,
/// `one-owner`).
class SharingTest {

    private final SimulatedCluster world = SimulatedCluster.of(3);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void apps_without_data_run_anywhere_in_any_number_and_may_look_at_the_host() {
        world.app("web", "deploy: {replicas: 3}\nhost_paths: [/srv/look]\n")
                .app("agent", "deploy: {mode: global}\nhost_paths: ['/:/host']\n");
        java.util.List.of("n1", "n2", "n3").forEach(node -> {
            world.swarm.disks.directory(node, "/srv/look");
            world.swarm.disks.directory(node, "/");
        });
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("web")).isEqualTo("n1,n2,n3");
        assertThat(world.runsOn("agent")).isEqualTo("n1,n2,n3");
        assertThat(world.ledger.claims()).isEmpty();
        assertThat(world.without("web").run().holds()).isEmpty();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void an_app_that_only_looks_stands_in_nobodys_way() {
        world.swarm.disks.directory("n1", "/srv/db");
        world.app("viewer", "host_paths: ['/srv/db:/look']\n").run();
        world.app("db", "persistent: {node: w1, directories: ['/srv/db:/data']}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void shared_volumes_lock_nothing_and_are_nobodys_claim() {
        world.file(
                        "holdfast.yaml",
                        "volumes: {media: {driver_opts: {type: nfs, o: addr=nas, device: ':/m'}, shared: true}}\n")
                .app("web", "deploy: {replicas: 3}\npersistent: {directories: ['media:/media']}\n");
        var plan = world.glance();
        assertThat(plan.holds()).isEmpty();
        assertThat(((Change.CreateService) plan.changes().getFirst()).claims()).isEmpty();
        assertThat(plan.ledger().claims()).isEmpty();
    }

    @Test
    void readers_run_in_any_number_on_the_node_of_the_writer() {
        world.db("db", "db-data", "node: w2")
                .app("report", "deploy: {replicas: 2}\npersistent: {directories: ['db-data:/data:ro']}\n")
                .run();
        assertThat(world.runsOn("report")).isEqualTo("n2");
        assertThat(world.swarm.tasks).hasSize(3);
        assertThat(world.glance().changes()).isEmpty();
        world.db("db", "db-data", "node: w3\nleave_data_on: w2");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("report")).isEqualTo("n3");
    }

    @Test
    void a_volume_that_only_readers_still_have_is_told_of() {
        world.db("db", "db-data", "node: w2")
                .app("backup", "persistent: {node: w2, directories: ['db-data:/data:ro']}\n")
                .run();
        var plan = world.without("db").run();
        assertThat(DataText.of(plan.data()))
                .containsExactly(
                        "volume db-data stays on w2 with backup, which only reads it: no app writes it any more");
    }

    @Test
    void a_reader_does_not_move_ahead_of_a_writer_that_is_held() {
        world.db("db", "db-data", "node: w2")
                .app("report", "persistent: {directories: ['db-data:/data:ro']}\n")
                .run();
        var plan = world.db("db", "db-data", "node: w3").run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db moves-data", "report writer-held");
        assertThat(world.runsOn("report")).isEqualTo("n2");
    }

    @Test
    void a_reader_that_names_another_node_than_the_writers_is_a_hold() {
        world.db("db", "db-data", "").run();
        world.app("report", "persistent: {node: w3, directories: ['db-data:/data:ro']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("report writer-elsewhere");
    }

    @Test
    void a_reader_that_leaves_leaves_nothing_behind() {
        world.db("db", "db-data", "node: w2")
                .app("report", "persistent: {directories: ['db-data:/data:ro']}\n")
                .run();
        assertThat(world.app("report", "").run().holds()).isEmpty();
        assertThat(world.without("report").run().holds()).isEmpty();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_writer_does_not_give_its_data_up_to_one_that_only_goes_on_reading() {
        world.db("db", "db-data", "node: w1")
                .app("report", "persistent: {directories: ['db-data:/data:ro']}\n")
                .run();
        world.db("db", "db-new", "node: w1");
        assertThat(world.run().holds())
                .extracting(Hold::app, Hold::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("db", HoldCode.GIVES_UP_DATA));
    }

    @Test
    void a_reader_that_becomes_the_writer_waits_until_the_other_only_reads() {
        world.db("db", "db-data", "node: w2")
                .app("next", "persistent: {directories: ['db-data:/data:ro']}\n")
                .run();
        world.app("db", "persistent: {node: w2, directories: ['db-data:/data:ro']}\n")
                .app("next", "persistent: {node: w2, directories: ['db-data:/data']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("next in-use");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void two_files_that_want_the_same_are_errors_and_what_runs_stays() {
        world.db("a", "one", "node: w1").run();
        world.db("b", "one", "node: w1");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a files-broken", "b files-broken");
        assertThat(world.runsOn("a")).isEqualTo("n1");
        assertThat(world.swarm.has("b")).isFalse();
    }

    @Test
    void a_persistent_app_restarts_stop_first_and_one_without_data_does_not() {
        world.db("db", "db-data", "node: w1").app("web", "").run();
        world.app("web", "environment: {A: b}\n")
                .app("db", "environment: {A: b}\npersistent: {node: w1, directories: ['db-data:/data']}\n");
        for (var change : world.plan().changes()) {
            assertThat(((Change.UpdateService) change).stopFirst())
                    .isEqualTo(change.app().equals("db"));
            assertThat(change.restarts()).isTrue();
        }
    }

    @Test
    void a_symlink_is_the_directory_that_it_leads_to() {
        world.swarm.disks.directory("n1", "/srv/db");
        world.swarm.disks.link("n1", "/srv/link", "/srv/db");
        world.app("a", "persistent: {node: w1, directories: ['/srv/db:/d']}\n")
                .app("b", "persistent: {node: w1, directories: ['/srv/link:/d']}\n");
        var both = world.run();
        assertThat(SimulatedCluster.holds(both)).containsExactly("a in-use", "b in-use");
        assertThat(both.holds().getFirst().message()).contains("it is /srv/db, which b claims as /srv/link");
        world.without("b").run();
        world.app("b", "persistent: {node: w1, directories: ['/srv/link:/d']}\n");
        var later = world.run();
        assertThat(SimulatedCluster.holds(later)).containsExactly("b in-use");
        assertThat(later.holds().getFirst().message()).contains("app a has it");
        world.app("b", "persistent: {node: w1, directories: ['/srv/link:/d:ro']}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void an_app_that_is_renamed_may_name_its_directory_otherwise() {
        world.swarm.disks.directory("n1", "/srv/db");
        world.swarm.disks.link("n1", "/srv/link", "/srv/db");
        world.app("old", "persistent: {node: w1, directories: ['/srv/db:/d']}\n")
                .run();
        world.without("old").app("new", "persistent: {node: w1, directories: ['/srv/link:/d']}\n");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes().getFirst().takesFrom()).hasSize(1);
        assertThat(world.swarm.has("old")).isFalse();
    }

    @Test
    void a_volume_that_binds_a_directory_is_that_directory() {
        world.file(
                "holdfast.yaml",
                "volumes: {disk: {driver_opts: {type: none, o: bind, device: /srv/x}}, lost: {driver_opts: {type: none,"
                        + " o: bind, device: /srv/no}}}\n");
        world.swarm.disks.directory("n1", "/srv/x");
        world.app("a", "persistent: {node: w1, directories: ['disk:/d']}\n").run();
        world.app("b", "persistent: {node: w1, directories: ['/srv/x/sub:/d']}\n");
        assertThat(world.desired().broken()).as("two files").contains("a", "b");

        world.without("b");
        world.swarm.disks.directory("n1", "/srv/y");
        world.swarm.disks.bound("n1", "by-hand", "/srv/y");
        world.app("c", "persistent: {node: w1, directories: ['/srv/y:/d']}\n").run();
        world.app("d", "adopt: true\npersistent: {node: w1, directories: ['by-hand:/d']}\n");
        world.app("e", "persistent: {node: w1, directories: ['lost:/d']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("d in-use", "e bind-missing");
    }

    @Test
    void a_container_that_mounts_the_directory_under_another_name_is_in_the_way() {
        world.swarm.disks.directory("n1", "/srv/db");
        world.swarm.disks.link("n1", "/srv/link", "/srv/db");
        world.swarm.disks.containers.put(
                "n1",
                List.of(new Survey.Container(
                        "c1", "foreign", "running", "", "", List.of(new Mount("bind", "/srv/link", "/x", false)))));
        world.app("a", "persistent: {node: w1, directories: ['/srv/db:/d']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a in-use");
    }
}

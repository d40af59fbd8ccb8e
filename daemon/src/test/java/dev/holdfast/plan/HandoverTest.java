package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.report.DataText;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Data that is moved, left, and passed from app to app (rules `say-what-stays`, `data-stays`, `seen-gone`).
class HandoverTest {

    private SimulatedCluster world = SimulatedCluster.of(3);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void a_move_is_held_until_the_file_says_what_stays_behind() {
        world.db("db", "db-data", "node: w1").run();
        var plan = world.db("db", "db-data", "node: w2").run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db moves-data");
        assertThat(plan.holds().getFirst().allow()).isEqualTo("persistent: { leave_data_on: w1 }");
        assertThat(world.runsOn("db")).isEqualTo("n1");
        assertThat(world.db("db", "db-data", "node: w2\nleave_data_on: w1")
                        .run()
                        .holds())
                .isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n2");
        assertThat(world.orphans()).containsExactly("volume:db-data@n1");
    }

    @Test
    void an_acknowledgement_counts_once() {
        world.db("db", "db-data", "node: w1").run();
        world.db("db", "db-data", "node: w2\nleave_data_on: w1").run();
        assertThat(SimulatedCluster.holds(
                        world.db("db", "db-data", "node: w3\nleave_data_on: w1").run()))
                .containsExactly("db moves-data");
        assertThat(SimulatedCluster.holds(
                        world.db("db", "db-data", "node: n1\nleave_data_on: w1").run()))
                .contains("db stale-acknowledgement");
    }

    @Test
    void a_leftover_acknowledgement_adopts_nothing() {
        world.db("db", "db-data", "node: w1").run();
        world.db("db", "db-data", "node: w2\nleave_data_on: w1").run();
        world.swarm.disks.volume("n2", "foreign", java.util.Map.of());
        world.app("db", "persistent: {node: w2, leave_data_on: w1, directories: ['db-data:/data', 'foreign:/f']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db not-ours");
    }

    @Test
    void data_that_an_app_has_no_more_is_held_until_the_file_leaves_it() {
        world.db("db", "old-data", "node: w1").run();
        assertThat(SimulatedCluster.holds(world.db("db", "new-data", "node: w1").run()))
                .containsExactly("db gives-up-data");
        assertThat(world.db("db", "new-data", "node: w1\nleave: [old-data]")
                        .run()
                        .holds())
                .isEmpty();
        assertThat(world.orphans()).containsExactly("volume:old-data@n1");
    }

    @Test
    void persistence_can_be_dropped_altogether() {
        world.db("db", "db-data", "node: w1").run();
        assertThat(SimulatedCluster.holds(world.app("db", "").run())).containsExactly("db gives-up-data");
        assertThat(world.app("db", "persistent: {leave: [db-data]}\n").run().holds())
                .isEmpty();
        assertThat(world.swarm.live().service("db").orElseThrow().lockedNode()).isEmpty();
        assertThat(world.orphans()).containsExactly("volume:db-data@n1");
        assertThat(world.app("db", "").run().changes()).isEmpty();
    }

    @Test
    void a_persistent_section_that_says_nothing_is_an_error() {
        assertThat(world.app("db", "persistent: {}\n").desired().broken()).containsExactly("db");
    }

    @Test
    void a_rename_keeps_the_data_and_sees_the_old_task_gone_first() {
        world.db("old", "db-data", "node: w2").run();
        var plan = world.without("old").db("new", "db-data", "").run();
        assertThat(SimulatedCluster.changes(plan)).containsExactly("create service new", "remove service old");
        assertThat(((Change.RemoveService) plan.changes().getLast()).stopFirst())
                .isTrue();
        assertThat(world.runsOn("new")).isEqualTo("n2");
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_renamed_app_with_a_directory_of_the_host_stays_on_its_node() {
        List.of("n1", "n2", "n3").forEach(node -> world.swarm.disks.directory(node, "/srv/db"));
        world.app("old", "persistent: {node: w2, directories: ['/srv/db:/data']}\n")
                .run();
        var plan = world.without("old")
                .app("new", "persistent: {directories: ['/srv/db:/data']}\n")
                .run();
        assertThat(plan.holds()).isEmpty();
        assertThat(world.runsOn("new")).isEqualTo("n2");
    }

    @Test
    void a_swap_in_one_commit_stops_both_first() {
        world.db("a", "one", "node: w1").db("b", "two", "node: w1").run();
        var plan = world.db("a", "two", "node: w1").db("b", "one", "node: w1").run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes()).hasSize(2).allSatisfy(change -> {
            assertThat(((Change.UpdateService) change).stopFirst()).isTrue();
            assertThat(((Change.UpdateService) change).takesFrom()).hasSize(1);
        });
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_split_gives_one_directory_to_a_new_app() {
        world.app("all", "persistent: {node: w1, directories: ['one:/one', 'two:/two']}\n")
                .run();
        var plan = world.db("all", "one", "node: w1").db("part", "two", "").run();
        assertThat(plan.holds()).isEmpty();
        assertThat(world.runsOn("part")).isEqualTo("n1");
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_merge_takes_the_data_of_an_app_that_is_removed() {
        world.db("a", "one", "node: w1").db("b", "two", "node: w1").run();
        world.without("b").app("a", "persistent: {node: w1, directories: ['one:/one', 'two:/two']}\n");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(world.swarm.has("b")).isFalse();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_giver_that_lives_on_stays_while_its_taker_is_held() {
        world.app("all", "persistent: {node: w1, directories: ['one:/one', 'two:/two']}\n")
                .run();
        var plan = world.db("all", "one", "node: w1")
                .app("part", "persistent: {node: w1, directories: ['two:/data', '/srv/no:/no']}\n")
                .run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("all taker-held", "part bind-missing");
        assertThat(world.runsOn("all")).isEqualTo("n1");
    }

    @Test
    void an_app_that_is_removed_stays_while_the_one_that_takes_its_data_is_held() {
        world.db("old", "db-data", "node: w1").run();
        var plan = world.without("old")
                .app("new", "persistent: {node: w1, directories: ['db-data:/data', '/srv/no:/no']}\n")
                .run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("new bind-missing", "old taker-held");
        assertThat(world.runsOn("old")).isEqualTo("n1");
    }

    @Test
    void an_app_that_is_removed_stays_while_an_app_that_is_there_cannot_take_its_data() {
        world.db("a", "one", "node: w1").db("b", "two", "node: w1").run();
        world.without("b").app("a", "persistent: {node: w1, directories: ['one:/one', 'two:/two', '/srv/no:/no']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a bind-missing", "b taker-held");
        assertThat(world.swarm.has("b")).isTrue();
    }

    @Test
    void if_the_taker_fails_the_giver_is_put_back_and_stays() {
        world.db("old", "db-data", "node: w1").run();
        world.swarm.failing.add("new");
        world.without("old").db("new", "db-data", "").run();
        assertThat(world.runsOn("old")).isEqualTo("n1");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("old taker-held");
        assertThat(world.runsOn("old")).isEqualTo("n1");
    }

    @Test
    void if_one_of_a_swap_fails_both_have_what_they_had() {
        world.db("a", "one", "node: w1").db("b", "two", "node: w1").run();
        world.swarm.failing.add("b");
        world.db("a", "two", "node: w1").db("b", "one", "node: w1").run();
        world.swarm.failing.clear();
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a taker-held");
        assertThat(mounted("a")).containsExactly("one");
        assertThat(mounted("b")).containsExactly("two");
        assertThat(world.runsOn("a")).isEqualTo("n1");
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void if_a_part_of_a_split_fails_the_whole_is_put_back_and_the_other_part_stopped() {
        world.app("all", "persistent: {node: w1, directories: ['one:/1', 'two:/2', 'three:/3']}\n")
                .run();
        world.swarm.failing.add("bad");
        world.db("all", "one", "node: w1")
                .db("good", "two", "")
                .db("bad", "three", "")
                .run();
        assertThat(mounted("all")).containsExactly("one", "two", "three");
        assertThat(world.runsOn("all")).isEqualTo("n1");
        assertThat(world.runsOn("good")).isEmpty();
        assertThat(SimulatedCluster.holds(world.run())).contains("all taker-held", "good in-use");

        world.swarm.failing.clear();
        world.db("bad", "three", "").app("bad", "environment: {A: b}\npersistent: {directories: ['three:/3']}\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(List.of(world.runsOn("all"), world.runsOn("good"), world.runsOn("bad")))
                .containsOnly("n1");
        assertThat(mounted("all")).containsExactly("one");
    }

    @Test
    void if_a_merge_fails_all_run_as_before_but_no_older_image_starts_on_the_takers_data() {
        world.db("a", "one", "node: w1").db("b", "two", "node: w1").run();
        world.swarm.failing.add("a");
        world.without("b").app("a", "persistent: {node: w1, directories: ['one:/one', 'two:/two']}\n");
        world.run();
        world.swarm.failing.clear();
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("b taker-held");
        assertThat(mounted("a")).containsExactly("one");
        world.swarm.failing.add("a");
        world.app("a", "environment: {A: b}\npersistent: {node: w1, directories: ['one:/one', 'two:/two']}\n");
        world.file(
                "apps/a.yaml", "name: a\nimage: a:2\npersistent: {node: w1, directories: ['one:/one', 'two:/two']}\n");
        world.run();
        assertThat(world.runsOn("a")).isEmpty();
        assertThat(world.runsOn("b")).isEqualTo("n1");
    }

    private List<String> mounted(String app) {
        return world.swarm.live().service(app).orElseThrow().mounts().stream()
                .map(mount -> mount.source())
                .toList();
    }

    @Test
    void a_broken_file_takes_nothing_back_that_was_given_up() {
        world.db("db", "db-data", "node: w1").run();
        world.db("db", "db-data", "node: w2\nleave_data_on: w1").run();
        var orphan = world.ledger.claims();
        world.file("apps/db.yaml", "name: db\nimage: [\n").run();
        assertThat(world.ledger.claims()).isEqualTo(orphan);
        assertThat(DataText.of(world.db("db", "db-data", "node: w1\nleave_data_on: w2")
                        .run()
                        .data()))
                .anyMatch(line -> line.startsWith("db takes back volume db-data on w1 (made "));
    }

    @Test
    void a_removed_app_leaves_orphans_and_whoever_claims_them_gets_them_on_their_node() {
        world.db("db", "db-data", "node: w3").app("web", "").run();
        var plan = world.without("db").run();
        assertThat(DataText.of(plan.data())).anyMatch(line -> line.contains("db-data stays on w3 as an orphan"));
        assertThat(world.orphans()).containsExactly("volume:db-data@n3");
        var givenUp = Objects.requireNonNull(world.ledger.claims().getFirst().givenUp());
        assertThat(givenUp.commit()).isNotBlank();
        assertThat(givenUp.since()).isEqualTo(SimulatedCluster.NOW);
        var back = world.db("other", "db-data", "").run();
        assertThat(DataText.of(back.data())).anyMatch(line -> line.contains("other takes back volume db-data"));
        assertThat(world.runsOn("other")).isEqualTo("n3");
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void an_orphan_is_not_left_silently_by_naming_another_node() {
        world.db("db", "db-data", "node: w3").app("web", "").run();
        world.without("db").run();
        assertThat(SimulatedCluster.holds(world.db("db", "db-data", "node: w1").run()))
                .containsExactly("db moves-data");
        assertThat(world.db("db", "db-data", "node: w1\nleave_data_on: w3")
                        .run()
                        .holds())
                .isEmpty();
        assertThat(world.orphans()).containsExactly("volume:db-data@n3");
    }

    @Test
    void a_running_app_does_not_start_an_orphans_name_empty_on_its_own_node() {
        world.db("db", "db-data", "node: w3").db("app", "app-data", "node: w1").run();
        world.without("db").run();
        world.app("app", "persistent: {node: w1, directories: ['app-data:/data', 'db-data:/more']}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("app moves-data");
    }

    @Test
    void another_target_is_no_loss() {
        world.db("db", "db-data", "node: w1").run();
        world.app("db", "persistent: {node: w1, directories: ['db-data:/elsewhere']}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void dependencies_are_passed_on() {
        world.db("db", "db-data", "node: w1").app("web", "depends_on: [db]\n");
        var create = (Change.CreateService) world.plan().changes().stream()
                .filter(change -> change.name().equals("web"))
                .findFirst()
                .orElseThrow();
        assertThat(create.after()).containsExactly("db");
    }
}

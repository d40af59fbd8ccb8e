package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/// What keeps services that no file declares any more.
class RemovalsTest {

    private static SimulatedCluster five() {
        var world = SimulatedCluster.of(1);
        for (var name : "abcde".split("")) {
            world.db(name, name + "-data", "");
        }
        world.run();
        return world;
    }

    @Test
    void two_apps_may_always_go_but_not_three_of_five() {
        assertThat(five().without("a", "b").run().holds()).isEmpty();
        var world = five().without("a", "b", "c");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a brake", "b brake", "c brake");
        assertThat(world.swarm.has("a")).isTrue();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void the_file_or_a_flag_lets_them_go() {
        var world = five().without("a", "b", "c").file("holdfast.yaml", "brakes: {allow_removals: [a]}\n");
        assertThat(world.run().holds()).isEmpty();
        var other = five().without("a", "b", "c");
        other.choices = new Situation.Choices(Set.of(), true);
        assertThat(other.run().holds()).isEmpty();
        assertThat(other.swarm.has("c")).isFalse();
    }

    @Test
    void renames_do_not_count() {
        var world = five().without("a", "b", "c");
        for (var name : "abc".split("")) {
            world.db(name + "2", name + "-data", "");
        }
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void nothing_is_removed_while_a_file_is_broken_and_the_app_in_it_stays() {
        var world = five().without("a").file("apps/b.yaml", "name: b\nimage: [\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a files-broken", "b files-broken");
        assertThat(world.swarm.has("a")).isTrue();
        assertThat(world.swarm.has("b")).isTrue();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void nothing_becomes_an_orphan_while_a_file_cannot_be_read() {
        var world = five();
        world.swarm.remove("b");
        world.file("apps/b.yaml", "{{{").run();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_repository_without_apps_changes_nothing() {
        var world = five().without("a", "b", "c", "d", "e");
        var before = world.ledger;
        assertThat(world.glance().changes()).isEmpty();
        assertThat(world.glance().ledger()).isEqualTo(before);
    }

    @Test
    void a_broken_holdfast_yaml_changes_nothing() {
        var world = five().file("holdfast.yaml", "cluster: [").without("a");
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void a_rewritten_history_removes_nothing_and_gives_nothing_up() {
        var world = five().without("a").db("b", "other", "leave: [b-data]");
        world.continues = false;
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a history-rewritten", "b history-rewritten");
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void an_app_that_somebody_paused_is_not_removed() {
        var world = five().without("a");
        world.byHand("a", spec -> spec.withObject("/Labels").put("dev.holdfast.pause", "fsck"));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("a paused");
    }

    @Test
    void data_of_an_app_whose_file_is_broken_is_given_to_nobody() {
        var world =
                five().file("apps/b.yaml", "name: b\nimage: b:1\nbad: key\n").db("f", "b-data", "");
        assertThat(SimulatedCluster.holds(world.run())).contains("f in-use");
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void data_of_a_removal_that_the_brake_holds_is_given_to_nobody() {
        var world = five().without("a", "b", "c", "d").app("f", """
            persistent: {directories: ['a-data:/a', 'gg:/g']}
            """);
        assertThat(SimulatedCluster.holds(world.run())).contains("b brake");
        assertThat(world.swarm.violations).isEmpty();
    }
}

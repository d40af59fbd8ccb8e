package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.report.DataText;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Apps that write the data of another one too (`with`): they go where it goes, and stop when it changes hands.
class WithOwnerTest {

    private final SimulatedCluster world = SimulatedCluster.of(3);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    private SimulatedCluster guest(String name, String owner, String more) {
        return world.app(
                name,
                "persistent:\n  directories: [{volume: db-data, target: /d, with: " + owner + "}]\n" + more.indent(2));
    }

    @Test
    void it_runs_beside_its_owner_which_has_the_claim() {
        world.db("zoo", "db-data", "node: w2");
        guest("admin", "zoo", "");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(world.runsOn("zoo")).isEqualTo("n2");
        assertThat(world.runsOn("admin")).isEqualTo("n2");
        var change = plan.changes().stream()
                .filter(each -> each.app().equals("admin"))
                .findFirst()
                .orElseThrow();
        assertThat(change.after()).containsExactly("zoo");
        assertThat(world.ledger.claims()).extracting(Claim::app).containsExactly("zoo");
        assertThat(world.ledger.claims()).extracting(Claim::target).containsExactly("/data");
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void each_restarts_without_the_other() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.app("db", "environment: {A: b}\npersistent: {node: w2, directories: ['db-data:/data']}\n");
        var plan = world.run();
        assertThat(SimulatedCluster.changes(plan)).containsExactly("update service db");
        assertThat(plan.changes().getFirst().takesFrom()).isEmpty();
        world.app(
                "admin", "environment: {A: b}\npersistent: {directories: [{volume: db-data, target: /d, with: db}]}\n");
        assertThat(SimulatedCluster.changes(world.run())).containsExactly("update service admin");
    }

    @Test
    void it_moves_with_its_owner_and_is_stopped_before_that_starts() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.db("db", "db-data", "node: w3");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("admin owner-held", "db moves-data");
        assertThat(world.runsOn("admin")).isEqualTo("n2");

        world.db("db", "db-data", "node: w3\nleave_data_on: w2");
        var id = world.swarm.live().service("admin").map(Service::id).orElseThrow();
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes().stream()
                        .filter(change -> change.app().equals("db"))
                        .flatMap(change -> change.takesFrom().stream()))
                .containsExactly(id);
        assertThat(world.runsOn("admin")).isEqualTo("n3");
        assertThat(world.orphans()).containsExactly("volume:db-data@n2");
        assertThat(DataText.of(plan.data()))
                .filteredOn(line -> line.contains("stays on"))
                .hasSize(1);
    }

    @Test
    void it_is_stopped_when_its_owner_is_renamed() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        var admin = world.swarm.live().service("admin").map(Service::id).orElseThrow();
        var db = world.swarm.live().service("db").map(Service::id).orElseThrow();
        world.without("db").db("database", "db-data", "");
        guest("admin", "database", "");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes().stream()
                        .filter(change -> change.app().equals("database"))
                        .flatMap(change -> change.takesFrom().stream()))
                .containsExactlyInAnyOrder(admin, db);
        assertThat(world.runsOn("database")).isEqualTo("n2");
        assertThat(world.runsOn("admin")).isEqualTo("n2");
        assertThat(world.ledger.claims()).extracting(Claim::app).containsExactly("database");
        assertThat(DataText.of(plan.data())).contains("volume db-data on w2 goes from db to database");
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void a_rename_whose_guest_is_paused_waits_for_it() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.byHand("admin", spec -> spec.withObject("/Labels").put(Labels.PAUSE, "looking"));
        world.without("db").db("database", "db-data", "");
        guest("admin", "database", "");
        assertThat(SimulatedCluster.holds(world.run())).contains("admin paused", "database in-use", "db taker-held");
        assertThat(world.runsOn("db")).isEqualTo("n2");
    }

    @Test
    void it_becomes_the_owner_when_the_owner_goes() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.without("db").app("admin", "persistent: {directories: ['db-data:/d']}\n");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(world.runsOn("admin")).isEqualTo("n2");
        assertThat(world.ledger.claims()).extracting(Claim::app).containsExactly("admin");
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void owner_and_guest_change_places() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        guest("db", "admin", "").app("admin", "persistent: {node: w2, directories: ['db-data:/d']}\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.ledger.claims()).extracting(Claim::app).containsExactly("admin");
        assertThat(world.run().changes()).isEmpty();
    }

    @Test
    void owner_and_guest_that_restart_as_each_other_are_both_stopped_first() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        guest("db", "admin", "").app("admin", "persistent: {node: w2, directories: ['db-data:/elsewhere']}\n");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes().stream()
                        .filter(change -> change.app().equals("admin"))
                        .flatMap(change -> change.takesFrom().stream()))
                .hasSize(1);
        assertThat(world.runsOn("admin")).isEqualTo("n2");
        assertThat(world.runsOn("db")).isEqualTo("n2");
    }

    @Test
    void a_guest_that_restarts_as_the_owner_sees_the_old_one_gone() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.without("db").app("admin", "persistent: {node: w2, directories: ['db-data:/elsewhere']}\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("admin")).isEqualTo("n2");
    }

    @Test
    void an_owner_that_goes_while_its_guest_stays_is_an_error_and_both_stay() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.without("db");
        assertThat(problems()).contains("there is no app \"db\"");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("admin files-broken", "db files-broken");
        assertThat(world.runsOn("db")).isEqualTo("n2");
    }

    @Test
    void a_guest_that_goes_leaves_nothing_behind_and_stops_nobody() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.without("admin")
                .app("db", "environment: {A: b}\npersistent: {node: w2, directories: ['db-data:/data']}\n");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(DataText.of(plan.data())).isEmpty();
        assertThat(Exchange.of(plan)).isEmpty();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void a_guest_whose_owner_is_held_neither_starts_nor_follows() {
        world.swarm.disks.volume("n2", "db-data", java.util.Map.of());
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("admin owner-held", "db not-ours");
        world.db("db", "db-data", "node: w2")
                .app("db", "adopt: true\npersistent: {node: w2, directories: ['db-data:/data']}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void the_owner_whose_service_a_hand_removed_comes_back_beside_its_guest() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.swarm.remove("db");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(plan.changes().getFirst().takesFrom()).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n2");
        assertThat(world.ledger.claims()).extracting(Claim::app).containsExactly("db");
    }

    @Test
    void both_wait_for_their_node_and_start_again() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.down("n2").run();
        assertThat(world.swarm.live().service("db").orElseThrow().replicas()).isZero();
        assertThat(world.swarm.live().service("admin").orElseThrow().replicas()).isZero();
        world.up("n2").run();
        assertThat(world.runsOn("db")).isEqualTo("n2");
        assertThat(world.runsOn("admin")).isEqualTo("n2");
    }

    @Test
    void both_start_again_though_both_are_held_by_then() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "").run();
        world.down("n2").run();
        world.db("db", "db-data", "node: w3").up("n2");
        assertThat(world.run().holds()).isNotEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n2");
        assertThat(world.runsOn("admin")).isEqualTo("n2");
    }

    @Test
    void it_names_another_node_than_its_owners() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "node: w3");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("admin writer-elsewhere");
    }

    @Test
    void what_it_names_must_be_owned_there() {
        world.db("db", "other-data", "node: w2");
        guest("admin", "db", "");
        assertThat(problems()).contains("persistent.directories[0].with: \"db-data\" is no directory that app \"db\"");
        guest("admin", "admin", "");
        assertThat(problems()).contains("is the app itself");
        world.db("db", "db-data", "node: w2");
        world.app("admin", "persistent: {directories: [{volume: db-data, target: /d, with: db, read_only: true}]}\n");
        assertThat(problems()).contains("an app that only reads needs no with");
        world.app("db", "depends_on: [admin]\npersistent: {directories: ['db-data:/data']}\n");
        guest("admin", "db", "");
        assertThat(problems()).contains("the apps wait for each other");
    }

    @Test
    void two_guests_of_one_owner_are_two_writers_by_their_own_word() {
        world.db("db", "db-data", "node: w2");
        guest("admin", "db", "");
        guest("backup", "db", "");
        assertThat(world.run().holds()).isEmpty();
        world.without("db").db("database", "db-data", "");
        guest("admin", "database", "");
        guest("backup", "database", "");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("backup")).isEqualTo("n2");
    }

    private String problems() {
        return world.desired().problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}

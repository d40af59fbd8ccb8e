package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.Schedule;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.spec.RunsLabel;
import dev.holdfast.spec.RunsLabel.Result;
import dev.holdfast.spec.RunsLabel.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Scheduled apps: when a run begins, how it ends, and what waits for it.
class ScheduleTest {

    private final SimulatedCluster world =
            SimulatedCluster.of(2).at("2026-01-01T00:30:00Z").daemon();

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    private SimulatedCluster backup(String more) {
        return world.app(
                "backup",
                "schedule: " + (more.isEmpty() ? "'0 2 * * *'" : more)
                        + "\npersistent: {directories: [{volume: db-data, target: /d, of: db}]}\n");
    }

    private Service service() {
        return world.swarm.live().service("backup").orElseThrow();
    }

    private List<Run> runs() {
        return RunsLabel.of(service()).runs();
    }

    private Run last() {
        return runs().getFirst();
    }

    private static List<String> writes(Plan plan) {
        return plan.runs().writes().stream()
                .map(write -> write.step() + " " + write.run().scheduled())
                .toList();
    }

    @Test
    void an_app_is_made_without_an_instance_and_runs_at_its_time_where_its_owner_is() {
        world.db("db", "db-data", "node: w2");
        var first = backup("").run();
        assertThat(first.runs().wake()).isNull(); // its own write is an event, which makes the next run
        assertThat(service().replicas()).isZero();
        assertThat(world.run().runs().wake()).isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
        assertThat(world.runsOn("backup")).isEmpty();

        world.at("2026-01-01T02:00:03Z");
        assertThat(writes(world.run())).containsExactly("START 2026-01-01T02:00:00Z");
        assertThat(world.runsOn("backup")).isEqualTo("n2");
        assertThat(world.swarm.live().tasks().stream()
                        .filter(task -> task.serviceId().equals(service().id()))
                        .flatMap(task -> task.mounts().stream()))
                .allMatch(mount -> mount.readOnly());
        assertThat(writes(world.run())).isEmpty();
        assertThat(world.glance().changes()).isEmpty();

        world.later(Duration.ofMinutes(10)).swarm.finish("backup", 0);
        assertThat(writes(world.run())).containsExactly("RECORD 2026-01-01T02:00:00Z");
        assertThat(last())
                .isEqualTo(new Run(
                        Instant.parse("2026-01-01T02:00:00Z"),
                        false,
                        Instant.parse("2026-01-01T02:00:03Z"),
                        Instant.parse("2026-01-01T02:10:03Z"),
                        Result.SUCCEEDED,
                        0,
                        null));
        assertThat(world.run().isEmpty()).isTrue();
        assertThat(world.run().runs().wake()).isEqualTo(Instant.parse("2026-01-02T02:00:00Z"));
    }

    @Test
    void a_plan_by_hand_begins_nothing_and_says_what_is_overdue() {
        world.db("db", "db-data", "");
        backup("").run();
        world.at("2026-01-01T02:30:00Z").choices = Situation.Choices.NONE;
        var plan = world.plan();
        assertThat(plan.isEmpty()).isTrue();
        assertThat(SimulatedCluster.warnings(plan)).contains("backup run-overdue");
        world.choices = Situation.Choices.NONE.with(Situation.Runs.now("backup"));
        assertThat(writes(world.run())).containsExactly("START 2026-01-01T02:30:00Z");
        assertThat(last().byHand()).isTrue();
        assertThat(writes(world.run()))
                .as("what was missed is made up for by it")
                .isEmpty();
    }

    @Test
    void what_was_missed_is_made_up_for_once_or_not_at_all() {
        world.db("db", "db-data", "");
        backup("{ cron: '0 2 * * *' }").run();
        world.at("2026-01-05T09:00:00Z");
        assertThat(writes(world.run())).containsExactly("START 2026-01-05T02:00:00Z");
        world.swarm.finish("backup", 0);
        world.run();
        assertThat(runs()).hasSize(1);

        backup("{ cron: '0 3 * * *', catch_up: false }").run();
        world.at("2026-01-09T09:00:00Z");
        assertThat(world.run().isEmpty()).isTrue();
        assertThat(writes(world.at("2026-01-10T03:01:00Z").run())).containsExactly("START 2026-01-10T03:00:00Z");
    }

    @Test
    void another_schedule_makes_up_for_nothing_that_was_before_it() {
        world.db("db", "db-data", "");
        backup("").run();
        world.at("2026-01-01T12:00:00Z");
        world.run();
        world.swarm.finish("backup", 0);
        world.run();
        backup("'0 11 * * *'").run();
        assertThat(service().replicas())
                .as("a change of its file does not run it")
                .isZero();
        assertThat(world.run().isEmpty()).isTrue();
        assertThat(runs()).hasSize(1);
        assertThat(writes(world.at("2026-01-02T11:00:00Z").run())).containsExactly("START 2026-01-02T11:00:00Z");
    }

    @Test
    void a_change_of_its_file_waits_for_the_run_that_goes_on() {
        world.db("db", "db-data", "");
        backup("").run();
        world.at("2026-01-01T02:00:00Z").run();
        backup("{ cron: '0 2 * * *', time_zone: Europe/Berlin }");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("backup run-goes-on");
        world.swarm.finish("backup", 9);
        world.run();
        assertThat(last().exitCode()).as("how it ended is not lost").isEqualTo(9);
        assertThat(service().label(Labels.SCHEDULE)).contains("0 2 * * * Europe/Berlin");
        assertThat(service().replicas()).isZero();
    }

    @Test
    void a_run_that_takes_too_long_is_stopped_and_a_failure_is_told() {
        world.db("db", "db-data", "");
        backup("{ cron: '0 2 * * *', deadline: 1h }").run();
        world.at("2026-01-01T02:00:00Z").run();
        assertThat(world.run().runs().wake()).isEqualTo(Instant.parse("2026-01-01T02:00:05Z"));
        world.at("2026-01-01T02:59:30Z");
        assertThat(world.run().runs().wake()).isEqualTo(Instant.parse("2026-01-01T03:00:00Z"));
        assertThat(writes(world.at("2026-01-01T03:00:00Z").run())).containsExactly("STOP 2026-01-01T02:00:00Z");
        assertThat(last().result()).isEqualTo(Result.FAILED);
        assertThat(last().error()).isEqualTo("it took longer than its deadline of 1h");
        assertThat(SimulatedCluster.warnings(world.plan())).containsExactly("backup run-failed");
        assertThat(world.runsOn("backup")).isEmpty();

        backup("{ cron: '0 * * * *', deadline: 90m }").run();
        world.at("2026-01-01T12:00:00Z").run();
        world.at("2026-01-01T13:30:00Z").run();
        assertThat(runs().getFirst().result()).isEqualTo(Result.SKIPPED);
        assertThat(runs().get(1).result()).isEqualTo(Result.FAILED);
        assertThat(writes(world.run())).as("13:00 came while it went on").isEmpty();

        backup("").run();
        world.at("2026-01-02T02:00:00Z").run();
        world.swarm.finish("backup", 7);
        world.run();
        assertThat(last().exitCode()).isEqualTo(7);
        assertThat(last().error()).contains("non-zero exit (7)");
        assertThat(SimulatedCluster.warnings(world.plan())).containsExactly("backup run-failed");
    }

    @Test
    void a_time_that_comes_while_a_run_goes_on_is_skipped_or_replaces_it() {
        world.db("db", "db-data", "");
        backup("'0 * * * *'").run();
        world.at("2026-01-01T01:00:00Z").run();
        assertThat(writes(world.at("2026-01-01T03:10:00Z").run()))
                .as("nothing is written meanwhile")
                .isEmpty();
        world.swarm.finish("backup", 0);
        assertThat(writes(world.run())).containsExactly("RECORD 2026-01-01T01:00:00Z");
        assertThat(runs()).extracting(Run::result).containsExactly(Result.SKIPPED, Result.SUCCEEDED);
        assertThat(last().scheduled()).isEqualTo(Instant.parse("2026-01-01T03:00:00Z"));
        assertThat(world.run().isEmpty()).isTrue();

        backup("{ cron: '0 * * * *', concurrency: replace }").run();
        assertThat(writes(world.at("2026-01-01T04:00:00Z").run())).containsExactly("START 2026-01-01T04:00:00Z");
        assertThat(writes(world.at("2026-01-01T05:00:00Z").run())).containsExactly("STOP 2026-01-01T04:00:00Z");
        assertThat(last().error()).isEqualTo("the run of 2026-01-01T05:00:00Z replaces it");
        assertThat(writes(world.run())).containsExactly("START 2026-01-01T05:00:00Z");
    }

    @Test
    void data_changes_hands_after_the_run_that_reads_it_and_a_run_that_is_due_comes_after_that() {
        world.db("db", "db-data", "node: w2");
        backup("").run();
        world.at("2026-01-01T02:00:00Z").run();
        world.without("db").db("database", "db-data", "");
        world.app(
                "backup",
                "schedule: '0 2 * * *'\npersistent: {directories: [{volume: db-data, target: /d, of: database}]}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("database run-goes-on", "db taker-held");
        assertThat(world.runsOn("db")).isEqualTo("n2");
        world.swarm.finish("backup", 0);
        world.run();
        world.run();
        assertThat(world.runsOn("database")).isEqualTo("n2");

        world.at("2026-01-02T02:00:00Z").without("database").db("third", "db-data", "");
        world.app(
                "backup",
                "schedule: '0 2 * * *'\npersistent: {directories: [{volume: db-data, target: /d, of: third}]}\n");
        assertThat(writes(world.run())).as("not in the plan that hands it over").isEmpty();
        assertThat(writes(world.run())).containsExactly("START 2026-01-02T02:00:00Z");
    }

    @Test
    void a_run_waits_for_its_node_and_one_that_was_lost_with_it_has_failed() {
        world.db("db", "db-data", "node: w2");
        backup("").run();
        world.at("2026-01-01T02:00:00Z").run();
        world.swarm.finish("backup", 0);
        world.run();
        world.down("n2").at("2026-01-02T02:00:00Z");
        assertThat(writes(world.run())).isEmpty();
        world.up("n2").at("2026-01-02T06:00:00Z");
        world.run();
        assertThat(writes(world.run())).doesNotContain("RECORD 2026-01-01T02:00:00Z");
        assertThat(last().scheduled()).isEqualTo(Instant.parse("2026-01-02T02:00:00Z"));
        world.down("n2").swarm.giveUp("backup");
        world.run();
        assertThat(last().result()).isEqualTo(Result.FAILED);
        assertThat(last().error()).isEqualTo("its node is down");
    }

    @Test
    void scaling_and_counting_by_hand_is_no_drift_and_a_run_by_hand_is_seen() {
        world.db("db", "db-data", "");
        backup("").run();
        world.byHand("backup", spec -> spec.withObject("/Mode/Replicated").put("Replicas", 1));
        assertThat(world.plan().isEmpty()).isTrue();
        backup("'0 9 * * *'");
        assertThat(SimulatedCluster.holds(world.plan())).containsExactly("backup run-goes-on");
    }

    @Test
    void an_app_that_becomes_scheduled_stops_and_one_that_stays_up_again_starts() {
        world.app("job", "").run();
        assertThat(world.runsOn("job")).isNotEmpty();
        world.app("job", "schedule: '@daily'\n").run();
        assertThat(world.runsOn("job")).isEmpty();
        world.app("job", "").run();
        assertThat(world.runsOn("job")).isNotEmpty();
        assertThat(world.run().isEmpty()).isTrue();
    }

    @Test
    void an_app_with_data_of_its_own_and_of_another_goes_where_the_others_is() {
        world.db("zoo", "zoo-data", "node: w2");
        world.app(
                "archive",
                "schedule: '@hourly'\n"
                        + "persistent: {directories: [{volume: zoo-data, target: /d, of: zoo}, 'repo:/r']}\n");
        assertThat(world.run().holds()).isEmpty();
        world.at("2026-01-01T01:00:00Z").run();
        assertThat(world.runsOn("archive")).isEqualTo("n2");
        assertThat(world.ledger.claims())
                .extracting(claim -> claim.name() + " " + claim.app())
                .containsExactlyInAnyOrder("zoo-data zoo", "repo archive");
    }

    /// Clocks jump to and fro, runs end or not.
    @Property(tries = 300)
    void no_time_is_ever_due_twice_and_it_is_always_the_last_one_that_has_come(
            @ForAll @Size(max = 40) List<@IntRange(min = -300, max = 900) Integer> jumps) {
        var schedule = Schedule.at("*/15 * * * *");
        var since = Instant.parse("2026-01-01T00:00:00Z");
        var now = since;
        var runs = RunsLabel.NONE;
        var seen = new HashSet<Instant>();
        for (var minutes : jumps) {
            now = now.plus(Duration.ofMinutes(minutes));
            var due = DueTime.of(schedule, since, runs, now);
            if (due.isPresent()) {
                assertThat(due.get()).isBeforeOrEqualTo(now);
                // A clock that saw the schedule in the future was wrong.
                assertThat(due.get().isAfter(since) || since.isAfter(now.plus(Duration.ofHours(1))))
                        .isTrue();
                assertThat(Duration.between(due.get(), now)).isLessThan(Duration.ofMinutes(15));
                if (runs.runs().size() < 10) {
                    assertThat(seen.add(due.get())).as(due.get().toString()).isTrue();
                }
                runs = runs.with(Run.begun(due.get(), false, now));
                assertThat(DueTime.of(schedule, since, runs, now)).isEqualTo(Optional.empty());
            }
        }
    }
}

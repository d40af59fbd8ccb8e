package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.KnownSecrets;
import dev.holdfast.app.Schedule;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.spec.RunsLabel;
import dev.holdfast.spec.RunsLabel.Result;
import dev.holdfast.spec.RunsLabel.Run;
import dev.holdfast.spec.ScheduledSpec;
import dev.holdfast.value.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is to be done about the runs of scheduled apps, each by itself: begin one, write down how one has ended, stop
/// one that takes too long. Each is one write.
public final class ScheduledRuns {

    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
    private static final Duration LAST_LOOK = Duration.ofMinutes(1);

    private final Situation situation;
    private final Instant now;

    public ScheduledRuns(Situation situation) {
        this.situation = situation;
        this.now = Instant.parse(situation.now());
    }

    /// Without a secret that its task may repeat.
    RunState state(Service service) {
        return switch (RunState.of(service, situation.live(), now)) {
            case RunState.Over(var run, var task)
            when run.error() != null ->
                new RunState.Over(
                        run.saying(KnownSecrets.of(situation.desired()).masked(run.error())), task);
            case RunState same -> same;
        };
    }

    /// Whether a run of that service goes on.
    boolean isGoing(Service service) {
        return service.isScheduled() && state(service) instanceof RunState.Going;
    }

    /// What the label says of its runs, with the end of one that nobody has written down yet.
    RunsLabel runs(Service service) {
        var runs = RunsLabel.of(service);
        return state(service) instanceof RunState.Over over ? runs.replacing(over.run()) : runs;
    }

    /// The time for which it is to run now, as far as its schedule says.
    Optional<Instant> due(App app, Service service) {
        var schedule = app.schedule();
        return schedule == null || isSuspended(app) || !isOf(service, schedule)
                ? Optional.empty()
                : DueTime.of(schedule, since(service), settled(schedule, service), now);
    }

    private static boolean isSuspended(App app) {
        return app.deploy().replicas() != null && app.deploy().replicas() == 0;
    }

    private static boolean isOf(Service service, Schedule schedule) {
        return schedule.text().equals(service.labels().get(Labels.SCHEDULE));
    }

    private Instant since(Service service) {
        try {
            return Instant.parse(service.labels().getOrDefault(Labels.SCHEDULE_SINCE, service.createdAt()));
        } catch (DateTimeException changedByHand) {
            return now;
        }
    }

    /// Whether a run of that app is to be begun now, if its data allows it.
    boolean starts(App app, @Nullable Service service) {
        return service != null
                && next(app, service)
                        .filter(change -> change.step() == RunWrite.Step.START)
                        .isPresent();
    }

    /// What is to be done now, of what the command or the daemon asked for.
    Optional<RunWrite> next(App app, Service service) {
        var schedule = app.schedule();
        var asked = situation.choices().runs();
        if (schedule == null || !service.isScheduled() || !asked.isAbout(app.name())) {
            return Optional.empty();
        }
        return switch (state(service)) {
            case RunState.Going going -> stop(app, schedule, service, going);
            case RunState.Over(var run, var unused) ->
                begin(app, schedule, service).or(() -> Optional.of(record(app, service, run)));
            case RunState.Resting _ -> begin(app, schedule, service);
        };
    }

    private Optional<RunWrite> begin(App app, Schedule schedule, Service service) {
        var runs = settled(schedule, service);
        return switch (situation.choices().runs().what()) {
            case NONE, SETTLE -> Optional.empty();
            case NOW -> Optional.of(begun(app, service, runs, Run.begun(now, true, now)));
            case DUE -> due(app, service).map(time -> begun(app, service, runs, Run.begun(time, false, now)));
        };
    }

    private static RunWrite begun(App app, Service service, RunsLabel runs, Run run) {
        return write(
                app,
                service,
                RunWrite.Step.START,
                ScheduledSpec.started(service.wholeSpec(), runs.with(run)),
                "its run of " + run.scheduled() + (run.byHand() ? ", asked for by hand," : "") + " begins",
                run);
    }

    private RunWrite record(App app, Service service, Run run) {
        var schedule = app.schedule();
        var runs = schedule == null ? runs(service) : settled(schedule, service);
        return write(
                app, service, RunWrite.Step.RECORD, ScheduledSpec.with(service.wholeSpec(), runs), words(run), run);
    }

    /// How a run has ended, for people.
    public static String words(Run run) {
        var what = "its run of " + run.scheduled();
        var took = run.started() == null || run.ended() == null
                ? ""
                : " after "
                        + Durations.text(Duration.between(run.started(), run.ended())
                                .abs()
                                .toNanos());
        return run.result() == null
                ? what + " goes on"
                : what + " has "
                        + (run.result() == Result.SUCCEEDED
                                ? "succeeded"
                                : run.result().word()) + took + (run.error() == null ? "" : ": " + run.error());
    }

    /// What has run, with a run that has come to its end; and with the last time that came while it went on, which
    /// is left out.
    private RunsLabel settled(Schedule schedule, Service service) {
        if (!(state(service) instanceof RunState.Over(var run, var unused))) {
            return RunsLabel.of(service);
        }
        return ended(schedule, RunsLabel.of(service).replacing(run), run);
    }

    private RunsLabel ended(Schedule schedule, RunsLabel runs, Run run) {
        var ended = run.ended() == null ? now : run.ended();
        return schedule.replaces()
                ? runs
                : schedule.times()
                        .last(run.scheduled(), ended, schedule.zone())
                        .map(time -> runs.with(Run.skipped(time, "the run of " + run.scheduled() + " still went on")))
                        .orElse(runs);
    }

    private Optional<RunWrite> stop(App app, Schedule schedule, Service service, RunState.Going going) {
        var run = going.run();
        if (run == null || service.replicas() == 0) {
            return Optional.empty();
        }
        var end = deadline(schedule, run);
        if (end.isPresent() && !now.isBefore(end.get())) {
            return Optional.of(stopped(
                    app,
                    service,
                    run,
                    "it took longer than its deadline of "
                            + Durations.text(
                                    Duration.between(begin(run), end.get()).toNanos())));
        }
        return situation.choices().runs().what() != Situation.Runs.What.DUE || !schedule.replaces()
                ? Optional.empty()
                : due(app, service).map(time -> stopped(app, service, run, "the run of " + time + " replaces it"));
    }

    private RunWrite stopped(App app, Service service, Run run, String why) {
        var ended = run.ended(now, Result.FAILED, null, why);
        var runs = RunsLabel.of(service).replacing(ended);
        var schedule = app.schedule();
        var spec = ScheduledSpec.stopped(service.wholeSpec(), schedule == null ? runs : ended(schedule, runs, ended));
        return write(
                app, service, RunWrite.Step.STOP, spec, "its run of " + run.scheduled() + " is stopped: " + why, ended);
    }

    private static RunWrite write(App app, Service service, RunWrite.Step step, ObjectNode spec, String what, Run run) {
        return new RunWrite(app.name(), service.id(), step, spec, what, run);
    }

    private static Instant begin(Run run) {
        return run.started() == null ? run.scheduled() : run.started();
    }

    private static Optional<Instant> deadline(Schedule schedule, Run run) {
        return Optional.ofNullable(schedule.deadline()).map(begin(run)::plus);
    }

    /// The next time at which that app runs.
    Optional<Instant> upcoming(String name) {
        return situation.desired().apps().stream()
                .map(declared -> declared.app())
                .filter(app -> app.name().equals(name) && !isSuspended(app))
                .flatMap(app -> Stream.ofNullable(app.schedule()))
                .flatMap(schedule -> DueTime.next(schedule, now).stream())
                .findFirst();
    }

    /// When somebody must look next: at the next time of a schedule, and, while a run goes on, at its deadline and
    /// now and then whether it is over. Empty where there is no scheduled app.
    public Optional<Instant> wake() {
        return situation.desired().apps().stream()
                .flatMap(declared -> wake(declared.app()).stream())
                .min(Instant::compareTo);
    }

    private Optional<Instant> wake(App app) {
        var schedule = app.schedule();
        var service = situation.live().service(app.name()).filter(Service::isScheduled);
        if (schedule == null || service.isEmpty()) {
            return Optional.empty();
        }
        var next = isSuspended(app) ? Optional.<Instant>empty() : DueTime.next(schedule, now);
        if (!(state(service.get()) instanceof RunState.Going(var run, var unused)) || run == null) {
            return next;
        }
        var gone = Duration.between(begin(run), now).dividedBy(4);
        var look = gone.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : gone.compareTo(LAST_LOOK) > 0 ? LAST_LOOK : gone;
        return Stream.of(next, deadline(schedule, run), Optional.of(now.plus(look)))
                .flatMap(Optional::stream)
                .filter(time -> time.isAfter(now))
                .min(Instant::compareTo);
    }
}

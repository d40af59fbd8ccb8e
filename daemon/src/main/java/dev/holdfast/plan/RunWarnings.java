package dev.holdfast.plan;

import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.spec.RunsLabel.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What to know of scheduled apps: that the last run has failed, or that nobody begins the one that is due.
final class RunWarnings {

    /// A daemon that is busy, or starts anew, is late, too.
    private static final Duration OVERDUE = Duration.ofMinutes(15);

    private RunWarnings() {}

    static List<Warning> of(Situation situation, ScheduledRuns runs) {
        var warnings = new ArrayList<Warning>();
        for (var app : situation.desired().apps().stream().map(DeclaredApp::app).toList()) {
            var service = situation.live().service(app.name()).orElse(null);
            if (app.schedule() == null || service == null || !service.isScheduled()) {
                continue;
            }
            runs.runs(service)
                    .last()
                    .filter(run -> run.result() == Result.FAILED)
                    .ifPresent(run -> warnings.add(new Warning(
                            app.name(),
                            WarningCode.RUN_FAILED,
                            ScheduledRuns.words(run) + " (`holdfast run " + app.name() + "` begins another)")));
            runs.due(app, service)
                    .filter(_ -> situation.choices().runs().what() == Situation.Runs.What.NONE)
                    .filter(time -> !runs.isGoing(service)
                            && time.isBefore(Instant.parse(situation.now()).minus(OVERDUE)))
                    .ifPresent(time -> warnings.add(new Warning(
                            app.name(),
                            WarningCode.RUN_OVERDUE,
                            "it was to run at " + time
                                    + ", and no daemon has begun that: `holdfast daemon` does, on the"
                                    + " Swarm's leader")));
        }
        return warnings;
    }
}

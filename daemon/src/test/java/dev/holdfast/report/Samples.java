package dev.holdfast.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.apply.Outcome;
import dev.holdfast.data.Orphan;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.DataNote;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.HoldCode;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.yaml.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Values with one of everything, and some that mean harm.
public final class Samples {

    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final String EVIL =
            "boom \u001b[2J\u001b]0;owned\u0007 <b>@admin</b> `x` | [a](http://evil.example) \u202eabc";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private Samples() {}

    public static Plan emptyPlan() {
        return plan(Set.of("db", "web"), List.of(), List.of(), List.of(), List.of());
    }

    /// A plan that has nothing else.
    public static Plan plan(
            Set<String> unchanged, List<DataNote> data, List<Change> changes, List<Hold> holds, List<Orphan> orphans) {
        return new Plan(
                "production",
                COMMIT,
                data,
                changes,
                unchanged,
                Plan.Rollouts.NONE,
                List.of(),
                holds,
                List.of(),
                orphans,
                List.of(),
                Ledger.empty("production", "key"));
    }

    private static DataNote.Data volume(String name) {
        return new DataNote.Data(Claim.Kind.VOLUME, name, "worker-1");
    }

    public static Plan plan() {
        return new Plan(
                "production",
                COMMIT,
                List.of(
                        new DataNote.StaysBehind("db", volume("db-data")),
                        new DataNote.IsTakenBack("db", volume("db-logs"), "logs", "2026-01-01T00:00:00Z"),
                        new DataNote.BecomesOrphan("old", volume("old-data"))),
                List.of(
                        new Change.CreateNetwork("backend", JSON.objectNode()),
                        new Change.CreateContent(
                                Change.Kind.SECRET,
                                "db-password-0123456789ab",
                                "db-password",
                                new byte[0],
                                JSON.objectNode(),
                                null),
                        new Change.CreateService(
                                "api", JSON.objectNode(), List.of(), Set.of(), Set.of(), TIMEOUT, "hash"),
                        update("web", true),
                        update("cache", false),
                        new Change.RemoveService("old", "s1", false, List.of())),
                Set.of("a", "b", "c", "d", "e"),
                new Plan.Rollouts(
                        List.of(new Plan.Unfinished(
                                "shop",
                                "s1",
                                "the update goes on: 0 of 1 instance runs a task of its present spec: " + EVIL,
                                TIMEOUT,
                                "hash")),
                        Set.of("late")),
                List.of(
                        new Warning(
                                "api",
                                WarningCode.UNDECLARED_VOLUME,
                                "the image declares the volume /data, which no directory covers"),
                        new Warning("", WarningCode.SURVEY_INCOMPLETE, "node c could not be looked at")),
                List.of(new Hold(
                        "db",
                        HoldCode.MOVES_DATA,
                        "its node changes from worker-1 to worker-2, and the data would stay behind",
                        "persistent:\n  leave_data_on: worker-1")),
                List.of(new Plan.Failed(
                        "shop", "task: non-zero exit (1)\nFATAL: no such table", "2026-11-24T10:00:00Z")),
                orphans(),
                List.of(),
                Ledger.empty("production", "key"));
    }

    static Change update(String app, boolean restarts) {
        return new Change.UpdateService(
                app,
                "s2",
                JSON.objectNode(),
                restarts
                        ? List.of(
                                new FieldChange("image", "nginx:1.28", "nginx:1.29", true),
                                new FieldChange("environment.DB_PASSWORD", "hunter2", "hunter3", true),
                                new FieldChange("environment.DB_PASSWORD_FILE", null, "/run/secrets/db", true))
                        : List.of(new FieldChange("labels.team", "a|b", "", false)),
                restarts,
                false,
                null,
                List.of(),
                Set.of(),
                Set.of(),
                TIMEOUT,
                "hash");
    }

    public static List<Outcome> outcomes() {
        return List.of(
                Outcome.converged("api", Duration.ofMillis(12_340)),
                Outcome.failed("web", Duration.ofSeconds(301), "task web.1: non-zero exit (1)\n" + EVIL),
                Outcome.held("db", "its node changes from worker-1 to worker-2"),
                Outcome.removed("old", Duration.ofMillis(2_000)),
                Outcome.unchanged("a"),
                Outcome.unchanged("b"));
    }

    public static List<Problem> problems() {
        return List.of(
                new Problem(
                        "apps/db.yaml",
                        12,
                        7,
                        "persistent.directories[1].host",
                        "must be an absolute path (got \"srv/db\")",
                        Problem.Severity.ERROR),
                new Problem(
                        "apps/web.yaml",
                        3,
                        1,
                        "",
                        "unknown key \"replica\"; did you mean \"replicas\"? 100% sure",
                        Problem.Severity.ERROR),
                new Problem("holdfast.yaml", 0, 0, "", "no apps use the network spare", Problem.Severity.WARNING));
    }

    public static List<AppStatus> status() {
        return List.of(
                new AppStatus(
                        "db",
                        AppStatus.Sync.HELD,
                        AppStatus.Health.STRANDED,
                        "postgres:17@sha256:" + "0".repeat(64),
                        1,
                        0,
                        0,
                        new AppStatus.Lock("n1", "worker-1"),
                        true,
                        COMMIT,
                        "node worker-1 is down; the app waits there",
                        List.of(new Warning(
                                "db", WarningCode.UNDECLARED_VOLUME, "its image keeps data at /data " + EVIL))),
                new AppStatus(
                        "web",
                        AppStatus.Sync.SYNCED,
                        AppStatus.Health.HEALTHY,
                        "nginx:1.29",
                        3,
                        3,
                        0,
                        null,
                        false,
                        COMMIT,
                        null,
                        List.of()),
                new AppStatus(
                        "evil",
                        AppStatus.Sync.FAILED,
                        AppStatus.Health.DEGRADED,
                        null,
                        1,
                        0,
                        1,
                        null,
                        false,
                        null,
                        EVIL,
                        List.of()));
    }

    public static List<Orphan> orphans() {
        var volume = new Claim(
                Claim.Kind.VOLUME,
                "old-data",
                "n1",
                "worker-1",
                "old",
                "/data",
                false,
                "2026-01-01T00:00:00Z",
                new Claim.GivenUp("2026-11-20T08:00:00Z", COMMIT, true));
        var bind =
                new Claim(Claim.Kind.BIND, "/srv/db/back ups", "n2", "worker-2", "db", "/backups", false, null, null);
        return List.of(
                new Orphan(
                        volume,
                        Orphan.Presence.PRESENT,
                        "2026-11-24T09:00:00Z",
                        1_234_567_890L,
                        "Jane Doe",
                        "Remove the old shop " + EVIL,
                        "docker volume rm old-data",
                        null,
                        "git revert 0123456789ab"),
                new Orphan(
                        bind,
                        Orphan.Presence.UNKNOWN,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "app files has /srv/db inside it",
                        "persistent:\n  directories:\n    - /srv/db/back ups:/backups"));
    }
}

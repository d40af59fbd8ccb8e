package dev.holdfast.plan;

import dev.holdfast.spec.RunsLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One app at one moment, for people and robots.
///
/// @param image as the service has it
/// @param running instances that run a task of the service's present spec
/// @param old instances that run a task of an earlier spec only: an update goes on, or is stuck
/// @param lock the node that the app is fixed to; null where it is not
/// @param fenced whether Holdfast itself has set it to 0 for a while
/// @param commit that last changed its service
/// @param error why it is not as its file says: holds, the last failure, or the tasks' own words
/// @param warnings what to know of it, without what only a plan is about
/// @param schedule null where it has none
public record AppStatus(
        String name,
        Sync sync,
        Health health,
        @Nullable String image,
        int desired,
        int running,
        int old,
        @Nullable Lock lock,
        boolean fenced,
        @Nullable String commit,
        @Nullable String error,
        List<Warning> warnings,
        @Nullable Scheduled schedule) {

    /// One that stays up.
    public AppStatus(
            String name,
            Sync sync,
            Health health,
            @Nullable String image,
            int desired,
            int running,
            int old,
            @Nullable Lock lock,
            boolean fenced,
            @Nullable String commit,
            @Nullable String error,
            List<Warning> warnings) {
        this(name, sync, health, image, desired, running, old, lock, fenced, commit, error, warnings, null);
    }

    /// When an app runs that does not stay up, and how it has run.
    ///
    /// @param next RFC 3339, UTC; null where no run comes
    /// @param runs the newest first
    public record Scheduled(
            String cron, String timeZone, @Nullable String next, List<RunsLabel.Run> runs) {}

    /// How the service compares with its app. `DRIFTED` differs with no commit behind it; `PENDING` differs because
    /// the repository moved on.
    public enum Sync {
        SYNCED,
        DRIFTED,
        PENDING,
        HELD,
        FAILED
    }

    /// How its tasks are. `COMPLETED`: it has done its work, and is not started again. `STRANDED`: its node is
    /// down, drained or gone, and it waits there.
    public enum Health {
        HEALTHY,
        PROGRESSING,
        DEGRADED,
        STOPPED,
        COMPLETED,
        STRANDED
    }

    public record Lock(String id, String hostname) {}
}

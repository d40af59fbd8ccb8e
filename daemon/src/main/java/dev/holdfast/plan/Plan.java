package dev.holdfast.plan;

import dev.holdfast.data.Orphan;
import dev.holdfast.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way from the live Swarm to the repository.
///
/// @param commit what was planned; null where the repository is no Git repository
/// @param data what becomes of data that stays behind, starts empty or is taken back: to be read first
/// @param unchanged names of apps that are as they should be
/// @param rollouts of services that need no write: those that have not come to their end, and those that have at last
/// @param failed apps that failed with just this spec and are not tried again, with the error
/// @param settings keys that only Holdfast reads and that change
/// @param runs of scheduled apps: what a plan by hand leaves alone
/// @param hooks tasks that run before and after changes
/// @param ledger what the ledger must say before the first service is touched: all that is known, and all new claims
public record Plan(
        String cluster,
        @Nullable String commit,
        List<DataNote> data,
        List<Change> changes,
        Set<String> unchanged,
        Rollouts rollouts,
        List<Warning> warnings,
        List<Hold> holds,
        List<Failed> failed,
        List<Orphan> orphans,
        List<SettingChange> settings,
        Ledger ledger,
        Runs runs,
        Hooks hooks) {

    /// Without a run of a scheduled app.
    public Plan(
            String cluster,
            @Nullable String commit,
            List<DataNote> data,
            List<Change> changes,
            Set<String> unchanged,
            Rollouts rollouts,
            List<Warning> warnings,
            List<Hold> holds,
            List<Failed> failed,
            List<Orphan> orphans,
            List<SettingChange> settings,
            Ledger ledger) {
        this(
                cluster,
                commit,
                data,
                changes,
                unchanged,
                rollouts,
                warnings,
                holds,
                failed,
                orphans,
                settings,
                ledger,
                Runs.NONE,
                Hooks.NONE);
    }

    /// The runs of scheduled apps.
    ///
    /// @param writes those that begin, end or are written down now
    /// @param wake when somebody must plan again for the sake of a run; null where none is scheduled
    public record Runs(List<RunWrite> writes, @Nullable Instant wake) {
        public static final Runs NONE = new Runs(List.of(), null);
    }

    /// Tasks that run before and after changes.
    ///
    /// @param left services of earlier ones that go
    public record Hooks(List<HookRun> runs, List<LeftHook> left) {
        public static final Hooks NONE = new Hooks(List.of(), List.of());

        public List<HookRun> of(String app) {
            return runs.stream().filter(run -> run.app().equals(app)).toList();
        }
    }

    /// The service of a task that ran before or after a change.
    ///
    /// @param id of that service
    public record LeftHook(String app, String id, String service) {}

    /// A plan of doing nothing.
    public static Plan nothing(String cluster, @Nullable String commit, List<Hold> holds, Ledger ledger) {
        return new Plan(
                cluster,
                commit,
                List.of(),
                List.of(),
                Set.of(),
                Rollouts.NONE,
                List.of(),
                holds,
                List.of(),
                List.of(),
                List.of(),
                ledger);
    }

    /// The causes of removals, and of removals that are held, by app.
    public Map<String, String> causes() {
        return messages(WarningCode.NO_LONGER_DECLARED);
    }

    /// What registries have done to tags that are followed, by app: the cause of their updates.
    public Map<String, String> movedTags() {
        var moved = messages(WarningCode.TAG_MOVED);
        moved.keySet().retainAll(changes.stream().map(Change::app).toList());
        return moved;
    }

    private Map<String, String> messages(WarningCode code) {
        return warnings.stream()
                .filter(warning -> warning.code() == code)
                .collect(Collectors.toMap(Warning::app, Warning::message, (first, _) -> first, TreeMap::new));
    }

    /// @param error what the task said when it failed
    public record Failed(String app, String error, String since) {}

    /// An app whose service is as its file says, while its tasks are not yet.
    ///
    /// @param id of the service
    /// @param state how far it is
    /// @param hash of the spec that is asked for
    public record Unfinished(String app, String id, String state, Duration timeout, String hash) {}

    /// @param unfinished to be waited for
    /// @param late apps that failed with just this spec, and have converged since
    public record Rollouts(List<Unfinished> unfinished, Set<String> late) {

        public static final Rollouts NONE = new Rollouts(List.of(), Set.of());

        boolean isUnfinished(String app) {
            return unfinished.stream().anyMatch(each -> each.app().equals(app));
        }
    }

    /// Whether nothing is written. There may be rollouts to wait for.
    public boolean isEmpty() {
        return changes.isEmpty()
                && runs.writes().isEmpty()
                && hooks.runs().isEmpty()
                && hooks.left().isEmpty();
    }

    public boolean isHeld(String app) {
        return holds.stream().anyMatch(hold -> hold.app().equals(app));
    }

    /// What else may become of an app than its row says, since it cannot be known here. What is held is held.
    public List<String> depends(String app) {
        return isHeld(app)
                ? List.of()
                : warnings.stream()
                        .filter(warning -> warning.app().equals(app))
                        .map(Warning::depends)
                        .flatMap(depends -> Optional.ofNullable(depends).stream())
                        .map(Warning.Otherwise::words)
                        .distinct()
                        .toList();
    }

    /// Whether disks must be looked at before it can be known what is to be done.
    public boolean needsLook() {
        return warnings.stream().anyMatch(warning -> warning.code() == WarningCode.LOOKS_FIRST);
    }

    /// Whether that is so for this app.
    boolean needsLook(String app) {
        return warnings.stream()
                .anyMatch(warning -> warning.app().equals(app) && warning.code() == WarningCode.LOOKS_FIRST);
    }

    /// Whether a service that was there before Holdfast is taken over.
    public boolean adopts(String app) {
        return warnings.stream().anyMatch(warning -> warning.app().equals(app) && warning.code() == WarningCode.ADOPTS);
    }

    /// Apps of which nothing is known to change, and something may.
    public List<String> open() {
        return unchanged.stream().filter(app -> !depends(app).isEmpty()).toList();
    }

    public Plan withOrphans(List<Orphan> found) {
        return with(changes, warnings, holds, List.copyOf(found), settings, ledger);
    }

    public Plan withWarnings(List<Warning> more) {
        var all = new ArrayList<>(warnings);
        all.addAll(more);
        return with(changes, List.copyOf(all), holds, orphans, settings, ledger);
    }

    public Plan withSettings(List<SettingChange> changed) {
        return with(changes, warnings, holds, orphans, List.copyOf(changed), ledger);
    }

    public Plan withLedger(Ledger written) {
        return with(changes, warnings, holds, orphans, settings, written);
    }

    /// The same with other words for what is done and what is held.
    Plan with(List<Change> worded, List<Hold> held) {
        return with(List.copyOf(worded), warnings, List.copyOf(held), orphans, settings, ledger);
    }

    /// One run alone, and nothing else.
    public Plan only(RunWrite write) {
        return new Plan(
                cluster,
                commit,
                List.of(),
                List.of(),
                Set.of(),
                Rollouts.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ledger,
                new Runs(List.of(write), null),
                Hooks.NONE);
    }

    private Plan with(
            List<Change> done,
            List<Warning> told,
            List<Hold> held,
            List<Orphan> found,
            List<SettingChange> changed,
            Ledger written) {
        return new Plan(
                cluster, commit, data, done, unchanged, rollouts, told, held, failed, found, changed, written, runs,
                hooks);
    }
}

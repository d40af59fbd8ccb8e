package dev.holdfast.plan;

import dev.holdfast.ledger.Ledger;
import dev.holdfast.ledger.Orphan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way from the live Swarm to the repository.
///
/// @param commit what was planned; null where the repository is no Git repository
/// @param data sentences on data that stays behind, starts empty or is taken back: to be read first
/// @param unchanged names of apps that are as they should be
/// @param failed apps that failed with just this spec and are not tried again, with the error
/// @param settings keys that only Holdfast reads and that change
/// @param ledger what the ledger must say before the first service is touched: all that is known, and all new claims
public record Plan(
        String cluster,
        @Nullable String commit,
        List<String> data,
        List<Change> changes,
        Set<String> unchanged,
        List<Warning> warnings,
        List<Hold> holds,
        List<Failed> failed,
        List<Orphan> orphans,
        List<SettingChange> settings,
        Ledger ledger) {

    public Plan(
            String cluster,
            @Nullable String commit,
            List<String> data,
            List<Change> changes,
            Set<String> unchanged,
            List<Warning> warnings,
            List<Hold> holds,
            List<Failed> failed,
            List<Orphan> orphans,
            Ledger ledger) {
        this(cluster, commit, data, changes, unchanged, warnings, holds, failed, orphans, List.of(), ledger);
    }

    /// @param error what the task said when it failed
    public record Failed(String app, String error, String since) {}

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public boolean isHeld(String app) {
        return holds.stream().anyMatch(hold -> hold.app().equals(app));
    }

    public Plan withOrphans(List<Orphan> found) {
        return with(warnings, List.copyOf(found), settings, ledger);
    }

    public Plan withWarnings(List<Warning> more) {
        var all = new ArrayList<>(warnings);
        all.addAll(more);
        return with(List.copyOf(all), orphans, settings, ledger);
    }

    public Plan withSettings(List<SettingChange> changed) {
        return with(warnings, orphans, List.copyOf(changed), ledger);
    }

    public Plan withLedger(Ledger written) {
        return with(warnings, orphans, settings, written);
    }

    private Plan with(List<Warning> told, List<Orphan> found, List<SettingChange> changed, Ledger written) {
        return new Plan(cluster, commit, data, changes, unchanged, told, holds, failed, found, changed, written);
    }
}

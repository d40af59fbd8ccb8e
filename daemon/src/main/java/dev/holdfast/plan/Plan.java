package dev.holdfast.plan;

import dev.holdfast.ledger.Ledger;
import dev.holdfast.ledger.Orphan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way from the live Swarm to the repository.
///
/// @param commit what was planned; null where the repository is no Git repository
/// @param data sentences on data that stays behind, starts empty or is taken back: to be read first
/// @param unchanged names of apps that are as they should be
/// @param failed apps that failed with just this spec and are not tried again, with the error
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
        Ledger ledger) {

    /// @param error what the task said when it failed
    public record Failed(String app, String error, String since) {}

    public boolean isEmpty() {
        return changes.isEmpty();
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
                        .distinct()
                        .toList();
    }

    /// Whether a service that was there before Holdfast is taken over.
    public boolean adopts(String app) {
        return warnings.stream()
                .anyMatch(warning -> warning.app().equals(app) && warning.code().equals(Unknowns.ADOPTS));
    }

    /// Apps of which nothing is known to change, and something may.
    public List<String> open() {
        return unchanged.stream().filter(app -> !depends(app).isEmpty()).toList();
    }

    public Plan withOrphans(List<Orphan> found) {
        return new Plan(cluster, commit, data, changes, unchanged, warnings, holds, failed, List.copyOf(found), ledger);
    }

    public Plan withWarnings(List<Warning> more) {
        var all = new ArrayList<>(warnings);
        all.addAll(more);
        return new Plan(cluster, commit, data, changes, unchanged, List.copyOf(all), holds, failed, orphans, ledger);
    }

    public Plan withLedger(Ledger written) {
        return new Plan(cluster, commit, data, changes, unchanged, warnings, holds, failed, orphans, written);
    }
}

package dev.holdfast.run;

import dev.holdfast.apply.Outcome;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Plan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What failed is remembered in the ledger with a hash of what was asked for: just that is not tried again. Nothing in
/// the Swarm says so, since an automatic rollback brings the old spec back whole.
final class FailureMemory {

    /// The ledger has little room, and errors may be long.
    private static final int LONGEST_ERROR = 1000;

    private FailureMemory() {}

    /// The ledger, with what failed in this run.
    static Ledger with(Ledger ledger, Plan plan, List<Outcome> outcomes, Instant now) {
        var failures = new HashMap<>(ledger.failures());
        for (var outcome : outcomes) {
            if (outcome.result() == Outcome.Result.FAILED) {
                asked(plan, outcome.app())
                        .forEach(hash -> failures.put(
                                outcome.app(),
                                new Ledger.Failure(
                                        hash,
                                        shortened(outcome.error()),
                                        plan.commit(),
                                        now.truncatedTo(ChronoUnit.SECONDS).toString())));
            }
        }
        return ledger.withFailures(failures);
    }

    /// What was asked for in this run, or in one before that did not see it to its end.
    private static Stream<String> asked(Plan plan, String app) {
        var written = plan.changes().stream()
                .filter(change -> change.app().equals(app))
                .map(FailureMemory::hash);
        var begun = plan.rollouts().unfinished().stream()
                .filter(unfinished -> unfinished.app().equals(app))
                .map(Plan.Unfinished::hash);
        return Stream.concat(written, begun).filter(hash -> !hash.isEmpty());
    }

    private static String hash(Change change) {
        return switch (change) {
            case Change.CreateService create -> create.hash();
            case Change.UpdateService update -> update.hash();
            default -> "";
        };
    }

    private static String shortened(@Nullable String error) {
        var text = error == null ? "" : error;
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "…";
    }
}

package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.app.KnownSecrets;
import dev.holdfast.data.RealPaths;
import dev.holdfast.git.Checkout;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.plan.ImageKnowledge;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.ReadablePlan;
import dev.holdfast.plan.Situation;
import dev.holdfast.survey.Survey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All that was read for one plan.
///
/// @param continues whether the commit descends from the one that was applied last
/// @param formerCluster what this very repository called the cluster before, where that is another name
/// @param images what is known of them without pulling one
record Picture(
        Checkout checkout,
        Desired desired,
        Live live,
        Ledger ledger,
        boolean continues,
        @Nullable String formerCluster,
        ImageKnowledge images) {

    /// The commit as labels and reports name it; null for a directory that has none.
    @Nullable
    String commit() {
        return checkout.commit().equals(Checkout.NO_COMMIT)
                ? null
                : checkout.commit() + (checkout.dirty() ? "-dirty" : "");
    }

    Situation situation(Survey survey, boolean looked, Situation.Choices choices, Instant now) {
        return new Situation(
                desired,
                commit(),
                continues,
                live,
                ledger,
                survey,
                looked,
                images,
                choices,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                formerCluster,
                null);
    }

    /// Where data really is, as far as that look has found it.
    RealPaths places(Survey survey) {
        return new RealPaths(survey, desired.repository().volumes());
    }

    /// What a task may repeat of them, so that it can be masked.
    KnownSecrets secrets() {
        return KnownSecrets.of(desired);
    }

    Plan plan(Survey survey, boolean looked, Situation.Choices choices, Instant now) {
        var situation = situation(survey, looked, choices, now);
        return ReadablePlan.in(situation, Planner.plan(situation));
    }

    /// The same with the files of another commit.
    Picture at(Checkout other, Desired files) {
        return new Picture(other, files, live, ledger, true, null, images);
    }

    Causes.State files() {
        return new Causes.State(checkout.source(), desired);
    }

    Picture with(ImageKnowledge learnt) {
        return new Picture(checkout, desired, live, ledger, continues, formerCluster, learnt);
    }

    Picture with(Live newLive, Ledger newLedger) {
        return new Picture(checkout, desired, newLive, newLedger, continues, formerCluster, images);
    }

    /// The plan that this picture gives, which is of the same files as an earlier one: made only where the Swarm or
    /// the ledger has moved since.
    ///
    /// @param plan that the earlier picture gave
    Plan planAfter(Picture earlier, Plan plan, Function<Picture, Plan> planner) {
        return desired.equals(earlier.desired)
                        && ledger.equals(earlier.ledger)
                        && withoutLocks(live).equals(withoutLocks(earlier.live))
                ? plan
                : planner.apply(this);
    }

    /// The lock that is taken between the two says nothing to a plan.
    private static Live withoutLocks(Live live) {
        return new Live(
                live.swarmId(),
                live.version(),
                live.nodes(),
                live.services(),
                live.tasks(),
                live.networks(),
                live.secrets(),
                live.configs().stream()
                        .filter(config -> !config.labels().containsKey(Labels.LOCK))
                        .toList());
    }
}

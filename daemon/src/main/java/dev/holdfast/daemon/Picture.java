package dev.holdfast.daemon;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.git.Checkout;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.ledger.Survey;
import dev.holdfast.live.Live;
import dev.holdfast.plan.ImageKnowledge;
import dev.holdfast.plan.NodeNames;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.Situation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// All that was read for one plan.
///
/// @param continues whether the commit descends from the one that was applied last
/// @param images what is known of them without pulling one
record Picture(Checkout checkout, Desired desired, Live live, Ledger ledger, boolean continues, ImageKnowledge images) {

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
                null);
    }

    Plan plan(Survey survey, boolean looked, Situation.Choices choices, Instant now) {
        var situation = situation(survey, looked, choices, now);
        return NodeNames.in(situation, Planner.plan(situation));
    }

    /// The same with the files of another commit.
    Picture at(Checkout other) {
        return new Picture(other, DesiredReader.read(other.source()), live, ledger, true, images);
    }

    Picture with(ImageKnowledge learnt) {
        return new Picture(checkout, desired, live, ledger, continues, learnt);
    }

    Picture with(Live newLive, Ledger newLedger) {
        return new Picture(checkout, desired, newLive, newLedger, continues, images);
    }
}

package dev.holdfast.run;

import dev.holdfast.apply.Progress;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.Plan;
import dev.holdfast.survey.Survey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the last look at the nodes' disks has seen, and whether another one is due.
final class LastLook {

    private final DiskLook disks;
    private final Clock clock;
    private final @Nullable Duration lookAgain;
    private Survey seen = Survey.NONE;
    private Instant at = Instant.EPOCH;

    /// @param lookAgain how old a look may be for the report of orphans; null means that any will do
    LastLook(DiskLook disks, Clock clock, @Nullable Duration lookAgain) {
        this.disks = disks;
        this.clock = clock;
        this.lookAgain = lookAgain;
    }

    Survey seen() {
        return seen;
    }

    /// @param looked whether the look was taken for the plan that asks; else what it saw is not told
    Survey seen(boolean looked) {
        return looked ? seen : Survey.NONE;
    }

    /// @param images to look for
    void look(Picture picture, Ledger ledger, Set<String> images, Progress progress) throws InterruptedException {
        seen = disks.look(picture.desired(), ledger, picture.live(), images, false, progress);
        at = clock.instant();
    }

    /// Whether the report of claims wants a look.
    boolean isDue(Plan plan) {
        return lookAgain == null
                ? isMissing(plan)
                : !plan.ledger().claims().isEmpty()
                        && Duration.between(at, clock.instant()).compareTo(lookAgain) > 0;
    }

    /// Whether there are orphans to report, and nobody has looked for them yet.
    boolean isMissing(Plan plan) {
        return seen.nodes().isEmpty() && plan.ledger().claims().stream().anyMatch(claim -> claim.givenUp() != null);
    }
}

package dev.holdfast.run;

import dev.holdfast.git.ConfigRepository;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.NextLedger;
import dev.holdfast.plan.WantedImage;

/// What a run makes true is remembered in the ledger: whose repository is followed, up to which commit.
final class AppliedMemory {

    private AppliedMemory() {}

    /// @param picture after the run
    static Ledger with(Ledger ledger, Picture picture, ConfigRepository repository, Reconciler.Options options) {
        if (picture.formerCluster() != null) {
            return ledger; // nothing was applied under the new name
        }
        var pinned =
                NextLedger.pinned(ledger, picture.live(), WantedImage.followed(picture.desired(), picture.images()));
        var root = picture.checkout().rootCommit();
        if (root == null) {
            return pinned;
        }
        // A state that was not read whole, or that turned back, is not "applied".
        var commit = picture.desired().complete() && picture.continues()
                ? picture.checkout().commit()
                : ledger.commit();
        return new Blame(repository, options.reading())
                .attributed(pinned, picture.ledger(), picture.checkout().commit())
                .withApplied(root, RunNames.repository(options.repository()), commit);
    }
}

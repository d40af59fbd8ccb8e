package dev.holdfast.plan;

import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Mount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be said of an app's volume before anybody has looked at the disk, from what runs and what the ledger
/// remembers. Where that is enough to know that a look will end in a hold, it is one already.
final class Glance {

    private final Situation situation;
    private final VolumeOptions options;

    Glance(Situation situation, VolumeOptions options) {
        this.situation = situation;
        this.options = options;
    }

    /// @param remembered what the ledger says of it
    /// @param known whether it is one that the app had, or that the ledger remembers
    void volume(AppDraft draft, Claim claim, @Nullable Claim remembered, boolean known, DataRules.Finding finding) {
        var app = draft.app();
        var data = DataRules.data(claim);
        options.unseen(draft, claim, finding);
        if (known) {
            if (remembered != null && remembered.givenUp() != null) {
                finding.data().add(new DataNote.IsTakenBack(app.name(), data, remembered.app(), null));
            }
        } else if (app.adopt()) {
            finding.data().add(new DataNote.IsTakenOverIfThere(app.name(), data));
        } else {
            if (!LostLedger.isLost(situation)) {
                Similar.hold(app, claim, similar(claim.name())).ifPresent(finding.holds()::add);
            }
            finding.data().add(new DataNote.StartsEmptyUnlessThere(app.name(), data));
        }
    }

    /// Without the word that it is meant, the app waits whichever of the two is there.
    private List<Similar> similar(String name) {
        return situation.live().services().stream()
                .filter(service -> !service.belongsTo(situation.cluster()))
                .flatMap(service -> service.mounts().stream()
                        .filter(Mount::isVolume)
                        .filter(mount -> Similar.are(mount.source(), name))
                        .map(mount -> new Similar(mount.source(), "in service " + service.name())))
                .distinct()
                .toList();
    }
}

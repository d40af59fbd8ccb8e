package dev.holdfast.run;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.Directory;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.git.Checkout;
import dev.holdfast.git.CommitInfo;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the commit that gave a claim up. A run may bring several commits at once; the one that counts is the last that
/// changed the file in which the app was declared before.
final class Blame {

    private final ConfigRepository repository;
    private final ReadOptions reading;
    private final Map<String, Optional<Desired>> read = new HashMap<>();

    Blame(ConfigRepository repository, ReadOptions reading) {
        this.repository = repository;
        this.reading = reading;
    }

    /// @param before the ledger before this run: what it already knows as given up stays as it is
    /// @param commit that this run has applied
    Ledger attributed(Ledger ledger, Ledger before, String commit) {
        var found = ledger;
        for (var claim : ledger.claims()) {
            var givenUp = claim.givenUp();
            if (givenUp == null || !isNew(claim, before)) {
                continue;
            }
            if (before.commit() == null || isByHand(claim, before.commit(), commit)) {
                found = found.withGivenUp(claim.key(), new Claim.GivenUp(givenUp.since(), null));
                continue;
            }
            var culprit = file(claim.app(), before.commit())
                    .flatMap(file -> repository.lastChange(file, commit))
                    .map(CommitInfo::commit)
                    .orElse(commit);
            found = found.withGivenUp(
                    claim.key(), new Claim.GivenUp(givenUp.since(), culprit, isRevertible(claim, culprit)));
        }
        return found;
    }

    private static boolean isNew(Claim claim, Ledger before) {
        return before.claim(claim.key()).map(old -> old.givenUp() == null).orElse(true);
    }

    /// Whether the app is still there, and no file ever said that it had this data, or that it leaves it: somebody
    /// moved the app or gave it the data by hand, and that was put back.
    private boolean isByHand(Claim claim, String applied, String commit) {
        var now = app(state(commit), claim);
        var before = app(state(applied), claim);
        return now.isPresent()
                && !leaves(now.get(), claim)
                && (hasSource(now.get(), claim) || before.isPresent() && !hasSource(before.get(), claim));
    }

    private static boolean leaves(App app, Claim claim) {
        var persistent = app.persistent();
        return persistent != null
                && (persistent.leave().contains(claim.name()) || isNode(persistent.leaveDataOn(), claim));
    }

    /// In which file the app was declared, as of that commit.
    private Optional<String> file(String app, String applied) {
        return state(applied).flatMap(desired -> declared(desired, app)).map(DeclaredApp::file);
    }

    /// Not where an earlier commit took it out of the file, and this one only said that this is meant.
    private boolean isRevertible(Claim claim, String culprit) {
        var earlier = app(stateBefore(culprit), claim).filter(app -> hasSource(app, claim));
        var later = app(state(culprit), claim).filter(app -> hasSource(app, claim));
        return earlier.isPresent()
                && (later.isEmpty()
                        || earlier.get().persistent() != null
                                && isNode(earlier.get().persistent().node(), claim));
    }

    private static boolean hasSource(App app, Claim claim) {
        return app.directories().stream().map(Directory::source).anyMatch(claim.name()::equals);
    }

    private static boolean isNode(@Nullable String name, Claim claim) {
        return name != null && (name.equals(claim.node()) || name.equalsIgnoreCase(claim.hostname()));
    }

    /// The app that has or had the claim, as the files say it.
    private static Optional<App> app(Optional<Desired> desired, Claim claim) {
        return desired.flatMap(found -> declared(found, claim.app())).map(DeclaredApp::app);
    }

    private Optional<Desired> state(String commit) {
        return read.computeIfAbsent(commit, _ -> repository.known(commit).map(this::read));
    }

    private Optional<Desired> stateBefore(String commit) {
        return read.computeIfAbsent(commit + "^", _ -> repository.before(commit).map(this::read));
    }

    private Desired read(Checkout checkout) {
        return DesiredReader.read(checkout.source(), reading);
    }

    private static Optional<DeclaredApp> declared(Desired desired, String app) {
        return desired.apps().stream()
                .filter(each -> each.app().name().equals(app))
                .findFirst();
    }
}

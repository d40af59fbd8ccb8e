package dev.holdfast.daemon;

import dev.holdfast.app.DesiredReader;
import dev.holdfast.git.CommitInfo;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the commit that gave a claim up. A run may bring several commits at once; the one that counts is the last that
/// changed the file in which the app was declared before.
final class Blame {

    private final ConfigRepository repository;

    Blame(ConfigRepository repository) {
        this.repository = repository;
    }

    /// @param before the ledger before this run: what it already knows as given up stays as it is
    /// @param commit that this run has applied
    Ledger attributed(Ledger ledger, Ledger before, String commit) {
        Map<String, String> files = null;
        var found = ledger;
        for (var claim : ledger.claims()) {
            var givenUp = claim.givenUp();
            if (givenUp == null || !isNew(claim, before)) {
                continue;
            }
            files = files == null ? files(before.commit()) : files;
            var file = files.get(claim.app());
            var culprit = file == null
                    ? commit
                    : repository
                            .lastChange(file, commit)
                            .map(CommitInfo::commit)
                            .orElse(commit);
            found = found.withGivenUp(claim.key(), new Claim.GivenUp(givenUp.since(), culprit));
        }
        return found;
    }

    private static boolean isNew(Claim claim, Ledger before) {
        return before.claim(claim.key()).map(old -> old.givenUp() == null).orElse(true);
    }

    /// In which file each app was declared, as of that commit.
    private Map<String, String> files(@Nullable String applied) {
        var files = new HashMap<String, String>();
        if (applied != null) {
            repository
                    .known(applied)
                    .ifPresent(checkout -> DesiredReader.read(checkout.source())
                            .apps()
                            .forEach(declared -> files.put(declared.app().name(), declared.file())));
        }
        return files;
    }
}

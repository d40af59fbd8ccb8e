package dev.holdfast.data;

import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.Optional;

/// What tells the data of a claim from other data of the same name.
public final class Identities {

    private Identities() {}

    /// The ledger with the identities of claims that had none, as far as the survey saw their data. A known
    /// identity stays: that other data is there now is for a person to look at.
    public static Ledger fill(Ledger ledger, Survey survey) {
        var seen = new ArrayList<Claim>();
        for (var claim : ledger.claims()) {
            if (claim.identity() == null) {
                of(claim.key(), survey).ifPresent(identity -> seen.add(claim.withIdentity(identity)));
            }
        }
        return seen.isEmpty() ? ledger : ledger.withClaims(seen);
    }

    /// The identity of what the survey saw there; empty where there is nothing or it was not seen.
    public static Optional<String> of(Claim.Key key, Survey survey) {
        return survey.node(key.node())
                .flatMap(node -> switch (key.kind()) {
                    case VOLUME ->
                        Optional.ofNullable(node.volumes().get(key.name())).map(Survey.Volume::createdAt);
                    case BIND ->
                        Optional.ofNullable(node.paths().get(key.name()))
                                .filter(Survey.Path::isDirectory)
                                .map(Survey.Path::identity);
                })
                .filter(identity -> !identity.isEmpty());
    }
}

package dev.holdfast.run;

import dev.holdfast.ledger.Ledger;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.Plan;
import dev.holdfast.yaml.Secrets;
import java.util.Map;
import java.util.TreeMap;

/// What only a look or a registry could tell is remembered in the ledger: `status` asks neither, and would call an app
/// drifted that is held.
final class HoldMemory {

    private HoldMemory() {}

    /// The holds that the one plan has and the other could not have; the first one of each app.
    ///
    /// @param before made without a look, and without asking a registry
    static Map<String, Ledger.Held> of(Plan before, Plan plan) {
        var found = new TreeMap<String, Ledger.Held>();
        for (var hold : plan.holds()) {
            if (!before.isHeld(hold.app())) {
                found.putIfAbsent(hold.app(), held(hold));
            }
        }
        return found;
    }

    private static Ledger.Held held(Hold hold) {
        return new Ledger.Held(hold.code().word(), Secrets.text(hold.message()));
    }
}

package dev.holdfast.run;

import dev.holdfast.app.ReadOptions;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.Situation;
import dev.holdfast.plan.SupposedSwarm;

/// What will be there once a plan was applied and nothing went wrong: then what it gives up has no owner any more.
///
/// @param ledger with the commits that give claims up
record OrphansToCome(Live live, Ledger ledger) {

    /// @param commit that was planned, as the repository names it
    static OrphansToCome of(
            Situation situation, Plan plan, ConfigRepository repository, ReadOptions reading, String commit) {
        var then = SupposedSwarm.applied(situation, plan);
        var ledger =
                new Blame(repository, reading).attributed(Planner.plan(then).ledger(), situation.ledger(), commit);
        return new OrphansToCome(then.live(), ledger);
    }
}

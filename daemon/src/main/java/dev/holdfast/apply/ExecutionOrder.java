package dev.holdfast.apply;

import dev.holdfast.app.Hook;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The order in which a plan runs, as a value: what each step waits for, and what becomes of it where another has not
/// ended well. Two steps of which neither waits for the other, nor for one that does, run side by side.
///
/// @param steps each behind all that it waits for
public record ExecutionOrder(List<Step> steps) {

    /// @param after steps that must have ended, well or not
    /// @param gone steps that stop a service; where one could not, this step's app ends as that stop did
    /// @param needs apps of this plan that must have converged, or this step is left out and its app held
    public record Step(Act act, List<String> after, List<String> gone, List<String> needs) {

        public String name() {
            return act.name();
        }

        /// Whether it is done at all.
        ///
        /// @param bad whether an app has failed or is held, by the time at which all of [#after] have ended
        public boolean isDue(Predicate<String> bad) {
            return switch (act) {
                case Act.PutBack(var exchange) -> !exchange.failed(bad).isEmpty();
                case Act.Remove remove -> !bad.test(remove.app());
                case Act.ClearHook clear -> !bad.test(clear.app());
                case Act.RunHook hook when hook.run().when() == Hook.When.AFTER -> !bad.test(hook.app());
                default -> missing(bad).isEmpty();
            };
        }

        /// The first app that it needs and that has not converged.
        public Optional<String> missing(Predicate<String> bad) {
            return needs.stream().filter(bad).findFirst();
        }
    }

    /// @param live what the plan was made from
    public static ExecutionOrder of(Plan plan, Live live) {
        return new Ordering(plan, live).order();
    }
}

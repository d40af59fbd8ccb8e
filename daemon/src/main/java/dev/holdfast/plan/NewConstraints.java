package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.live.Service;
import dev.holdfast.placement.Demand;
import dev.holdfast.spec.PlacementPart;
import dev.holdfast.spec.Spelling;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Constraints that an app had not before. Which nodes satisfy them nobody knows offline, and everything hangs on it:
/// an app with data goes on or is held, of another those instances move whose node does not satisfy them.
///
/// @param before as the app was; null for a new one
record NewConstraints(Plan plan, App app, @Nullable App before) {

    Optional<Warning> warning(Situation situation) {
        var service = situation.live().service(app.name());
        var node = service.flatMap(Service::lockedNode).flatMap(situation.live()::node);
        var goesOn = before != null && !restartsAnyway();
        var open = constraints().stream()
                .filter(constraint -> node.isPresent()
                        ? !SupposedSwarm.isJudged(constraint, node.get())
                        : goesOn || !isThere(constraint, situation))
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        var words = String.join(" and ", open);
        if (app.isPersistent(situation::isShared) && !app.hasDataOnEachNode()) {
            var named = node.isPresent()
                    || app.persistent() != null && app.persistent().node() != null;
            return Optional.of(new Warning(
                    app.name(),
                    WarningCode.CONSTRAINT_UNCHECKED,
                    "its constraints " + open + " are new: "
                            + (named
                                    ? "if its node does not satisfy them, apply will hold it"
                                    : "it gets a node that satisfies them; if there is none, apply will hold it"),
                    Warning.Otherwise.heldIf(
                            named ? "its node does not satisfy " + words : "no node satisfies " + words)));
        }
        if (app.deploy().isGlobal()) {
            return Optional.of(ofGlobal(open, words, goesOn));
        }
        return Optional.of(new Warning(
                app.name(),
                WarningCode.CONSTRAINT_UNCHECKED,
                "its constraints " + open + " are new: "
                        + (goesOn
                                ? "its instances go on where their node satisfies them, and start again elsewhere where"
                                        + " not; if no node satisfies them, those do not start"
                                : "if no node satisfies them, it does not start"),
                Warning.Otherwise.or(
                        goesOn
                                ? "only instances whose node does not satisfy " + words
                                : "does not start if no node satisfies " + words)));
    }

    /// It has an instance on each node that satisfies them, and none elsewhere: none moves.
    private Warning ofGlobal(List<String> open, String words, boolean goesOn) {
        return new Warning(
                app.name(),
                WarningCode.CONSTRAINT_UNCHECKED,
                "its constraints " + open + " are new: it runs on each node that satisfies them"
                        + (goesOn ? ", where its instance goes on, and its instances on other nodes stop" : "")
                        + "; if no node satisfies them, it runs nowhere",
                goesOn ? null : Warning.Otherwise.or("none where a node does not satisfy " + words));
    }

    /// Whether it asks for a node that files named before.
    private static boolean isThere(String constraint, Situation situation) {
        var supposed = situation.supposed();
        return supposed != null
                && Demand.hostname(List.of(constraint))
                        .filter(name -> !supposed.isNew(name))
                        .isPresent();
    }

    private List<String> constraints() {
        var had = before == null ? List.<String>of() : spelt(before);
        return app.deploy().placement().constraints().stream()
                .filter(constraint -> !had.contains(Spelling.constraint(constraint)))
                .toList();
    }

    private static List<String> spelt(App app) {
        return app.deploy().placement().constraints().stream()
                .map(Spelling::constraint)
                .toList();
    }

    private boolean restartsAnyway() {
        return plan.changes().stream()
                .filter(change -> change.app().equals(app.name()))
                .flatMap(change -> change.fields().stream())
                .anyMatch(field -> field.restarts() && !PlacementPart.isConstraint(field.path()));
    }
}

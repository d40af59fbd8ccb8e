package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Node;
import dev.holdfast.plan.DataNote.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a service of a stack file gets for its data where the file leaves it open, and what the engine's defaults give
/// it already: told once, by the plan that creates the service, takes it over, or gives it its first data.
final class Guards {

    private Guards() {}

    static Optional<DataNote> note(AppDraft draft, Situation situation) {
        var app = draft.app();
        if (app.stack() == null
                || draft.verb() == AppDraft.Verb.NOTHING
                || !app.isPersistent(situation::isShared)
                || isGuarded(draft, situation)) {
            return Optional.empty();
        }
        var guards = guards(app);
        var node = guards.contains(Guard.LOCKED) ? draft.node() : null;
        return guards.isEmpty()
                ? Optional.empty()
                : Optional.of(new DataNote.IsGuarded(
                        app.name(),
                        Optional.ofNullable(node).map(Node::hostname).orElse(null),
                        guards));
    }

    private static boolean isGuarded(AppDraft draft, Situation situation) {
        var service = draft.service();
        return service != null
                && service.belongsTo(situation.cluster())
                && service.label(Labels.CLAIMS).isPresent();
    }

    private static List<Guard> guards(App app) {
        var guards = new ArrayList<Guard>();
        var persistent = app.persistent();
        if (!app.hasDataOnEachNode()) {
            if (persistent != null && persistent.node() == null) {
                guards.add(Guard.LOCKED);
            }
            var most = app.deploy().placement().maxReplicasPerNode();
            if (most == null || most == 0) {
                guards.add(Guard.ONE_INSTANCE);
            }
        }
        var update = app.deploy().updateConfig();
        if (isOpen(update == null ? null : update.order())) {
            guards.add(Guard.STOP_FIRST);
        }
        if (isOpen(update == null ? null : update.failureAction())) {
            guards.add(Guard.PAUSE);
        }
        return List.copyOf(guards);
    }

    private static boolean isOpen(@Nullable String word) {
        return word == null || word.isEmpty();
    }
}

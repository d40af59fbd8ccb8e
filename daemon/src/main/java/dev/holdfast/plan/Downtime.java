package dev.holdfast.plan;

import dev.holdfast.live.Service;
import dev.holdfast.live.Task;

/// Whether something that runs now is stopped before the new task of a change starts.
final class Downtime {

    private Downtime() {}

    static boolean runs(Situation situation, Service service) {
        return situation.supposed() == null
                ? situation.live().tasksOf(service.id()).stream().anyMatch(Task::isRunning)
                : service.replicas() > 0;
    }

    /// By Holdfast itself: the app's own task, or that of another one whose data it takes. Swarm's own rolling
    /// update is another matter: it stops one of several.
    static boolean comesBefore(Change change, Situation situation) {
        return !change.takesFrom().isEmpty()
                || change instanceof Change.UpdateService update
                        && update.stopFirst()
                        && situation
                                .live()
                                .service(update.app())
                                .filter(service -> runs(situation, service))
                                .isPresent();
    }
}

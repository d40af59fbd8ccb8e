package dev.holdfast.apply;

import dev.holdfast.app.Hook;
import dev.holdfast.app.KnownSecrets;
import dev.holdfast.engine.EngineException;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.plan.HookRun;
import dev.holdfast.plan.Plan;
import dev.holdfast.spec.HookSpec;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs the task before or after a change of an app to its end. What a run that was cut off has left is taken over;
/// never do two such tasks of one app run at once.
final class HookStep {

    private static final Set<String> BAD = Set.of("failed", "rejected", "orphaned");

    private final Writer writer;
    private final Watch watch;
    private final SpecToSend prepared;
    private final KnownSecrets secrets;
    private final Progress progress;

    /// @param secrets that a task may repeat in what it says
    HookStep(Writer writer, Watch watch, SpecToSend prepared, KnownSecrets secrets, Progress progress) {
        this.writer = writer;
        this.watch = watch;
        this.prepared = prepared;
        this.secrets = secrets;
        this.progress = progress;
    }

    /// @throws HookFailed with the task's own error and its last log lines; its service stays, for those who want
    ///     to read all
    void run(HookRun run) throws InterruptedException {
        var deadline = System.nanoTime() + run.timeout().toNanos();
        var id = begun(run).orElse(null);
        if (id == null) {
            awaitOthers(run, deadline);
            progress.app(run.app(), "running " + run.when().word() + ": " + secrets.masked(run.what()));
            id = writer.create(prepared.spec(run.spec()));
        }
        await(run, id, deadline);
        if (run.when() == Hook.When.AFTER) {
            writeDone(run);
            remove(id);
        }
    }

    /// The service of a run before, unless it has failed or was for another change: then it goes.
    private Optional<String> begun(HookRun run) throws InterruptedException {
        var there = service(run.service());
        if (there.isEmpty()) {
            return Optional.empty();
        }
        var service = there.get();
        if (!service.label(Labels.HOOK).equals(Optional.of(run.app()))
                || !service.label(Labels.HOOK_CLUSTER)
                        .equals(Optional.of(run.spec()
                                .path("Labels")
                                .path(Labels.HOOK_CLUSTER)
                                .asText()))) {
            throw new HookFailed(
                    "%s of %s runs as service %s, and one of this name is there that Holdfast did not make;"
                                    .formatted(run.when().word(), run.app(), run.service())
                            + " remove or rename it");
        }
        var task = newest(watch.next(), service.id());
        if (HookSpec.change(service.spec()).equals(Optional.of(run.change()))
                && (task == null || !BAD.contains(task.state()))) {
            return Optional.of(service.id());
        }
        remove(service.id());
        return Optional.empty();
    }

    private Optional<Service> service(String name) {
        try {
            return Optional.of(Service.of(writer.engine().service(name)))
                    .filter(found -> found.name().equals(name));
        } catch (EngineException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A task goes on for a moment after its service was removed, and for long where its node is not heard of.
    private void awaitOthers(HookRun run, long deadline) throws InterruptedException {
        while (true) {
            var others = watch.next().tasks().stream()
                    .filter(task -> task.mayRun() && !task.state().equals("orphaned") && isOf(task, run.app()))
                    .map(Task::id)
                    .toList();
            if (others.isEmpty()) {
                return;
            }
            progress.app(run.app(), "waiting for an earlier task before or after a change to end");
            if (System.nanoTime() > deadline) {
                throw new HookFailed("an earlier task before or after a change has not ended within "
                        + run.timeout().toSeconds() + "s: task " + String.join(", ", others));
            }
        }
    }

    private static boolean isOf(Task task, String app) {
        return task.spec()
                .path("ContainerSpec")
                .path("Labels")
                .path(Labels.HOOK)
                .asText()
                .equals(app);
    }

    private void await(HookRun run, String id, long deadline) throws InterruptedException {
        while (true) {
            var snapshot = watch.next();
            if (snapshot.service(id).isEmpty()) {
                throw new HookFailed(run.when().word() + ": its service " + run.service()
                        + " was removed by somebody else while it ran");
            }
            var task = newest(snapshot, id);
            if (task != null && task.state().equals("complete")) {
                return;
            }
            if (task != null && BAD.contains(task.state())) {
                throw failed(
                        run,
                        error(task),
                        task,
                        task.containerId().isEmpty() ? "" : ". All it said: docker service logs " + run.service());
            }
            if (System.nanoTime() > deadline) {
                var failed = failed(
                        run,
                        "it has not ended within " + run.timeout().toSeconds() + "s and was stopped"
                                + (task == null || task.error().isEmpty() ? "" : ": " + task.error()),
                        task,
                        "");
                remove(id);
                throw failed;
            }
            progress.app(run.app(), run.when().word() + ": " + (task == null ? "starting" : state(task)));
        }
    }

    private static String state(Task task) {
        return task.state() + (task.error().isEmpty() ? "" : ": " + task.error());
    }

    private static String error(Task task) {
        return task.error().isEmpty() ? "its task is " + task.state() : task.error();
    }

    private static @Nullable Task newest(Snapshot snapshot, String id) {
        return snapshot.tasksOf(id).stream()
                .max(Comparator.comparing(Task::createdAt))
                .orElse(null);
    }

    private HookFailed failed(HookRun run, String error, @Nullable Task task, String hint) {
        var outcome = run.when() == Hook.When.BEFORE
                ? "; " + run.app() + " was left as it is"
                : "; " + run.app() + " has been changed all the same";
        return new HookFailed(secrets.masked("%s (%s) failed: %s%s%s%s"
                .formatted(run.when().word(), run.what(), error, outcome, hint, TaskLog.below(writer.engine(), task))));
    }

    /// On the app's own service, if that is still the one for whose change it ran.
    private void writeDone(HookRun run) throws InterruptedException {
        var service = service(run.app());
        if (service.isPresent()) {
            writer.modify(service.get().id(), spec -> {
                if (HookSpec.change(spec).equals(Optional.of(run.change()))) {
                    HookSpec.markDone(spec, run.change());
                }
            });
        }
    }

    void clear(Plan.LeftHook left) throws InterruptedException {
        remove(left.id());
    }

    /// Where its app has converged, that of a task before its change is of no more use.
    void clear(HookRun run) throws InterruptedException {
        var service = service(run.service());
        if (service.isPresent() && HookSpec.change(service.get().spec()).equals(Optional.of(run.change()))) {
            remove(service.get().id());
        }
    }

    private void remove(String id) throws InterruptedException {
        try {
            writer.write(() -> {
                writer.engine().removeService(id);
                return true;
            });
        } catch (EngineException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    static final class HookFailed extends RuntimeException {
        HookFailed(String message) {
            super(message);
        }
    }
}

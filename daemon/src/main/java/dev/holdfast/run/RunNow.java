package dev.holdfast.run;

import dev.holdfast.apply.Executor;
import dev.holdfast.apply.Outcome;
import dev.holdfast.apply.Progress;
import dev.holdfast.apply.RunWatch;
import dev.holdfast.engine.Engine;
import dev.holdfast.live.Live;
import dev.holdfast.lock.SwarmLock;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.RunWrite;
import dev.holdfast.plan.Situation;
import dev.holdfast.registry.Registries;
import dev.holdfast.spec.RunsLabel.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run of a scheduled app that a person asks for: begun like any other, under the Swarm-wide lock; then it is
/// waited for, without the lock, and written down.
public final class RunNow {

    private final Engine engine;
    private final Registries registries;
    private final Clock clock;
    private final PictureReader reader;
    private final LastLook look;
    private final Planning planning;
    private final Function<String, SwarmLock> locks;

    RunNow(
            Engine engine,
            Registries registries,
            Clock clock,
            PictureReader reader,
            LastLook look,
            Planning planning,
            Function<String, SwarmLock> locks) {
        this.engine = engine;
        this.registries = registries;
        this.clock = clock;
        this.reader = reader;
        this.look = look;
        this.planning = planning;
        this.locks = locks;
    }

    /// @param lastWords of its task, where it has failed
    public record Ended(Run run, List<String> lastWords) {}

    Ended run(String app, Progress progress) throws InterruptedException {
        var picture = reader.read();
        var asked = Situation.Runs.now(app);
        var plan = planning.plan(picture, false, asked);
        var looked = plan.needsLook();
        if (looked) {
            look.look(picture, picture.ledger(), Set.of(), progress);
            plan = planning.plan(picture, true, asked);
        }
        require(app, picture, plan);
        var begun = write(app, picture, asked, looked, progress);
        var watch = new RunWatch(engine, clock, progress);
        var ended = watch.await(app, begun.id(), deadline(app, picture, begun.run()));
        if (ended == null) {
            write(app, picture, Situation.Runs.settle(app), looked, progress); // stops it
            ended = watch.await(app, begun.id(), null);
        }
        var words = watch.lastWords(ended == null ? null : ended.task(), picture.secrets());
        settle(app, picture, progress);
        return new Ended(ended == null ? begun.run() : ended.run(), words);
    }

    private @Nullable Instant deadline(String app, Picture picture, Run run) {
        return picture.desired().apps().stream()
                .map(declared -> declared.app())
                .filter(each -> each.name().equals(app) && each.schedule() != null)
                .flatMap(each -> Optional.ofNullable(each.schedule().deadline()).stream())
                .findFirst()
                .map((Duration longest) -> (run.started() == null ? run.scheduled() : run.started()).plus(longest))
                .orElse(null);
    }

    private RunWrite write(String app, Picture picture, Situation.Runs asked, boolean looked, Progress progress)
            throws InterruptedException {
        try (var lock = locks.apply(picture.ledger().cluster()).take(Reconciler.WAIT_FOR_LOCK, progress::step)) {
            var now = picture.with(Live.read(engine), reader.ledger(picture.desired()));
            var plan = planning.plan(now, looked, asked);
            var write = require(app, now, plan);
            var outcomes = new Executor(
                            engine,
                            registries,
                            plan.only(write),
                            now.live(),
                            now.places(look.seen()),
                            now.secrets(),
                            () -> Reconciler.requireLock(lock),
                            progress)
                    .execute();
            outcomes.stream().filter(Outcome::isBad).findFirst().ifPresent(bad -> {
                throw refused(app, String.valueOf(bad.error()));
            });
            return write;
        }
    }

    /// A daemon may be faster at writing the end down.
    private void settle(String app, Picture picture, Progress progress) throws InterruptedException {
        var settle = Situation.Runs.settle(app);
        var now = picture.with(Live.read(engine), picture.ledger());
        if (!planning.plan(now, false, settle).runs().writes().isEmpty()) {
            try {
                write(app, picture, settle, false, progress);
            } catch (RunRefused faster) {
                progress.step("another run has written down how it ended");
            }
        }
    }

    private static RunWrite require(String app, Picture picture, Plan plan) {
        return plan.runs().writes().stream()
                .filter(write -> write.app().equals(app))
                .findFirst()
                .orElseThrow(() -> refused(app, why(app, picture, plan)));
    }

    private static String why(String app, Picture picture, Plan plan) {
        var declared = picture.desired().apps().stream()
                .map(each -> each.app())
                .filter(each -> each.name().equals(app))
                .findFirst();
        if (declared.isEmpty()) {
            return "no file declares such an app, or its file has an error";
        }
        if (declared.get().schedule() == null) {
            return "it has no schedule, so it has no runs: `schedule` in its file says when it runs";
        }
        var holds = plan.holds().stream()
                .filter(hold -> hold.app().equals(app))
                .map(Hold::message)
                .collect(Collectors.joining("; "));
        if (!holds.isEmpty()) {
            return "it is held: " + holds;
        }
        if (picture.live().service(app).isEmpty()
                || plan.changes().stream().anyMatch(change -> change.app().equals(app))) {
            return "its service is not as its file says: `holdfast apply` first";
        }
        return plan.changes().isEmpty()
                ? "a run of it goes on, or its task still ends"
                : "what it reads or depends on is to be changed: `holdfast apply` first";
    }

    private static RunRefused refused(String app, String why) {
        return new RunRefused(app + " cannot be run: " + why, null);
    }
}

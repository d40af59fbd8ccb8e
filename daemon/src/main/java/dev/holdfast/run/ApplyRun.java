package dev.holdfast.run;

import dev.holdfast.apply.Executor;
import dev.holdfast.apply.Progress;
import dev.holdfast.engine.Engine;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.ledger.LedgerMoved;
import dev.holdfast.ledger.LedgerStore;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.lock.LockHeld;
import dev.holdfast.lock.SwarmLock;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.DroppedNetworks;
import dev.holdfast.plan.Plan;
import dev.holdfast.registry.Registries;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One reconciliation: read, plan, look where the plan needs it, and under the Swarm-wide lock carry it out and
/// remember what came of it.
final class ApplyRun {

    private static final int TRIES = 5;

    private final Engine engine;
    private final Registries registries;
    private final ConfigRepository repository;
    private final Reconciler.Options options;
    private final Clock clock;
    private final LedgerStore store;
    private final PictureReader reader;
    private final DiskLook disks;
    private final LastLook look;
    private final Planning planning;
    private final OrphanSearch orphans;
    private final Function<String, SwarmLock> locks;

    /// @param options whose repository is to be remembered
    /// @param locks the lock of each cluster
    ApplyRun(
            Engine engine,
            Registries registries,
            ConfigRepository repository,
            Reconciler.Options options,
            Clock clock,
            LedgerStore store,
            PictureReader reader,
            DiskLook disks,
            LastLook look,
            Planning planning,
            OrphanSearch orphans,
            Function<String, SwarmLock> locks) {
        this.engine = engine;
        this.registries = registries;
        this.repository = repository;
        this.options = options;
        this.clock = clock;
        this.store = store;
        this.reader = reader;
        this.disks = disks;
        this.look = look;
        this.planning = planning;
        this.orphans = orphans;
        this.locks = locks;
    }

    /// @param saved what was planned before, and must still be so; null for whatever is to be done
    Reconciler.Applied apply(@Nullable SavedPlan saved, Progress progress) throws InterruptedException {
        registries.startRun();
        for (var attempt = 1; ; attempt++) {
            try {
                return tryApply(saved, progress);
            } catch (LedgerMoved | MovedOn e) {
                if (attempt == TRIES) {
                    throw e;
                }
                progress.step("another run was faster; reading and planning again");
            }
        }
    }

    private Reconciler.Applied tryApply(@Nullable SavedPlan saved, Progress progress) throws InterruptedException {
        var read = reader.withTags(reader.read());
        var picture = saved == null ? read : planning.withImages(read); // it was planned with that, too
        var plan = planning.glance(picture);
        var unasked = saved == null ? plan : planning.glance(read);
        require(saved, picture, plan);
        disks.sweep(picture.live(), picture.ledger().cluster());
        var images = planning.unknownImages(picture, plan, false);
        var looked = plan.needsLook() || look.isDue(plan) || !images.isEmpty();
        if (looked) {
            look.look(picture, picture.ledger(), images, progress);
            plan = planning.plan(picture, true);
            var unknown = planning.unknownImages(picture, plan, true);
            if (!unknown.isEmpty()) {
                picture = reader.asked(picture, unknown);
                plan = planning.plan(picture, true);
            }
        }
        if (plan.isEmpty()
                && plan.rollouts().unfinished().isEmpty()
                && remembered(picture, plan.ledger().withHolds(HoldMemory.of(unasked, plan)))
                        .saysTheSameAs(picture.ledger())) {
            plan = orphans.with(picture, plan, look.seen());
            return new Reconciler.Applied(
                    planning.planned(picture, plan),
                    List.copyOf(Executor.withoutWriting(plan).values()));
        }
        try (var lock = locks.apply(picture.ledger().cluster()).take(Reconciler.WAIT_FOR_LOCK, progress::step)) {
            var now = picture.with(Live.read(engine), reader.ledger(picture.desired()));
            if (!Objects.equals(now.ledger().commit(), picture.ledger().commit())) {
                // Another run has applied another commit meanwhile: ours may be the older one.
                throw new MovedOn();
            }
            var again = now.planAfter(picture, plan, it -> planning.plan(it, looked));
            require(saved, now, looked && saved != null ? planning.glance(now) : again);
            if (!looked && again.needsLook()
                    || !planning.unknownImages(now, again, looked).isEmpty()) {
                throw new MovedOn();
            }
            return locked(now, again, HoldMemory.of(unasked, again), looked, lock, progress);
        }
    }

    private Reconciler.Applied locked(
            Picture picture, Plan plan, Map<String, Ledger.Held> held, boolean looked, LockHeld lock, Progress progress)
            throws InterruptedException {
        var written = store.write(plan.ledger());
        Runnable stillOurs = () -> Reconciler.requireLock(lock);
        var outcomes = new Executor(
                        engine,
                        registries,
                        plan,
                        picture.live(),
                        picture.places(look.seen()),
                        picture.secrets(),
                        stillOurs,
                        progress)
                .execute();

        var remembering = FailureMemory.with(written, plan, outcomes, clock.instant());
        var after = picture.with(Live.read(engine), remembering);
        var last = planning.after(after, looked);
        if (needsIdentities(last.ledger(), after.live(), plan) || look.isMissing(last)) {
            look.look(after, last.ledger(), Set.of(), progress);
            last = planning.after(after, true);
        }
        var ledger = store.write(remembered(after, last.ledger().withHolds(held)));
        var report = orphans.with(after.with(after.live(), ledger), plan.withLedger(ledger), look.seen())
                .withWarnings(DroppedNetworks.leftBy(plan, after.live()));
        return new Reconciler.Applied(planning.planned(picture, report), outcomes);
    }

    private static void require(@Nullable SavedPlan saved, Picture picture, Plan plan) {
        if (saved != null) {
            saved.require(picture.commit(), picture.live(), plan);
        }
    }

    /// A volume is made by its first task: only a look after that tells it from another of its name. Asked only
    /// about what this run started.
    private static boolean needsIdentities(Ledger ledger, Live live, Plan plan) {
        var started = plan.changes().stream()
                .filter(change -> change.kind() == Change.Kind.SERVICE)
                .map(Change::app)
                .collect(Collectors.toSet());
        return ledger.claims().stream()
                .anyMatch(claim -> claim.identity() == null
                        && claim.givenUp() == null
                        && started.contains(claim.app())
                        && live.node(claim.node()).map(Node::isUsable).orElse(false));
    }

    private Ledger remembered(Picture picture, Ledger ledger) {
        return AppliedMemory.with(ledger, picture, repository, options);
    }

    /// What was read is no longer so: read and plan again.
    private static final class MovedOn extends RuntimeException {}
}

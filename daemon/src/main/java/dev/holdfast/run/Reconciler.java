package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.apply.Executor;
import dev.holdfast.apply.Fence;
import dev.holdfast.apply.Outcome;
import dev.holdfast.apply.Progress;
import dev.holdfast.data.Orphan;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.GitFailure;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.ledger.LedgerMoved;
import dev.holdfast.ledger.LedgerStore;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.lock.LockHeld;
import dev.holdfast.lock.SwarmLock;
import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.AppStatuses;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.DroppedNetworks;
import dev.holdfast.plan.NewImages;
import dev.holdfast.plan.NextLedger;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.Situation;
import dev.holdfast.plan.Warning;
import dev.holdfast.survey.Survey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run from repository to outcome, or a part of it: what the command line and the daemon both do.
///
/// Reading: repository → [Desired]; engine → [Live]; ledger. Then [Planner], then under the Swarm-wide lock [Executor],
/// then the ledger again. Not for use by several threads.
public final class Reconciler implements AutoCloseable {

    /// @param retry apps that failed and are to be tried again
    /// @param allowRemovals whether the brake on removals is overridden
    /// @param takeOver whether another repository than the ledger's may be followed from now on
    public record Options(
            RepositoryLocation repository,
            EngineAddress engine,
            Set<String> retry,
            boolean allowRemovals,
            boolean takeOver) {

        /// The same of another branch, tag or commit.
        public Options at(String ref) {
            return new Options(repository.at(ref), engine, retry, allowRemovals, takeOver);
        }

        Situation.Choices choices() {
            return new Situation.Choices(retry, allowRemovals);
        }
    }

    /// @param dirty whether the files differ from those of the commit
    public record Planned(@Nullable String commit, boolean dirty, Desired desired, Live live, Plan plan) {}

    public record Applied(Planned planned, List<Outcome> outcomes) {}

    public record Status(String cluster, @Nullable String commit, List<AppStatus> apps) {}

    /// @param orphans without those that `holdfast.yaml` leaves out of reports
    /// @param ignored how many those are
    /// @param warnings why the list may not be whole
    public record Orphaned(List<Orphan> orphans, int ignored, List<Warning> warnings) {}

    public record Surveyed(List<Node> nodes, Survey survey) {}

    private static final Duration WAIT_FOR_LOCK = Duration.ofMinutes(10);
    private static final int TRIES = 5;

    private final Options options;
    private final Clock clock;
    private final ConfigRepository repository;
    private final Engine engine;
    private final LedgerStore store;
    private final DiskLook disks;
    private final PictureReader reader;
    private final @Nullable Duration lookAgain;
    private final Map<String, SwarmLock> locks = new HashMap<>();
    private Survey known = Survey.NONE;
    private Instant lookedAt = Instant.EPOCH;

    /// For one run: the disks are looked at where a plan needs it, and where there are orphans to report.
    public Reconciler(Options options) {
        this(options, Clock.systemUTC(), null);
    }

    /// For many runs.
    ///
    /// @param lookAgain how old the last look may be, for the report of orphans; a plan that needs a look gets a
    ///     fresh one. Null means that any look will do
    public Reconciler(Options options, Clock clock, @Nullable Duration lookAgain) {
        this.options = options;
        this.clock = clock;
        this.lookAgain = lookAgain;
        this.engine = Engine.at(options.engine());
        this.repository = ConfigRepository.open(options.repository());
        this.store = new LedgerStore(engine);
        this.disks = new DiskLook(engine);
        this.reader = new PictureReader(options, repository, engine, store, clock, lookAgain != null);
    }

    /// Whether the engine is the Swarm's leader, where the daemon acts.
    public boolean onLeader() {
        return Live.isLeader(engine);
    }

    /// Sets the services of lost nodes to 0, beside a run that may be going on; what the repository says of them
    /// matters not. The one method that another thread may call.
    public void fence(Progress progress) throws InterruptedException {
        var repositoryFile = reader.lastRead();
        if (repositoryFile != null) {
            Fence.close(engine, repositoryFile.cluster(), repositoryFile::isShared, progress);
        }
    }

    /// Reads only, and looks at no disks.
    ///
    /// @throws RunRefused where this repository must not steer this Swarm
    public Planned plan() throws InterruptedException {
        var picture = withImages(reader.read());
        var plan = glance(picture);
        var drift = reader.asApplied(picture).map(applied -> Drift.of(glance(applied), plan));
        var told = plan.withWarnings(drift.orElse(List.of()));
        return planned(picture, withOrphansToCome(picture, told).withSettings(reader.settings(picture)));
    }

    /// @param looked whether the last look was taken for this plan; else what it saw is not told
    private Situation situation(Picture picture, boolean looked) {
        return picture.situation(looked ? known : Survey.NONE, looked, options.choices(), now());
    }

    private Plan plan(Picture picture, boolean looked) {
        return picture.plan(looked ? known : Survey.NONE, looked, options.choices(), now());
    }

    /// With what the manager and the registries say of all new images.
    private Picture withImages(Picture picture) throws InterruptedException {
        return reader.asked(picture, NewImages.in(glance(picture), situation(picture, false)));
    }

    private Plan glance(Picture picture) {
        return plan(picture, false);
    }

    /// One reconciliation. Nothing is written where nothing differs.
    ///
    /// @throws RunRefused where this repository must not steer this Swarm
    public Applied apply(Progress progress) throws InterruptedException {
        return apply(null, progress);
    }

    /// @param saved what was planned before, and must still be so; null for whatever is to be done
    public Applied apply(@Nullable SavedPlan saved, Progress progress) throws InterruptedException {
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

    private Applied tryApply(@Nullable SavedPlan saved, Progress progress) throws InterruptedException {
        var read = reader.read();
        var picture = saved == null ? read : withImages(read); // it was planned with that, too
        var plan = glance(picture);
        var unasked = saved == null ? plan : glance(read);
        require(saved, picture, plan);
        disks.sweep(picture.live(), picture.ledger().cluster());
        var images = unknownImages(picture, plan, false);
        var looked = plan.needsLook() || isLookDue(plan) || !images.isEmpty();
        if (looked) {
            look(picture, picture.ledger(), images, progress);
            plan = plan(picture, true);
            var unknown = unknownImages(picture, plan, true);
            if (!unknown.isEmpty()) {
                picture = reader.asked(picture, unknown);
                plan = plan(picture, true);
            }
        }
        if (plan.isEmpty()
                && plan.rollouts().unfinished().isEmpty()
                && remembered(picture, plan.ledger().withHolds(HoldMemory.of(unasked, plan)))
                        .saysTheSameAs(picture.ledger())) {
            plan = withOrphans(picture, plan, known);
            return new Applied(
                    planned(picture, plan),
                    List.copyOf(Executor.withoutWriting(plan).values()));
        }
        try (var lock = lock(picture.ledger().cluster()).take(WAIT_FOR_LOCK, progress::step)) {
            var now = picture.with(Live.read(engine), reader.ledger(picture.desired()));
            if (!Objects.equals(now.ledger().commit(), picture.ledger().commit())) {
                // Another run has applied another commit meanwhile: ours may be the older one.
                throw new MovedOn();
            }
            var again = now.planAfter(picture, plan, it -> plan(it, looked));
            require(saved, now, looked && saved != null ? glance(now) : again);
            if (!looked && again.needsLook()
                    || !unknownImages(now, again, looked).isEmpty()) {
                throw new MovedOn();
            }
            return locked(now, again, HoldMemory.of(unasked, again), looked, lock, progress);
        }
    }

    private Applied locked(
            Picture picture, Plan plan, Map<String, Ledger.Held> held, boolean looked, LockHeld lock, Progress progress)
            throws InterruptedException {
        var written = store.write(plan.ledger());
        Runnable stillOurs = () -> requireLock(lock);
        var outcomes = new Executor(
                        engine, plan, picture.live(), picture.places(known), picture.secrets(), stillOurs, progress)
                .execute();

        var remembering = FailureMemory.with(written, plan, outcomes, now());
        var after = picture.with(Live.read(engine), remembering);
        var last = after.plan(looked ? known : Survey.NONE, looked, Situation.Choices.NONE, now());
        if (needsIdentities(last.ledger(), after.live(), plan) || known.nodes().isEmpty() && hasOrphans(last)) {
            look(after, last.ledger(), Set.of(), progress);
            last = after.plan(known, true, Situation.Choices.NONE, now());
        }
        var ledger = store.write(remembered(after, last.ledger().withHolds(held)));
        var report = withOrphans(after.with(after.live(), ledger), plan.withLedger(ledger), known)
                .withWarnings(DroppedNetworks.leftBy(plan, after.live()));
        return new Applied(planned(picture, report), outcomes);
    }

    private static void require(@Nullable SavedPlan saved, Picture picture, Plan plan) {
        if (saved != null) {
            saved.require(picture.commit(), picture.live(), plan);
        }
    }

    /// Images that something would be stopped for, and of which nobody knows whether they can be had.
    private Set<String> unknownImages(Picture picture, Plan plan, boolean looked) {
        return NewImages.toAsk(plan, situation(picture, looked));
    }

    private void look(Picture picture, Ledger ledger, Set<String> images, Progress progress)
            throws InterruptedException {
        known = disks.look(picture.desired(), ledger, picture.live(), images, false, progress);
        lookedAt = now();
    }

    /// Whether the report of claims wants a look.
    private boolean isLookDue(Plan plan) {
        if (lookAgain == null) {
            return known.nodes().isEmpty() && hasOrphans(plan);
        }
        return !plan.ledger().claims().isEmpty()
                && Duration.between(lookedAt, now()).compareTo(lookAgain) > 0;
    }

    public Status status() {
        var picture = reader.read();
        var situation = situation(picture, false);
        return new Status(
                picture.desired().repository().cluster(),
                picture.commit(),
                AppStatuses.of(situation, Planner.plan(situation)));
    }

    /// @param survey whether the nodes' disks are looked at
    /// @param all whether volumes are listed too that no service uses and Holdfast never made
    public Orphaned orphans(boolean survey, boolean all, boolean sizes, Progress progress) throws InterruptedException {
        var picture = reader.read();
        var seen = survey
                ? disks.look(picture.desired(), picture.ledger(), picture.live(), Set.of(), sizes, progress)
                : Survey.NONE;
        var plan = picture.plan(seen, survey, options.choices(), now());
        return disks.orphans(picture, withFindings(picture, plan, seen), seen, all, repository);
    }

    /// Strikes a claim from the ledger and touches nothing else.
    ///
    /// @param node ID or hostname
    /// @return false where the ledger has no such claim
    public boolean forget(Claim.Kind kind, String name, String node) throws InterruptedException {
        var desired = reader.desired();
        try (var lock = lock(desired.repository().cluster()).take(WAIT_FOR_LOCK, waiting -> {})) {
            requireLock(lock);
            var ledger = reader.ledger(desired);
            var claim = ledger.claimsNamed(kind, name).stream()
                    .filter(c -> c.node().equals(node) || c.hostname().equalsIgnoreCase(node))
                    .findFirst();
            claim.ifPresent(found -> store.write(ledger.without(found.key())));
            return claim.isPresent();
        }
    }

    public Surveyed survey(boolean sizes, Progress progress) throws InterruptedException {
        var live = Live.read(engine);
        var desired = reader.desired();
        return new Surveyed(live.nodes(), disks.look(desired, reader.ledger(desired), live, Set.of(), sizes, progress));
    }

    /// Why the last run went on with the commit that was applied last; null where the newest one could be had.
    @Nullable
    public GitFailure gitAway() {
        return reader.gitAway();
    }

    @Override
    public void close() {
        repository.close();
        engine.close();
    }

    /// One for the life of the process: it remembers the beats that it has seen.
    private SwarmLock lock(String cluster) {
        return locks.computeIfAbsent(cluster, name -> new SwarmLock(engine, name, RunNames.name()));
    }

    /// The ledger with what this run makes true: whose repository is followed, up to which commit.
    private Ledger remembered(Picture picture, Ledger ledger) {
        if (picture.formerCluster() != null) {
            return ledger; // nothing was applied under the new name
        }
        var pinned = NextLedger.pinned(ledger, picture.live());
        var root = picture.checkout().rootCommit();
        if (root == null) {
            return pinned;
        }
        // A state that was not read whole, or that turned back, is not "applied".
        var commit = picture.desired().complete() && picture.continues()
                ? picture.checkout().commit()
                : ledger.commit();
        return new Blame(repository)
                .attributed(pinned, picture.ledger(), picture.checkout().commit())
                .withApplied(root, RunNames.repository(options.repository()), commit);
    }

    private Plan withOrphans(Picture picture, Plan plan, Survey survey) {
        var told = withFindings(picture, plan, survey);
        return told.withOrphans(
                disks.orphans(picture, told, survey, false, repository).orphans());
    }

    /// Those that the plan would make among them.
    private Plan withOrphansToCome(Picture picture, Plan plan) {
        var situation = picture.situation(Survey.NONE, false, options.choices(), now());
        var then =
                OrphansToCome.of(situation, plan, repository, picture.checkout().commit());
        var orphans = withOrphans(picture.with(then.live(), then.ledger()), plan.withLedger(then.ledger()), Survey.NONE)
                .orphans();
        return withFindings(picture, plan, Survey.NONE).withOrphans(orphans);
    }

    /// With what the last look shows, whether or not this plan needed one.
    private static Plan withFindings(Picture picture, Plan plan, Survey survey) {
        return plan.withWarnings(SurveyWarnings.of(survey, picture.live()));
    }

    private static boolean hasOrphans(Plan plan) {
        return plan.ledger().claims().stream().anyMatch(claim -> claim.givenUp() != null);
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

    private static void requireLock(LockHeld lock) {
        if (!lock.stillMine()) {
            throw new LostLock();
        }
    }

    private Planned planned(Picture picture, Plan plan) {
        var told = Causes.told(plan, () -> reader.applied(picture).map(Picture::files), picture.files());
        return new Planned(picture.commit(), picture.checkout().dirty(), picture.desired(), picture.live(), told);
    }

    /// What was read is no longer so: read and plan again.
    private static final class MovedOn extends RuntimeException {}

    private Instant now() {
        return clock.instant();
    }
}

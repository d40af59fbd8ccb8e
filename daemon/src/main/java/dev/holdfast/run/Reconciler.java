package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.app.ReadOptions;
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
import dev.holdfast.ledger.LedgerStore;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.lock.LockHeld;
import dev.holdfast.lock.SwarmLock;
import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.AppStatuses;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.Situation;
import dev.holdfast.plan.Warning;
import dev.holdfast.registry.LoginSources;
import dev.holdfast.registry.Registries;
import dev.holdfast.survey.Survey;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run from repository to outcome, or a part of it: what the command line and the daemon both do.
///
/// Reading: repository → [Desired]; engine → [Live]; ledger. Then [Planner], then under the Swarm-wide lock [Executor],
/// then the ledger again. Not for use by several threads.
public final class Reconciler implements AutoCloseable {

    /// @param reading for whom the repository is read
    /// @param logins where credentials for registries are looked for
    /// @param retry apps that failed and are to be tried again
    /// @param allowRemovals whether the brake on removals is overridden
    /// @param takeOver whether another repository than the ledger's may be followed from now on
    /// @param proposal whether it is of a commit that nobody has accepted yet
    public record Options(
            RepositoryLocation repository,
            ReadOptions reading,
            EngineAddress engine,
            LoginSources logins,
            Set<String> retry,
            boolean allowRemovals,
            boolean takeOver,
            boolean proposal) {

        public Options(
                RepositoryLocation repository,
                ReadOptions reading,
                EngineAddress engine,
                LoginSources logins,
                Set<String> retry,
                boolean allowRemovals,
                boolean takeOver) {
            this(repository, reading, engine, logins, retry, allowRemovals, takeOver, false);
        }

        /// The same of another branch, tag or commit, which nobody may have accepted yet.
        public Options at(String ref) {
            return new Options(repository.at(ref), reading, engine, logins, retry, allowRemovals, takeOver, true);
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

    static final Duration WAIT_FOR_LOCK = Duration.ofMinutes(10);

    private final Options options;
    private final Clock clock;
    private final ConfigRepository repository;
    private final Engine engine;
    private final Registries registries;
    private final LedgerStore store;
    private final DiskLook disks;
    private final PictureReader reader;
    private final Planning planning;
    private final OrphanSearch orphans;
    private final ApplyRun applying;
    private final RunNow runNow;
    private final Map<String, SwarmLock> locks = new HashMap<>();

    /// For one run: the disks are looked at where a plan needs it, and where there are orphans to report.
    public Reconciler(Options options) {
        this(options, Clock.systemUTC(), null, null);
    }

    /// For many runs: the daemon's, which begin what is due of scheduled apps, too.
    ///
    /// @param lookAgain how old the last look may be, for the report of orphans; a plan that needs a look gets a
    ///     fresh one. Null means that any look will do
    /// @param askAgain how old a registry's answer on a followed tag may be; null where each run asks
    public Reconciler(Options options, Clock clock, @Nullable Duration lookAgain, @Nullable Duration askAgain) {
        this.options = options;
        this.clock = clock;
        this.engine = Engine.at(options.engine());
        this.repository = ConfigRepository.open(options.repository());
        this.store = new LedgerStore(engine);
        this.registries = new Registries(engine, options.logins(), clock, options.proposal());
        this.disks = new DiskLook(engine, registries);
        this.reader = new PictureReader(
                options,
                repository,
                engine,
                store,
                new Images(engine, registries),
                new FollowedTags(registries::ask, clock, askAgain),
                clock,
                lookAgain != null);
        var look = new LastLook(disks, clock, lookAgain);
        var choices = options.choices();
        this.planning =
                new Planning(lookAgain == null ? choices : choices.with(Situation.Runs.DUE), clock, reader, look);
        this.runNow = new RunNow(engine, registries, clock, reader, look, planning, this::lock);
        this.orphans = new OrphanSearch(engine, repository, options.reading());
        this.applying = new ApplyRun(
                engine,
                registries,
                repository,
                options,
                clock,
                store,
                reader,
                disks,
                look,
                planning,
                orphans,
                this::lock);
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

    /// Whether some app followed its tag when the files were read last. Another thread may ask.
    public boolean followsTags() {
        return reader.followsTags();
    }

    /// Reads only, and looks at no disks.
    ///
    /// @throws RunRefused where this repository must not steer this Swarm
    public Planned plan() throws InterruptedException {
        registries.startRun();
        var picture = planning.withImages(reader.withTags(reader.read()));
        var plan = planning.glance(picture);
        var drift = reader.asApplied(picture).map(applied -> Drift.of(planning.glance(applied), plan));
        var told = plan.withWarnings(drift.orElse(List.of()));
        var whole = orphans.withThoseToCome(picture, planning.situation(picture, false), told);
        return planning.planned(picture, whole.withSettings(reader.settings(picture)));
    }

    /// One reconciliation. Nothing is written where nothing differs.
    ///
    /// @throws RunRefused where this repository must not steer this Swarm
    public Applied apply(Progress progress) throws InterruptedException {
        return apply(null, progress);
    }

    /// @param saved what was planned before, and must still be so; null for whatever is to be done
    public Applied apply(@Nullable SavedPlan saved, Progress progress) throws InterruptedException {
        return applying.apply(saved, progress);
    }

    /// Runs a scheduled app once, now, and waits until it has ended.
    ///
    /// @throws RunRefused where it cannot be begun
    public RunNow.Ended run(String app, Progress progress) throws InterruptedException {
        return runNow.run(app, progress);
    }

    public Status status() {
        var picture = reader.read();
        var situation = planning.situation(picture, false);
        return new Status(
                picture.desired().repository().cluster(),
                picture.commit(),
                AppStatuses.of(situation, Planner.plan(situation)));
    }

    /// @param survey whether the nodes' disks are looked at
    /// @param all whether volumes are listed too that no service uses and Holdfast never made
    public Orphaned orphans(boolean survey, boolean all, boolean sizes, Progress progress) throws InterruptedException {
        registries.startRun();
        var picture = reader.read();
        var seen = survey
                ? disks.look(picture.desired(), picture.ledger(), picture.live(), Set.of(), sizes, progress)
                : Survey.NONE;
        var plan = picture.plan(seen, survey, options.choices(), clock.instant());
        return orphans.of(picture, plan, seen, all);
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
        registries.startRun();
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

    static void requireLock(LockHeld lock) {
        if (!lock.stillMine()) {
            throw new LostLock();
        }
    }
}

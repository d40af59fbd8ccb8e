package dev.holdfast.daemon;

import dev.holdfast.engine.EngineException;
import dev.holdfast.git.GitFailure;
import dev.holdfast.ledger.LedgerMoved;
import dev.holdfast.ledger.LedgerUnusable;
import dev.holdfast.lock.LockTaken;
import dev.holdfast.run.LostLock;
import dev.holdfast.run.Reconciler;
import dev.holdfast.run.RunRefused;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The daemon's runs, one after the other: acts on the Swarm's leader only, and says what is new.
final class DaemonRuns implements ReconcileRun, AutoCloseable {

    private final Reconciler reconciler;
    private final SystemdNotify systemd;
    private final RunLog log = new RunLog();
    private boolean ready;
    private @Nullable Instant wake;
    private volatile boolean stopping;

    DaemonRuns(DaemonSettings settings, SystemdNotify systemd) {
        this.systemd = systemd;
        this.reconciler = new Reconciler(
                settings.options(),
                Clock.systemUTC(),
                settings.schedule().survey(),
                settings.schedule().images());
    }

    @Override
    public boolean reconcile(Cause trigger) throws InterruptedException {
        try {
            if (reconciler.onLeader()) {
                var applied = reconciler.apply(log);
                wake = applied.planned().plan().runs().wake();
                systemd.status(log.applied(trigger, applied, reconciler.gitAway()));
            } else {
                wake = null;
                systemd.status(log.standingBy());
            }
            return true;
        } catch (GitFailure | EngineException | LedgerUnusable | LedgerMoved | LockTaken | LostLock | RunRefused e) {
            failed(e);
            return false;
        } finally {
            if (!ready) {
                ready = true;
                systemd.ready();
            }
        }
    }

    @Override
    public @Nullable Instant wake() {
        return wake;
    }

    /// What a lost node asks for at once, whether a run goes on or Git is away.
    void fence() {
        try {
            reconciler.fence(log);
        } catch (EngineException e) {
            log.step("no fence: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether a look at moved tags is of any use.
    boolean followsTags() {
        return reconciler.followsTags();
    }

    /// From now on a run that breaks off is no news.
    void stopping() {
        stopping = true;
    }

    private void failed(RuntimeException e) {
        if (stopping) {
            return;
        }
        systemd.status(log.failed(e, problems(e)));
    }

    private static dev.holdfast.app.@Nullable Desired problems(RuntimeException e) {
        return e instanceof RunRefused refused ? refused.desired() : null;
    }

    @Override
    public void close() {
        reconciler.close();
    }
}

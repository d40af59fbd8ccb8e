package dev.holdfast.daemon;

import dev.holdfast.app.Desired;
import dev.holdfast.apply.Outcome;
import dev.holdfast.apply.Progress;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Orphan;
import dev.holdfast.ledger.Survey;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.Plan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run from repository to outcome, or a part of it.
public final class Reconciler implements AutoCloseable {

    /// @param retry apps that failed and are to be tried again
    /// @param allowRemovals whether the brake on removals is overridden
    /// @param takeOver whether another repository than the ledger's may be followed from now on
    public record Options(
            RepositoryLocation repository,
            String dockerHost,
            Set<String> retry,
            boolean allowRemovals,
            boolean takeOver) {}

    public record Planned(@Nullable String commit, Desired desired, Live live, Plan plan) {}

    public record Applied(Planned planned, List<Outcome> outcomes) {}

    public record Status(String cluster, @Nullable String commit, List<AppStatus> apps) {}

    public record Surveyed(List<Node> nodes, Survey survey) {}

    private final Options options;

    public Reconciler(Options options) {
        this.options = options;
    }

    /// Reads only, and looks at no disks.
    public Planned plan() {
        throw missing();
    }

    public Applied apply(Progress progress) {
        throw missing();
    }

    public Status status() {
        throw missing();
    }

    /// @param survey whether the nodes' disks are looked at
    /// @param all whether volumes are listed too that no service uses and Holdfast never made
    public List<Orphan> orphans(boolean survey, boolean all, boolean sizes, Progress progress) {
        throw missing();
    }

    /// Strikes a claim from the ledger and touches nothing else.
    ///
    /// @param node ID or hostname
    /// @return false where the ledger has no such claim
    public boolean forget(Claim.Kind kind, String name, String node) {
        throw missing();
    }

    public Surveyed survey(boolean sizes, Progress progress) {
        throw missing();
    }

    @Override
    public void close() {}

    private RuntimeException missing() {
        return new UnsupportedOperationException("no reconciler yet for " + options.repository());
    }
}

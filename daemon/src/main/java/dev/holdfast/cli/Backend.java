package dev.holdfast.cli;

import dev.holdfast.app.Desired;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.apply.Progress;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Difference;
import dev.holdfast.registry.LoginSources;
import dev.holdfast.run.Reconciler;
import dev.holdfast.run.RunNow;
import dev.holdfast.run.SavedPlan;
import dev.holdfast.sops.KeyPlaces;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the commands make happen. Narrow, so that a test of the commands needs neither a Swarm nor a repository.
interface Backend {

    /// What a repository says, offline.
    ///
    /// @return one for each cluster that the repository describes, unless one is asked for
    List<Desired> read(RepositoryLocation location, ReadOptions reading);

    /// What the change between two states of a repository means, offline.
    ///
    /// @param base branch, tag or commit, or a range `A...B`
    /// @param head the same; null for the state that the location names
    /// @return one for each cluster that the repository describes, unless one is asked for
    List<Difference> compare(RepositoryLocation location, ReadOptions reading, String base, @Nullable String head);

    EngineVersion engine(EngineAddress address);

    /// The Swarm as it is now.
    Live live(EngineAddress address);

    /// What the daemon's settings say on repository and engine.
    Settings settings(Path file);

    Session open(Reconciler.Options options);

    /// Runs until it is told to stop.
    ///
    /// @return the exit code
    int daemon(Path settings) throws InterruptedException;

    /// The JSON Schema of this name.
    String schema(String name);

    /// @param cluster null for a repository of one cluster
    /// @param keys of encrypted files
    /// @param logins where credentials for registries are looked for
    record Settings(
            RepositoryLocation repository,
            @Nullable String cluster,
            EngineAddress engine,
            KeyPlaces keys,
            LoginSources logins) {}

    /// A [Reconciler].
    interface Session extends AutoCloseable {

        Reconciler.Planned plan() throws InterruptedException;

        /// @param saved what was planned before, and must still be so; null for whatever is to be done
        Reconciler.Applied apply(@Nullable SavedPlan saved, Progress progress) throws InterruptedException;

        /// Runs a scheduled app once and waits for its end.
        RunNow.Ended run(String app, Progress progress) throws InterruptedException;

        Reconciler.Status status();

        Reconciler.Orphaned orphans(boolean survey, boolean all, boolean sizes, Progress progress)
                throws InterruptedException;

        boolean forget(Claim.Kind kind, String name, String node) throws InterruptedException;

        Reconciler.Surveyed survey(boolean sizes, Progress progress) throws InterruptedException;

        @Override
        void close();
    }
}

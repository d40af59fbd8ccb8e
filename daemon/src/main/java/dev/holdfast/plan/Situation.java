package dev.holdfast.plan;

import dev.holdfast.app.Desired;
import dev.holdfast.app.Repository;
import dev.holdfast.data.Holders;
import dev.holdfast.data.Possession;
import dev.holdfast.data.RealPaths;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.survey.Survey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that a plan depends on, the time included.
///
/// @param commit that `desired` was read from; null for a plain directory
/// @param continues false where the commit does not descend from the last applied one: its history was rewritten, and
///     nothing is removed or given up
/// @param looked whether `survey` is a look at the nodes taken for this plan. Without one nothing is held for want of a
///     look; the plan says instead what must be looked at first
/// @param images what is known of them without pulling one
/// @param choices what a person asked for on the command line
/// @param now RFC 3339, UTC
/// @param formerCluster what this very repository called the cluster when it was applied last, where that is another
///     name than now; null where it is the same, or was never applied
/// @param supposed where the Swarm is only supposed ([SupposedSwarm]): then every node satisfies every constraint, but
///     for those on its name. Null for a real Swarm
public record Situation(
        Desired desired,
        @Nullable String commit,
        boolean continues,
        Live live,
        Ledger ledger,
        Survey survey,
        boolean looked,
        ImageKnowledge images,
        Choices choices,
        String now,
        @Nullable String formerCluster,
        @Nullable Supposition supposed) {

    /// @param retry apps that are tried again though they failed
    /// @param allowRemovals lets one run remove as many apps as it likes
    /// @param runs which runs of scheduled apps are begun
    public record Choices(Set<String> retry, boolean allowRemovals, Runs runs) {
        public static final Choices NONE = new Choices(Set.of(), false);

        public Choices(Set<String> retry, boolean allowRemovals) {
            this(retry, allowRemovals, Runs.NONE);
        }

        /// The same of other runs.
        public Choices with(Runs others) {
            return new Choices(retry, allowRemovals, others);
        }
    }

    /// What is done about the runs of scheduled apps.
    ///
    /// @param app which one is meant; null for all
    public record Runs(What what, @Nullable String app) {

        /// A plan, and an `apply` by hand, leave them alone.
        public static final Runs NONE = new Runs(What.NONE, null);

        /// Those that are due: what the daemon does.
        public static final Runs DUE = new Runs(What.DUE, null);

        /// One of that app, now.
        public static Runs now(String app) {
            return new Runs(What.NOW, app);
        }

        /// None is begun; what has come to its end is written down.
        public static Runs settle(String app) {
            return new Runs(What.SETTLE, app);
        }

        public enum What {
            NONE,
            DUE,
            NOW,
            SETTLE
        }

        boolean isAbout(String name) {
            return what != What.NONE && (app == null || app.equals(name));
        }
    }

    public Repository repository() {
        return desired.repository();
    }

    public String cluster() {
        return repository().cluster();
    }

    /// Where data really is, as far as the survey has found it.
    RealPaths places() {
        return new RealPaths(survey, repository().volumes());
    }

    Situation with(Ledger other) {
        return with(live, other);
    }

    Situation with(Desired other) {
        return new Situation(
                other, commit, continues, live, ledger, survey, looked, images, choices, now, formerCluster, supposed);
    }

    Situation with(Live otherLive, Ledger otherLedger) {
        return new Situation(
                desired,
                commit,
                continues,
                otherLive,
                otherLedger,
                survey,
                looked,
                images,
                choices,
                now,
                formerCluster,
                supposed);
    }

    /// Who has which data now.
    Holders holders() {
        return new Holders(live, cluster(), this::isShared, survey, places());
    }

    /// What data a live service has.
    Possession possession(Service service) {
        return Possession.of(service, this::isShared, live);
    }

    boolean isShared(String volume) {
        return repository().isShared(volume);
    }
}

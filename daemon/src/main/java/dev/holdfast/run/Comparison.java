package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.data.CommitLookup;
import dev.holdfast.data.Orphan;
import dev.holdfast.data.Orphans;
import dev.holdfast.data.RealPaths;
import dev.holdfast.git.Checkout;
import dev.holdfast.git.CommitInfo;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Claim;
import dev.holdfast.plan.Difference;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.Settings;
import dev.holdfast.plan.Situation;
import dev.holdfast.plan.SupposedSwarm;
import dev.holdfast.plan.Unknowns;
import dev.holdfast.report.NoPlan;
import dev.holdfast.survey.Survey;
import dev.holdfast.yaml.Problem;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares two states of a repository without a Swarm at hand.
public final class Comparison {

    private static final String FROM_THE_FORK = "...";

    private Comparison() {}

    /// @param base branch, tag or commit; `A...B` compares B with where it left A, `A..B` with A
    /// @param head the same; null where `base` names both, or else for the state that the location names
    public static Difference of(RepositoryLocation location, String base, @Nullable String head, Clock clock) {
        return of(location, base, head, clock, NameKey.random());
    }

    public static Difference of(
            RepositoryLocation location, String base, @Nullable String head, Clock clock, String nameKey) {
        return each(location, ReadOptions.NONE, base, head, clock, nameKey).getFirst();
    }

    /// The same for each cluster that the later state describes, unless one is asked for.
    public static List<Difference> each(
            RepositoryLocation location, ReadOptions reading, String base, @Nullable String head, Clock clock) {
        return each(location, reading, base, head, clock, NameKey.random());
    }

    private static List<Difference> each(
            RepositoryLocation location,
            ReadOptions reading,
            String base,
            @Nullable String head,
            Clock clock,
            String nameKey) {
        try (var repository = ConfigRepository.open(location)) {
            var range = Range.of(base, head);
            var after = range.head() == null ? repository.checkout() : repository.checkout(range.head());
            var from = repository.checkout(range.base());
            var before = range.fromTheFork()
                    ? repository
                            .mergeBase(from.commit(), after.commit())
                            .flatMap(repository::known)
                            .orElse(from)
                    : from;
            return ReadOptions.each(after.source(), reading).stream()
                    .map(each -> between(repository, each, before, after, clock, nameKey))
                    .toList();
        }
    }

    private static Difference between(
            ConfigRepository repository,
            ReadOptions reading,
            Checkout before,
            Checkout after,
            Clock clock,
            String nameKey) {
        // A repository that was empty before has nothing, and all is new.
        var base = DesiredReader.read(before.source(), reading);
        var name = after.commit() + (after.dirty() && !after.commit().equals(Checkout.NO_COMMIT) ? "-dirty" : "");
        var head = usable(after, reading, before.commit(), name);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var situation = SupposedSwarm.after(base, before.commit(), head, name, now, nameKey);
        var planned = Planner.plan(situation);
        var plan = planned.withWarnings(Unknowns.of(base, head, situation, planned));
        var known = base.problems().stream().map(Comparison::identity).collect(Collectors.toSet());
        var found = head.problems().stream().map(Comparison::identity).collect(Collectors.toSet());
        return new Difference(
                before.commit(),
                name,
                Causes.told(
                                plan.withOrphans(orphans(repository, reading, situation, plan, after)),
                                () -> Optional.of(new Causes.State(before.source(), base)),
                                new Causes.State(after.source(), head))
                        .withSettings(Settings.changed(base, head)),
                head.problems().stream()
                        .filter(problem -> !known.contains(identity(problem)))
                        .toList(),
                (int) known.stream().filter(one -> !found.contains(one)).count());
    }

    private static Desired usable(Checkout checkout, ReadOptions reading, String base, String head) {
        var desired = DesiredReader.read(checkout.source(), reading);
        if (!desired.usable()) {
            throw new RunRefused(
                    "at " + checkout.commit() + " the repository says nothing that could be applied",
                    desired,
                    NoPlan.diff(desired.repository().cluster(), base, head, desired.problems()));
        }
        return desired;
    }

    /// What nobody would own any more once the plan was applied.
    private static List<Orphan> orphans(
            ConfigRepository repository, ReadOptions reading, Situation situation, Plan plan, Checkout after) {
        var then = OrphansToCome.of(situation, plan, repository, reading, after.commit());
        var owned = then.ledger().claims().stream()
                .filter(claim -> claim.givenUp() == null)
                .map(Claim::key)
                .collect(Collectors.toSet());
        Function<CommitInfo, CommitLookup.About> about = info -> new CommitLookup.About(info.author(), info.subject());
        var places = new RealPaths(Survey.NONE, situation.repository().volumes());
        return new Orphans(then.ledger(), owned, List.of(), places, then.live())
                .known(commit -> repository.commitInfo(commit).map(about));
    }

    /// A problem is the same wherever in its file it stands now.
    private static String identity(Problem problem) {
        return problem.file() + "\0" + problem.path() + "\0" + problem.message();
    }

    private record Range(String base, @Nullable String head, boolean fromTheFork) {

        public static Range of(String base, @Nullable String head) {
            if (head != null) {
                return new Range(base, head, false);
            }
            var fork = base.indexOf(FROM_THE_FORK);
            var dots = fork >= 0 ? fork : base.indexOf("..");
            if (dots < 0) {
                return new Range(base, null, false);
            }
            var right = base.substring(dots + (fork >= 0 ? 3 : 2));
            return new Range(base.substring(0, dots), right.isEmpty() ? "HEAD" : right, fork >= 0);
        }
    }
}

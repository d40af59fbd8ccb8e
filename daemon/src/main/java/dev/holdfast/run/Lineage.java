package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.git.Checkout;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether this state of this repository may steer this Swarm at all: a wrong repository, an old
/// clone or an empty one must never look like "remove everything".
final class Lineage {

    private final Checkout checkout;
    private final Desired desired;
    private final Live live;
    private final Ledger ledger;
    private final ReadOptions reading;
    private final boolean takeOver;

    Lineage(Checkout checkout, Desired desired, Live live, Ledger ledger, ReadOptions reading, boolean takeOver) {
        this.checkout = checkout;
        this.desired = desired;
        this.live = live;
        this.ledger = ledger;
        this.reading = reading;
        this.takeOver = takeOver;
    }

    /// Why the run must stop; empty where it may go on.
    Optional<String> refusal(RepositoryLocation location, ConfigRepository repository) {
        if (!desired.usable()) {
            return Optional.of("the repository says nothing that could be applied, and nothing was touched:"
                    + " an empty or unreadable repository never means \"remove everything\"");
        }
        if (takeOver) {
            return Optional.empty();
        }
        var followed = ledger.rootCommit();
        if (followed != null && !followed.equals(checkout.rootCommit())) {
            return Optional.of("cluster \"" + ledger.cluster() + "\" of this Swarm follows another repository ("
                    + ledger.repository() + ", whose first commit is " + followed + "); nothing was touched."
                    + " Name the right one, give this one another cluster name in holdfast.yaml,"
                    + " or say --take-over to follow it from now on");
        }
        var applied = ledger.commit();
        if (applied != null
                && location instanceof RepositoryLocation.Local
                && repository.commitInfo(applied).isEmpty()) {
            return Optional.of("this clone does not know commit " + applied
                    + ", which was applied last: it is out of date, and nothing was touched."
                    + " Pull first, or say --take-over");
        }
        return Optional.empty();
    }

    /// Whether the commit descends from the one that was applied last.
    boolean continues(ConfigRepository repository) {
        var applied = ledger.commit();
        return takeOver
                || applied == null
                || applied.equals(checkout.commit())
                || repository.isAncestor(applied, checkout.commit());
    }

    /// What this very repository called the cluster before: most of what another cluster runs has the names of apps
    /// that are declared here, and the commit that was applied there is one of this repository, which at that
    /// commit had that name. Two folders of one repository, or a fork of it, are clusters of their own.
    ///
    /// @param applied the commit that was applied last under a cluster's name
    Optional<String> formerCluster(ConfigRepository repository, Function<String, @Nullable String> applied) {
        var ours = desired.repository().cluster();
        var declared = desired.apps().stream().map(app -> app.app().name()).collect(Collectors.toSet());
        declared.addAll(desired.broken());
        return live.services().stream()
                .flatMap(service -> service.label(Labels.CLUSTER).stream())
                .filter(cluster -> !cluster.equals(ours))
                .distinct()
                .filter(cluster -> {
                    var there = live.managed(cluster);
                    var meant = there.stream()
                            .filter(service -> declared.contains(service.name()))
                            .count();
                    return meant * 2 > there.size() && calledSo(repository, cluster, applied.apply(cluster));
                })
                .findFirst();
    }

    /// A directory that is no Git repository can only be taken to be the same one.
    private boolean calledSo(ConfigRepository repository, String cluster, @Nullable String commit) {
        if (commit == null || checkout.commit().equals(Checkout.NO_COMMIT)) {
            return commit == null && checkout.commit().equals(Checkout.NO_COMMIT);
        }
        return repository
                .known(commit)
                .map(then ->
                        DesiredReader.read(then.source(), reading).repository().cluster())
                .filter(cluster::equals)
                .isPresent();
    }

    /// A stack of somebody else under our cluster's name: its tools would show, and remove, our apps as theirs.
    Optional<String> foreignStack() {
        var cluster = desired.repository().cluster();
        // The stack of that name is one of this repository: its services are judged one by one.
        if (desired.broken().stream().anyMatch(app -> app.startsWith(cluster + "_"))
                || desired.apps().stream()
                        .anyMatch(declared -> declared.app().stack() != null
                                && declared.app().stack().stack().equals(cluster))) {
            return Optional.empty();
        }
        return live.services().stream()
                .filter(service -> cluster.equals(service.labels().get(Labels.STACK))
                        && !service.labels().containsKey(Labels.CLUSTER)
                        && !service.isHook())
                .filter(service -> desired.apps().stream()
                        .noneMatch(declared ->
                                declared.app().adopt() && declared.app().name().equals(service.name())))
                .findFirst()
                .map(service -> "the cluster name \"" + cluster + "\" is the name of a stack that Holdfast did not make"
                        + " (service " + service.name() + "), and `docker stack rm " + cluster + "` would take the apps"
                        + " with it; give `cluster:` in holdfast.yaml another name");
    }
}

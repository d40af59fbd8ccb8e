package dev.holdfast.daemon;

import dev.holdfast.app.Desired;
import dev.holdfast.git.Checkout;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import java.util.Optional;

/// Whether this state of this repository may steer this Swarm at all (product section 6): a wrong repository, an old
/// clone or an empty one must never look like "remove everything".
final class Lineage {

    private final Checkout checkout;
    private final Desired desired;
    private final Live live;
    private final Ledger ledger;
    private final boolean takeOver;

    Lineage(Checkout checkout, Desired desired, Live live, Ledger ledger, boolean takeOver) {
        this.checkout = checkout;
        this.desired = desired;
        this.live = live;
        this.ledger = ledger;
        this.takeOver = takeOver;
    }

    /// Why the run must stop; empty where it may go on.
    Optional<String> refusal(RepositoryLocation location, ConfigRepository repository) {
        if (!desired.usable()) {
            return Optional.of("the repository says nothing that could be applied, and nothing was touched:"
                    + " an empty or unreadable repository never means \"remove everything\"");
        }
        var foreign = foreignStack();
        if (foreign.isPresent()) {
            return foreign;
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

    /// A stack of somebody else under our cluster's name: its tools would show, and remove, our apps as theirs.
    private Optional<String> foreignStack() {
        var cluster = desired.repository().cluster();
        return live.services().stream()
                .filter(service -> cluster.equals(service.labels().get(Labels.STACK))
                        && !service.labels().containsKey(Labels.CLUSTER))
                .filter(service -> desired.apps().stream()
                        .noneMatch(declared ->
                                declared.app().adopt() && declared.app().name().equals(service.name())))
                .findFirst()
                .map(service -> "the cluster name \"" + cluster + "\" is the name of a stack that Holdfast did not make"
                        + " (service " + service.name() + "); give `cluster:` in holdfast.yaml another name");
    }
}

package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.Repository;
import dev.holdfast.engine.Engine;
import dev.holdfast.git.Checkout;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.GitFailure;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.ledger.LedgerStore;
import dev.holdfast.ledger.LedgerUnusable;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.plan.ImageKnowledge;
import dev.holdfast.plan.SettingChange;
import dev.holdfast.plan.Settings;
import dev.holdfast.report.NoPlan;
import dev.holdfast.yaml.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what a run starts from: the repository at its newest commit, the Swarm and the ledger.
final class PictureReader {

    private final Reconciler.Options options;
    private final ConfigRepository repository;
    private final Engine engine;
    private final LedgerStore store;
    private final Images images;
    private final FollowedTags tags;
    private final AppliedFiles appliedFiles;
    private final Clock clock;
    private final boolean goesOnWithoutGit;
    private volatile @Nullable Repository lastRead;
    private volatile boolean followsTags;
    private @Nullable GitFailure gitAway;

    /// @param goesOnWithoutGit whether the commit applied last will do while the newest cannot be had
    PictureReader(
            Reconciler.Options options,
            ConfigRepository repository,
            Engine engine,
            LedgerStore store,
            Images images,
            FollowedTags tags,
            Clock clock,
            boolean goesOnWithoutGit) {
        this.options = options;
        this.repository = repository;
        this.engine = engine;
        this.store = store;
        this.images = images;
        this.tags = tags;
        this.appliedFiles = new AppliedFiles(repository, options.reading());
        this.clock = clock;
        this.goesOnWithoutGit = goesOnWithoutGit;
    }

    /// What `holdfast.yaml` said when it was read last; null before that. Another thread may ask.
    @Nullable
    Repository lastRead() {
        return lastRead;
    }

    /// Whether some app followed its tag when the files were read last. Another thread may ask.
    boolean followsTags() {
        return followsTags;
    }

    /// The same Swarm beside the commit that was applied last, where the picture is of another one.
    Optional<Picture> asApplied(Picture picture) {
        var applied = picture.ledger().commit();
        return applied == null || applied.equals(picture.checkout().commit()) ? Optional.empty() : applied(picture);
    }

    /// The same Swarm beside the commit that was applied last, as far as it is here.
    Optional<Picture> applied(Picture picture) {
        var applied = picture.ledger().commit();
        return applied == null
                ? Optional.empty()
                : appliedFiles.at(applied).map(files -> picture.at(files.checkout(), files.desired()));
    }

    /// What has changed for Holdfast alone since the commit that was applied last; empty where that is not known.
    List<SettingChange> settings(Picture picture) {
        var applied = picture.ledger().commit();
        return applied == null || applied.equals(picture.commit())
                ? List.of()
                : applied(picture)
                        .map(before -> Settings.changed(before.desired(), picture.desired()))
                        .orElse(List.of());
    }

    /// The same, with what this engine and the registries say of these images.
    Picture asked(Picture picture, Set<String> about) throws InterruptedException {
        return about.isEmpty() ? picture : picture.with(picture.images().with(images.ask(about)));
    }

    /// The same, with what the tags that apps follow mean now.
    Picture withTags(Picture picture) throws InterruptedException {
        var answers = tags.of(picture.desired());
        return picture.with(picture.images().with(new ImageKnowledge(Map.of(), answers, "", Map.of())));
    }

    Desired desired() {
        return DesiredReader.read(repository.checkout().source(), options.reading());
    }

    Ledger ledger(Desired desired) {
        return store.read(desired.repository().cluster(), NameKey::random);
    }

    /// Why this run went on with the commit that was applied last; null where the newest one could be had.
    @Nullable
    GitFailure gitAway() {
        return gitAway;
    }

    Picture read() {
        gitAway = null;
        try {
            return readNewest();
        } catch (GitFailure e) {
            // The server may itself be an app whose node was lost: somebody must start it again.
            var applied = goesOnWithoutGit ? lastApplied() : Optional.<Checkout>empty();
            if (applied.isEmpty()) {
                throw e;
            }
            gitAway = e;
            return read(applied.get());
        }
    }

    /// The commit that the ledger names, where an earlier fetch has brought it.
    private Optional<Checkout> lastApplied() {
        try {
            return Live.services(engine).stream()
                    .flatMap(service -> service.label(Labels.CLUSTER).stream())
                    .distinct()
                    .map(cluster -> store.read(cluster, NameKey::random).commit())
                    .flatMap(commit -> commit == null ? Stream.empty() : repository.known(commit).stream())
                    .findFirst();
        } catch (GitFailure noClone) {
            return Optional.empty();
        }
    }

    private Picture readNewest() {
        var picture = read(repository.checkout());
        // Where the commit does not descend from the one applied last, somebody may just have fetched a newer one and
        // applied that: only what is there now, after the ledger was read, can tell it from a rewritten history.
        return picture.continues() ? picture : read(repository.checkout());
    }

    private Picture read(Checkout checkout) {
        var desired = DesiredReader.read(checkout.source(), options.reading());
        if (!desired.usable()) {
            throw new RunRefused(
                    "the repository says nothing that could be applied, and nothing was touched: an empty or unreadable"
                            + " repository never means \"remove everything\"",
                    desired);
        }
        var live = Live.read(engine);
        var ledger = ledger(desired);
        var lineage = new Lineage(checkout, desired, live, ledger, options.reading(), options.takeOver());
        lineage.foreignStack().ifPresent(message -> {
            throw new RunRefused(message, null, NoPlan.plan(ledger.cluster(), List.of(atCluster(message))));
        });
        lineage.refusal(options.repository(), repository).ifPresent(message -> {
            throw new RunRefused(message, null);
        });
        lastRead = desired.repository();
        followsTags = !FollowedTags.images(desired).isEmpty();
        return new Picture(
                checkout,
                desired,
                live,
                ledger,
                lineage.continues(repository),
                lineage.formerCluster(repository, this::appliedTo).orElse(null),
                new ImageKnowledge(images.volumes(desired, live, clock.instant()), Map.of(), "", Map.of()));
    }

    private static Problem atCluster(String message) {
        return new Problem("holdfast.yaml", 0, 0, "cluster", message, Problem.Severity.ERROR);
    }

    private @Nullable String appliedTo(String cluster) {
        try {
            return store.read(cluster, NameKey::random).commit();
        } catch (LedgerUnusable e) {
            return null; // another cluster's own trouble
        }
    }
}

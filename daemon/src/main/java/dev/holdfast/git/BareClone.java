package dev.holdfast.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our own bare clone of a remote repository. It holds nothing that could not be fetched again, so whatever is wrong
/// with
/// it (a kill in the middle of a fetch, a disk that lies) is cured by throwing it away.
final class BareClone implements ObjectStore {

    private static final Logger LOG = LoggerFactory.getLogger(BareClone.class);

    /// What was asked for last, of whatever kind; also keeps it from being collected as garbage.
    private static final String ASKED = "refs/holdfast/asked";

    /// Every fetch that brings something leaves a pack behind.
    private static final int TOO_MANY_PACKS = 40;

    private final Remote remote;
    private final CloneDirectory directory;
    private @Nullable Repository repository;
    private @Nullable String asked;

    private BareClone(Remote remote, CloneDirectory directory) {
        this.remote = remote;
        this.directory = directory;
    }

    static BareClone of(Remote remote, @Nullable Path cache) {
        return new BareClone(remote, CloneDirectory.take(cache, remote.key()));
    }

    /// The commit or tag that a ref means now, with all its history here.
    synchronized ObjectId update(@Nullable String ref) {
        asked = ref;
        try {
            return updateOnce(ref);
        } catch (Remote.Damaged | IOException | JGitInternalException | IllegalArgumentException damage) {
            renew(damage);
        }
        try {
            return updateOnce(ref);
        } catch (Remote.Damaged damage) {
            throw damage.failure();
        } catch (IOException | JGitInternalException | IllegalArgumentException damage) {
            throw unusable(damage);
        }
    }

    private ObjectId updateOnce(@Nullable String ref) throws IOException {
        try {
            return updateFrom(ref);
        } catch (GitUnreachable unreachable) {
            if (isSound(directory.path())) {
                throw unreachable;
            }
            throw new Remote.Damaged(unreachable);
        }
    }

    private ObjectId updateFrom(@Nullable String ref) throws IOException {
        var clone = open();
        if (ref != null
                && RefNames.isFullCommit(ref)
                && clone.getObjectDatabase().has(ObjectId.fromString(ref))) {
            return ObjectId.fromString(ref);
        }
        var refs = new RefNames(remote.refs(clone), remote.shown());
        return switch (refs.resolve(ref)) {
            case RefNames.Named named -> {
                var have = clone.exactRef(ASKED);
                yield have != null
                                && named.id().equals(have.getObjectId())
                                && clone.getObjectDatabase().has(named.id())
                        ? named.id()
                        : fetch(clone, named);
            }
            case RefNames.Commit commit -> fetch(clone, commit, refs);
        };
    }

    private ObjectId fetch(Repository clone, RefNames.Named named) throws IOException {
        var result = remote.fetch(clone, specs("+" + named.name() + ":" + ASKED));
        var advertised = result.getAdvertisedRef(named.name());
        // It may have moved since its id was asked for.
        var id = advertised == null || advertised.getObjectId() == null ? named.id() : advertised.getObjectId();
        if (!clone.getObjectDatabase().has(id)) {
            throw new IOException("commit " + id.name() + " did not arrive");
        }
        tidy(clone);
        return id;
    }

    private ObjectId fetch(Repository clone, RefNames.Commit commit, RefNames refs) throws IOException {
        remote.fetch(clone, specs(null));
        tidy(clone);
        var found = find(clone, commit);
        if (found == null && commit.isFull()) {
            try {
                remote.fetch(clone, List.of(new RefSpec("+" + commit.text() + ":" + ASKED)));
                found = find(clone, commit);
            } catch (GitFailure | Remote.Damaged notServed) {
                LOG.debug("{} is on no branch, and not served alone: {}", commit.text(), notServed.getMessage());
            }
        }
        if (found == null) {
            throw refs.unknown(commit.text());
        }
        return found;
    }

    /// To JGit a full ID that is not here is damage, and only an abbreviated one is unknown.
    private static @Nullable ObjectId find(Repository clone, RefNames.Commit commit) throws IOException {
        return commit.isFull() && !clone.getObjectDatabase().has(ObjectId.fromString(commit.text()))
                ? null
                : clone.resolve(commit.text() + "^{commit}");
    }

    private static List<RefSpec> specs(@Nullable String extra) {
        var specs = new ArrayList<>(
                List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*")));
        if (extra != null) {
            specs.add(new RefSpec(extra));
        }
        return specs;
    }

    @Override
    public synchronized <T> T read(Reading<T> reading) {
        try {
            return reading.from(open());
        } catch (IOException | JGitInternalException damage) {
            renew(damage);
            update(asked);
        }
        try {
            return reading.from(open());
        } catch (IOException | JGitInternalException damage) {
            throw unusable(damage);
        }
    }

    private GitUnreachable unusable(Exception damage) {
        return new GitUnreachable("the clone of " + remote.shown() + " in " + directory.path() + " cannot be used: "
                + damage.getMessage());
    }

    private Repository open() throws IOException {
        if (repository == null) {
            var path = directory.path();
            if (Files.exists(path) && !FileKey.isGitRepository(path.toFile(), FS.DETECTED)) {
                CloneDirectory.delete(path);
            }
            if (!Files.exists(path)) {
                try (var fresh = new FileRepositoryBuilder()
                        .setGitDir(directory.create().toFile())
                        .setBare()
                        .build()) {
                    fresh.create(true);
                    // JGit would tidy up on a thread of its own, behind our back: see tidy().
                    fresh.getConfig().setInt("gc", null, "auto", 0);
                    fresh.getConfig().setBoolean("gc", null, "autoDetach", false);
                    fresh.getConfig().save();
                }
            }
            directory.sweep();
            repository = new FileRepositoryBuilder()
                    .setGitDir(path.toFile())
                    .setBare()
                    .setMustExist(true)
                    .build();
        }
        return repository;
    }

    /// Whether the clone can be opened and has what its refs name. Asked after a contact has failed, since JGit
    /// does not
    /// say which end it choked on.
    private static boolean isSound(Path path) {
        if (!FileKey.isGitRepository(path.toFile(), FS.DETECTED)) {
            return false;
        }
        try (var clone = new FileRepositoryBuilder()
                .setGitDir(path.toFile())
                .setBare()
                .setMustExist(true)
                .build()) {
            for (var ref : clone.getRefDatabase().getRefs()) {
                if (ref.getObjectId() != null && !clone.getObjectDatabase().has(ref.getObjectId())) {
                    return false;
                }
            }
            return true;
        } catch (IOException | RuntimeException damage) {
            return false;
        }
    }

    private void renew(Exception damage) {
        LOG.warn("the clone of {} is damaged, cloning again: {}", remote.shown(), damage.getMessage());
        closeRepository();
        try {
            CloneDirectory.delete(directory.path());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void tidy(Repository clone) {
        var packs = clone.getDirectory()
                .toPath()
                .resolve("objects/pack")
                .toFile()
                .list((at, name) -> name.endsWith(".pack"));
        if (packs == null
                || packs.length < TOO_MANY_PACKS
                || Thread.currentThread().isInterrupted()) {
            return;
        }
        try (var git = Git.wrap(clone)) {
            // Nobody else reads here, so nothing needs to linger.
            clone.getConfig().setString("gc", null, "pruneExpire", "now");
            clone.getConfig().setString("gc", null, "prunePackExpire", "now");
            git.gc().call();
        } catch (GitAPIException | RuntimeException e) {
            LOG.info("could not tidy up the clone: {}", e.getMessage());
        }
    }

    private void closeRepository() {
        if (repository != null) {
            repository.close();
            repository = null;
        }
    }

    @Override
    public synchronized void close() {
        closeRepository();
        directory.close();
    }
}

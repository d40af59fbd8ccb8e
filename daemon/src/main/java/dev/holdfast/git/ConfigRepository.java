package dev.holdfast.git;

import dev.holdfast.yaml.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// The configuration repository: its files as they are now, and its past.
///
/// Opening it touches no network; [#checkout] does. May be used by several threads. All methods throw [GitUnreachable]
/// where waiting may help and [GitProblem] where a person must put something right.
public final class ConfigRepository implements AutoCloseable {

    private final RepositoryLocation location;
    private final @Nullable ObjectStore store;
    private final Submodules.@Nullable Finder submodules;
    private final @Nullable ClonedSubmodules clones;

    /// Folder in the repository, from its root; empty for the root itself.
    private final String base;

    private final Map<String, String> roots = new HashMap<>();

    private ConfigRepository(
            RepositoryLocation location,
            @Nullable ObjectStore store,
            Submodules.@Nullable Finder submodules,
            @Nullable ClonedSubmodules clones,
            String base) {
        this.location = location;
        this.store = store;
        this.submodules = submodules;
        this.clones = clones;
        this.base = base;
    }

    public static ConfigRepository open(RepositoryLocation location) {
        return open(location, Remote.Timeouts.DEFAULT.silence(), Remote.Timeouts.DEFAULT.total());
    }

    /// @param silence how long a server may say nothing, at least a second
    /// @param total how long one contact with a server may take
    public static ConfigRepository open(RepositoryLocation location, Duration silence, Duration total) {
        return open(location, silence, total, System.getenv());
    }

    /// @param environment names proxies, and where Git's own settings are
    static ConfigRepository open(
            RepositoryLocation location, Duration silence, Duration total, Map<String, String> environment) {
        JGitSettings.install();
        return switch (location) {
            case RepositoryLocation.Remote at -> {
                var timeouts = new Remote.Timeouts(silence, total);
                var remote = Remote.of(at.url(), at.credentials(), timeouts, environment);
                var clones = new ClonedSubmodules(at.cache(), timeouts, environment);
                yield new ConfigRepository(
                        at,
                        BareClone.of(remote, at.cache()),
                        clones.of(at.url(), at.credentials()),
                        clones,
                        folder(at.path()));
            }
            case RepositoryLocation.Local at -> openLocal(at, environment);
        };
    }

    private static ConfigRepository openLocal(RepositoryLocation.Local at, Map<String, String> environment) {
        var directory = real(at.directory());
        var store = LocalStore.around(directory, MachineConfig.of(environment));
        if (store == null) {
            if (at.ref() != null) {
                throw new GitProblem(
                        "\"" + at.ref() + "\" cannot be looked up: " + directory + " is in no Git repository");
            }
            return new ConfigRepository(at, null, null, null, folder(at.path()));
        }
        var workTree = store.workTree();
        var inside = workTree == null || !directory.startsWith(real(workTree))
                ? ""
                : real(workTree).relativize(directory).toString();
        return new ConfigRepository(at, store, LocalSubmodules.of(store), null, folder(Paths.join(inside, at.path())));
    }

    private static String folder(String path) {
        var folder = Paths.normal(path);
        if (folder == null || path.startsWith("/")) {
            throw new GitProblem("the path " + path + " leads out of the repository");
        }
        return folder;
    }

    private static Path real(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new GitProblem("there is no directory " + directory);
        }
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new GitProblem("cannot read the directory " + directory + ": " + e.getMessage());
        }
    }

    /// The state that the location names, as it is now.
    public Checkout checkout() {
        return checkout(location.ref());
    }

    /// Another state of the same repository; null means the default, as in [RepositoryLocation].
    public Checkout checkout(@Nullable String ref) {
        return switch (store) {
            case null -> directory((RepositoryLocation.Local) location);
            case BareClone clone -> commit(clone, clone.update(ref));
            case LocalStore local ->
                ref == null && local.workTree() != null ? workTree(local) : commit(local, lookUp(local, ref));
        };
    }

    /// A commit that is here already, without asking a server; empty where it is not.
    public Optional<Checkout> known(String commit) {
        return store == null || commitInfo(commit).isEmpty()
                ? Optional.empty()
                : Optional.of(commit(store, ObjectId.fromString(commit)));
    }

    private Checkout directory(RepositoryLocation.Local at) {
        var root = real(at.directory());
        return new Checkout(Checkout.NO_COMMIT, null, null, files(root, base, null), true, true);
    }

    private Checkout workTree(LocalStore local) {
        var root = real(Objects.requireNonNull(local.workTree()));
        var head = local.read(repository -> Optional.ofNullable(repository.resolve(Constants.HEAD + "^{commit}")))
                .orElse(null);
        var source = files(root, base, local);
        if (head == null) {
            return new Checkout(Checkout.NO_COMMIT, null, null, source, true, true);
        }
        var subject = commitInfo(head.name()).map(CommitInfo::subject).orElse(null);
        var dirty = local.read(_ -> Dirt.isDirty(local, root, base));
        return new Checkout(head.name(), root(local, head), subject, source, true, dirty);
    }

    private static Source files(Path root, String base, @Nullable LocalStore local) {
        var folder = local == null ? null : inSubmodule(root, base, local);
        if (folder != null) {
            return folder;
        }
        var directory = real(root.resolve(base));
        if (!directory.startsWith(root)) {
            throw new GitProblem("the folder " + base + " is a symlink that leaves " + root);
        }
        try {
            return WorkTreeSource.of(root, directory, local);
        } catch (IOException e) {
            throw new GitProblem("cannot read " + directory + ": " + e.getMessage());
        }
    }

    /// The folder, where it lies in a submodule; else null.
    private static @Nullable Source inSubmodule(Path root, String base, LocalStore local) {
        var done = "";
        for (var part : Paths.parts(base)) {
            done = Paths.join(done, part);
            var path = done;
            if (local.<Boolean>read(repository -> isSubmodule(repository, path))) {
                var place = root.resolve(path);
                var submodule = Files.exists(place.resolve(".git")) ? local.submodule(place) : null;
                if (submodule == null) {
                    throw new GitProblem("the folder " + path + " " + LocalSubmodules.notHere(path));
                }
                return files(real(place), base.substring(Math.min(base.length(), path.length() + 1)), submodule);
            }
        }
        return null;
    }

    private static boolean isSubmodule(Repository repository, String path) throws IOException {
        var entry = repository.readDirCache().getEntry(path);
        return entry != null && entry.getFileMode() == FileMode.GITLINK;
    }

    private Checkout commit(ObjectStore store, ObjectId id) {
        record Found(RevCommit commit, @Nullable TreeSource source) {}
        var found = store.read(repository -> {
            try (var walk = new RevWalk(repository)) {
                if (!(walk.peel(walk.parseAny(id)) instanceof RevCommit commit)) {
                    throw new GitProblem(id.name() + " is no commit");
                }
                var others = Submodules.of(repository, commit.getTree(), Objects.requireNonNull(submodules));
                return new Found(commit, TreeSource.of(store, repository, commit.getTree(), base, others));
            }
        });
        if (found.source() == null) {
            throw new GitProblem("there is no folder \"" + base + "\" in the repository at commit "
                    + found.commit().abbreviate(12).name());
        }
        var subject = CommitInfo.subject(found.commit());
        return new Checkout(found.commit().name(), root(store, found.commit()), subject, found.source(), false, false);
    }

    private synchronized @Nullable String root(ObjectStore store, ObjectId commit) {
        var known = roots.get(commit.name());
        if (known == null) {
            known = new History(store).root(commit).orElse(null);
            roots.clear();
            if (known != null) {
                roots.put(commit.name(), known);
            }
        }
        return known;
    }

    private static ObjectId lookUp(LocalStore local, @Nullable String ref) {
        return local.read(repository -> {
            var asked = ref == null ? Constants.HEAD : ref;
            ObjectId id;
            try {
                id = repository.resolve(asked);
            } catch (IllegalArgumentException notARevision) {
                id = null;
            }
            if (id != null && repository.getObjectDatabase().has(id)) {
                return id;
            }
            var refs = new HashMap<String, Ref>();
            repository.getRefDatabase().getRefs().forEach(each -> refs.put(each.getName(), each));
            var names = new RefNames(refs, repository.getDirectory().toString());
            if (names.resolve(ref) instanceof RefNames.Named named) {
                return named.id();
            }
            throw names.unknown(asked);
        });
    }

    /// Whether one commit is part of the other's past, or the same. False for commits that are not here, as after a
    /// forced push.
    public boolean isAncestor(String older, String newer) {
        return store != null && new History(store).isAncestor(older, newer);
    }

    /// The commit where two histories parted.
    public Optional<String> mergeBase(String one, String other) {
        return store == null ? Optional.empty() : new History(store).mergeBase(one, other);
    }

    /// The state before a commit. Empty where that was none, or is not here.
    public Optional<Checkout> before(String commit) {
        return store == null
                ? Optional.empty()
                : new History(store).parent(commit).flatMap(this::known);
    }

    /// Empty where the commit is not here.
    public Optional<CommitInfo> commitInfo(String commit) {
        return store == null ? Optional.empty() : new History(store).info(commit);
    }

    /// The last commit that changed a file, its removal included.
    ///
    /// @param path as in [Source]
    public Optional<CommitInfo> lastChange(String path, String fromCommit) {
        var normal = Paths.normal(path);
        return store == null || normal == null
                ? Optional.empty()
                : new History(store).lastChange(Paths.join(base, normal), fromCommit);
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
        if (clones != null) {
            clones.close();
        }
    }
}

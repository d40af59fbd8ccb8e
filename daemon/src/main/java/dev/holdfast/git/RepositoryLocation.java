package dev.holdfast.git;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/// Where the configuration repository is, and which state of it is meant.
public sealed interface RepositoryLocation {

    /// Branch, tag, full ref such as `refs/pull/12/head`, or commit; null means the default.
    @Nullable
    String ref();

    /// Another state of the same repository.
    RepositoryLocation at(String otherRef);

    /// The folder inside that holds `holdfast.yaml` and `apps/`; `.` is the root.
    String path();

    /// A repository that is fetched into a clone of our own.
    ///
    /// @param url `https://…`, `ssh://…`, `git@host:path`, `file://…` or a path
    /// @param ref null means the repository's default branch
    /// @param cache directory that keeps the clone from run to run; null means a temporary one
    record Remote(
            String url,
            @Nullable String ref,
            String path,
            Credentials credentials,
            @Nullable Path cache) implements RepositoryLocation {

        private static final String OTHER_REFS = "git-other-refs";

        /// In a clone of its own, kept beside the daemon's: what strangers propose is not fetched into that
        /// one.
        @Override
        public Remote at(String otherRef) {
            return new Remote(
                    url, otherRef, path, credentials, cache == null ? null : cache.resolveSibling(OTHER_REFS));
        }
    }

    /// A directory on this machine, read in place.
    ///
    /// @param directory root of a repository or a folder in one, a bare repository, or no repository at all
    /// @param ref null means the work tree as it is, or `HEAD` of a bare repository
    record Local(Path directory, @Nullable String ref, String path) implements RepositoryLocation {

        @Override
        public Local at(String otherRef) {
            return new Local(directory, otherRef, path);
        }
    }

    /// What `--repo DIR_OR_URL` means.
    static RepositoryLocation parse(
            String directoryOrUrl,
            @Nullable String ref,
            @Nullable String path,
            Credentials credentials,
            @Nullable Path cache) {
        var inside = path == null ? "." : path;
        return isUrl(directoryOrUrl)
                ? new Remote(directoryOrUrl, ref, inside, credentials, cache)
                : new Local(Path.of(directoryOrUrl), ref, inside);
    }

    /// What is wrong with a repository's URL; null where nothing is.
    static @Nullable String faultOfUrl(String url) {
        return dev.holdfast.git.Remote.fault(url);
    }

    /// What is wrong with the name of a state; null where there may be one of that name.
    static @Nullable String faultOfRef(@Nullable String ref) {
        if (ref == null || ref.equals("HEAD")) {
            return null;
        }
        var possible =
                !ref.startsWith("-") && Repository.isValidRefName(ref.startsWith("refs/") ? ref : "refs/heads/" + ref);
        return possible ? null : "must be the name of a branch or tag, a ref such as refs/heads/main, or a commit";
    }

    /// What is wrong with the folder inside; null where nothing is.
    static @Nullable String faultOfPath(String path) {
        return path.startsWith("/") || path.indexOf('\0') >= 0 || Paths.normal(path) == null
                ? "must be a folder in the repository, such as clusters/prod"
                : null;
    }

    /// As Git tells them apart: a scheme, or a colon before any slash (`git@host:path`) that is not part of a
    /// file's name.
    private static boolean isUrl(String text) {
        if (text.contains("://")) {
            return true;
        }
        var colon = text.indexOf(':');
        return colon > 0 && text.lastIndexOf('/', colon) < 0 && !Files.exists(Path.of(text));
    }
}

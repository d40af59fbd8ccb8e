package dev.holdfast.git;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// The submodules of a remote repository, each in a clone of our own. A repository may name others wherever it likes,
/// so they are fetched over https and ssh only (or as the repository itself is), and a login goes to no other server.
final class ClonedSubmodules implements AutoCloseable {

    private static final int MOST_CLONES = 20;

    private final @Nullable Path cache;
    private final Remote.Timeouts timeouts;
    private final Map<String, String> environment;
    private final Map<String, BareClone> clones = new HashMap<>();

    ClonedSubmodules(@Nullable Path cache, Remote.Timeouts timeouts, Map<String, String> environment) {
        this.cache = cache;
        this.timeouts = timeouts;
        this.environment = environment;
    }

    /// Of the repository at that URL.
    Submodules.Finder of(String url, Credentials credentials) {
        return new Below(url, credentials);
    }

    private final class Below implements Submodules.Finder {

        private final String parent;
        private final Credentials credentials;

        Below(String parent, Credentials credentials) {
            this.parent = parent;
            this.credentials = credentials;
        }

        @Override
        public ObjectStore find(Submodules.Named submodule, String path, ObjectId commit) {
            var url = SubmoduleUrl.resolve(parent, submodule.url());
            var clone = cloneOf(url, SubmoduleUrl.credentials(parent, url, credentials));
            clone.update(commit.name());
            return clone;
        }

        @Override
        public Submodules.Finder below(Submodules.Named submodule) {
            var url = SubmoduleUrl.resolve(parent, submodule.url());
            return new Below(url, SubmoduleUrl.credentials(parent, url, credentials));
        }
    }

    private synchronized BareClone cloneOf(String url, Credentials credentials) {
        // The same repository with and without a login are two.
        var key = url + "\0" + credentials;
        var known = clones.get(key);
        if (known == null) {
            if (clones.size() >= MOST_CLONES) {
                throw new GitProblem("there are more than " + MOST_CLONES + " repositories as submodules");
            }
            known = BareClone.of(Remote.of(url, credentials, timeouts, environment), cache);
            clones.put(key, known);
        }
        return known;
    }

    @Override
    public synchronized void close() {
        clones.values().forEach(BareClone::close);
        clones.clear();
    }

    /// Where a submodule is, and who may be told the login.
    static final class SubmoduleUrl {

        private SubmoduleUrl() {}

        /// @param parent URL of the repository that names it
        /// @param url as it stands in `.gitmodules`, perhaps relative to the parent's
        static String resolve(String parent, @Nullable String url) {
            if (url == null || url.isBlank()) {
                throw new GitProblem(".gitmodules gives it no url");
            }
            var resolved = url.startsWith("./") || url.startsWith("../") ? relative(parent, url) : url;
            var fault = Remote.fault(resolved);
            if (fault != null) {
                throw new GitProblem("its url in .gitmodules " + fault);
            }
            if (!isAllowed(scheme(parent), scheme(resolved)) || resolved.startsWith("-") || resolved.contains("::")) {
                throw new GitProblem("its url in .gitmodules must be https://…, ssh://…, git@host:path,"
                        + " or relative to this repository's, such as ../other.git");
            }
            return resolved;
        }

        private static boolean isAllowed(String parent, String submodule) {
            var asTheParent = submodule.equals(parent) && (parent.equals("http") || parent.equals("file"));
            return submodule.equals("https") || submodule.equals("ssh") || asTheParent;
        }

        /// As git-submodule(1) has it: `..` takes away the last part of the parent's URL.
        private static String relative(String parent, String url) {
            var base = parent.replaceFirst("/+$", "");
            var separator = "/";
            var rest = url;
            while (rest.startsWith("./") || rest.startsWith("../")) {
                if (rest.startsWith("./")) {
                    rest = rest.substring(2);
                    continue;
                }
                rest = rest.substring(3);
                var scheme = base.indexOf("://");
                var slash = base.lastIndexOf('/');
                var colon = scheme < 0 ? base.lastIndexOf(':') : -1;
                if (slash > (scheme < 0 ? colon : scheme + 2)) {
                    base = base.substring(0, slash);
                } else if (colon > 0 && separator.equals("/")) {
                    base = base.substring(0, colon);
                    separator = ":";
                } else {
                    throw new GitProblem("its url in .gitmodules, " + url + ", leads out of the server");
                }
            }
            return base + separator + rest;
        }

        private static String scheme(String url) {
            try {
                var uri = new URIish(url);
                var scheme = uri.getScheme();
                return scheme == null ? uri.getHost() == null ? "file" : "ssh" : scheme.toLowerCase(Locale.ROOT);
            } catch (URISyntaxException e) {
                return "";
            }
        }

        /// The parent's, as far as the submodule may have them: a password for the same server only; a key,
        /// since it is told to nobody, for each that is among the known hosts.
        static Credentials credentials(String parent, String url, Credentials credentials) {
            try {
                if (scheme(url).equals("ssh")) {
                    return new Credentials(
                            credentials.sshKeyFile(), credentials.knownHostsFile(), null, null, credentials.caFile());
                }
                var uri = new URIish(url);
                var same = uri.getHost() != null
                        && HttpConnections.isFor(new URIish(parent), uri.getScheme(), uri.getHost(), uri.getPort());
                return same ? credentials : new Credentials(null, null, null, null, credentials.caFile());
            } catch (URISyntaxException e) {
                return Credentials.NONE;
            }
        }
    }
}

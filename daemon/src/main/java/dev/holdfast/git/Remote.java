package dev.holdfast.git;

import dev.holdfast.net.Route;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// The repository at the other end: asks it for its refs and fetches from it, never waiting for longer than it was
/// told.
final class Remote {

    private static final Set<String> SCHEMES = Set.of("file", "http", "https", "ssh");

    /// How long work that nobody waits for any more may take to end.
    private static final Duration TO_END = Duration.ofSeconds(2);

    private final URIish uri;
    private final Credentials credentials;
    private final Timeouts timeouts;
    private final Map<String, String> environment;

    /// @param silence how long the other end may say nothing
    /// @param total how long a fetch may take
    record Timeouts(Duration silence, Duration total) {
        /// Asking for the refs is one short answer; over ssh, JGit does not watch the silence before it.
        Duration question() {
            var twice = silence.multipliedBy(2);
            return twice.compareTo(total) < 0 ? twice : total;
        }

        static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(10));
    }

    private Remote(URIish uri, Credentials credentials, Timeouts timeouts, Map<String, String> environment) {
        this.uri = uri;
        this.credentials = credentials;
        this.timeouts = timeouts;
        this.environment = environment;
    }

    static Remote of(String url, Credentials credentials, Timeouts timeouts, Map<String, String> environment) {
        try {
            var uri = new URIish(url);
            var scheme = uri.getScheme();
            if (scheme != null && !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
                throw new GitProblem("a repository cannot be fetched over " + scheme
                        + ": give https, ssh, git@host:path, file or a path");
            }
            return new Remote(uri, credentials, timeouts, environment);
        } catch (URISyntaxException e) {
            throw new GitProblem("the repository's URL cannot be read: " + e.getReason());
        }
    }

    /// What is wrong with a URL; null where nothing is.
    static @Nullable String fault(String url) {
        if (url.chars().anyMatch(letter -> letter <= ' ' || letter == 0x7f)) {
            return "must not contain blanks";
        }
        try {
            var uri = new URIish(url);
            if (uri.getPort() > 65_535 || uri.getPort() == 0) {
                return "must have a port from 1 to 65535 (got " + uri.getPort() + ")";
            }
            var remote = uri.getScheme() != null && !uri.getScheme().equalsIgnoreCase("file");
            if (remote && (uri.getHost() == null || uri.getHost().isEmpty())) {
                return "must name a host";
            }
            if (remote && uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
                var unused = URI.create(uri.toString()).toURL();
            }
            return null;
        } catch (URISyntaxException | IOException | IllegalArgumentException e) {
            return "must be a URL, with %20 for what a URL cannot hold";
        }
    }

    /// The URL, without what might be a secret.
    String shown() {
        if (!isHttp() || uri.getUser() == null) {
            return uri.setPass(null).toString();
        }
        return uri.setUser(null).setPass(null).toString().replaceFirst("://", "://***@");
    }

    Map<String, Ref> refs(Repository clone) {
        return contact(clone, timeouts.question(), transport -> {
            try (var connection = transport.openFetch()) {
                return Map.copyOf(connection.getRefsMap());
            }
        });
    }

    /// @throws Damaged where the clone, not the other end, seems to be at fault
    FetchResult fetch(Repository clone, List<RefSpec> what) {
        return contact(clone, timeouts.total(), transport -> transport.fetch(NullProgressMonitor.INSTANCE, what));
    }

    /// A failure that a fresh clone might cure.
    static final class Damaged extends RuntimeException {
        private final GitFailure failure;

        Damaged(GitFailure failure) {
            super(failure.getMessage());
            this.failure = failure;
        }

        GitFailure failure() {
            return failure;
        }
    }

    @FunctionalInterface
    private interface Contact<T> {
        T with(Transport transport) throws IOException;
    }

    private <T> T contact(Repository clone, Duration limit, Contact<T> contact) {
        var password = PasswordAccess.of(credentials, uri);
        var ssh = isSsh() ? SshAccess.of(credentials, clone.getDirectory().toPath()) : null;
        var http = isHttp() ? HttpAccess.of(environment, credentials.caFile()) : null;
        var way = http == null ? null : http.route(uri.toPrivateString());
        var failures = new RemoteFailures(shown(), secrets(password, way), way);
        try (ssh) {
            return inTime(limit, () -> {
                try (var transport = Transport.open(clone, uri)) {
                    transport.setTimeout(
                            Math.toIntExact(Math.max(1, timeouts.silence().toSeconds())));
                    transport.setCredentialsProvider(password);
                    transport.setTagOpt(TagOpt.NO_TAGS);
                    transport.setRemoveDeletedRefs(true);
                    if (ssh != null) {
                        ssh.configure(transport);
                    }
                    if (http != null && transport instanceof TransportHttp over) {
                        over.setHttpConnectionFactory(new HttpConnections(http, uri));
                    }
                    return contact.with(transport);
                }
            });
        } catch (ExecutionException e) {
            var refusal = ssh == null ? null : ssh.refusal();
            if (refusal != null) {
                throw new GitProblem(refusal);
            }
            if (password.stranger() != null) {
                throw new GitProblem(shown() + " redirects to " + password.stranger()
                        + ", which asks for a login: user and password are sent to no other server; write its URL");
            }
            var failure = failures.of(e.getCause() == null ? e : e.getCause());
            throw RemoteFailures.isDamage(e) ? new Damaged(failure) : failure;
        }
    }

    /// Runs on a virtual thread, since there an interrupt also ends a read from a socket: neither a server that
    /// drips byte after byte nor a stop of the program has to be waited for.
    private <T> T inTime(Duration limit, Callable<T> work) throws ExecutionException {
        var task = new FutureTask<>(work);
        var thread = Thread.ofVirtual().name("git ", 0).start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end(thread);
            throw new GitUnreachable("cannot reach " + shown() + ": no answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            end(thread);
            Thread.currentThread().interrupt();
            throw new GitUnreachable("stopped while reading " + shown());
        }
    }

    private void end(Thread thread) {
        try {
            // A repository on this machine is served by a thread of JGit's own, which prints its stack where the
            // reader goes away; there is no silence to wait for, so it may come to its end.
            if (isLocal() && thread.join(TO_END)) {
                return;
            }
            thread.interrupt();
            thread.join(TO_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isLocal() {
        return uri.getScheme() == null ? uri.getHost() == null : uri.getScheme().equalsIgnoreCase("file");
    }

    private boolean isSsh() {
        return uri.getScheme() == null ? uri.getHost() != null : uri.getScheme().equalsIgnoreCase("ssh");
    }

    private boolean isHttp() {
        var scheme = uri.getScheme();
        return scheme != null && scheme.toLowerCase(Locale.ROOT).startsWith("http");
    }

    private List<String> secrets(PasswordAccess access, @Nullable Route way) {
        var secrets = new ArrayList<String>();
        var proxy = way instanceof Route.Through(var through) ? through : null;
        for (var secret : new @Nullable String[] {
            access.password(),
            uri.getPass(),
            isHttp() ? uri.getUser() : null,
            proxy == null ? null : proxy.password(),
            proxy == null ? null : proxy.authorization()
        }) {
            if (secret != null && !secret.isEmpty()) {
                secrets.add(secret);
            }
        }
        return secrets;
    }

    static String encoded(String secret) {
        return URLEncoder.encode(secret, StandardCharsets.UTF_8);
    }

    /// Distinguishes clones in one cache.
    String key() {
        return uri.setPass(null).toString();
    }
}

package dev.holdfast.git;

import dev.holdfast.net.CertificateRefused;
import dev.holdfast.net.Route;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.jspecify.annotations.Nullable;

/// Tells what went wrong with a remote repository from what JGit throws: something to wait for, or something that a
/// person must put right.
final class RemoteFailures {

    private static final List<String> REFUSED = List.of(
            "not authorized",
            "authentication is required",
            "authentication not supported",
            "auth fail",
            "no more authentication methods",
            "no more authentication methods available",
            "cannot log in",
            "permission denied");

    /// What Java says of a tunnel, and JGit of an answer.
    private static final Pattern PROXY_LOGIN = Pattern.compile("\\b407\\b");

    private static final String AUTHORITY = ": put the authority's certificate (PEM) into repository.ca_file,"
            + " Git's http.sslCAInfo or the system's store";

    private final String where;
    private final Collection<String> secrets;
    private final @Nullable Route way;

    /// @param where the repository, as it may be shown to people
    /// @param secrets what must never be in a message
    /// @param way over which it is reached; null where it is not over http
    RemoteFailures(String where, Collection<String> secrets, @Nullable Route way) {
        this.where = where;
        this.secrets = secrets;
        this.way = way;
    }

    GitFailure of(Throwable failure) {
        var chain = chain(failure);
        for (var cause : chain) {
            if (cause instanceof GitFailure ours) {
                return ours;
            }
        }
        for (var cause : chain) {
            if (cause instanceof CertificateRefused refused) {
                return new GitProblem(clean("cannot reach " + where + ": " + text(refused)
                        + (refused.unknownAuthority() ? AUTHORITY : "")));
            }
        }
        var said = String.join("\n", chain.stream().map(RemoteFailures::text).toList())
                .toLowerCase(Locale.ROOT);
        if (way instanceof Route.Through(var proxy) && PROXY_LOGIN.matcher(said).find()) {
            return new GitProblem(clean("cannot reach " + where + ": " + proxy.told()
                    + " refuses the login: check user and password there"));
        }
        if (REFUSED.stream().anyMatch(said::contains)) {
            return problem("refuses the login: check user, password, token or key", chain);
        }
        if (said.contains("not permitted")) {
            return problem("does not let this user read it", chain);
        }
        if (has(chain, NotSupportedException.class)) {
            return problem("is no kind of URL that can be fetched", chain);
        }
        if (has(chain, NoRemoteRepositoryException.class) || said.contains("repository not found")) {
            return problem("is not a Git repository, or this user may not know of it", chain);
        }
        return new GitUnreachable(clean("cannot reach " + where + ": " + reason(chain) + way(chain)));
    }

    private String way(List<Throwable> chain) {
        var unknownHost = has(chain, UnknownHostException.class);
        return way != null && (unknownHost || way instanceof Route.Through) ? " (" + way.told() + ")" : "";
    }

    /// Whether a failure may come from our own copy, so that a fresh one is worth a try.
    static boolean isDamage(Throwable failure) {
        return chain(failure).stream()
                .anyMatch(cause -> cause instanceof MissingObjectException
                        || cause instanceof CorruptObjectException
                        || cause instanceof PackInvalidException
                        || cause instanceof PackMismatchException
                        || cause instanceof LockFailedException
                        || cause instanceof FileNotFoundException
                        || cause instanceof NoSuchFileException);
    }

    private GitProblem problem(String what, List<Throwable> chain) {
        return new GitProblem(clean(where + " " + what + " (" + reason(chain) + ")"));
    }

    private static boolean has(List<Throwable> chain, Class<?> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static String reason(List<Throwable> chain) {
        for (var cause : chain.reversed()) {
            var known = switch (cause) {
                case UnknownHostException unknown -> "unknown host " + unknown.getMessage();
                case SocketTimeoutException ignored -> "no answer in time";
                case TimeoutException ignored -> "no answer in time";
                case ConnectException refused -> text(refused);
                case NoRouteToHostException noRoute -> text(noRoute);
                case SSLException tls
                when text(tls).contains("Unsupported or unrecognized SSL message") ->
                    "TLS: there is none at this port: is it http://?";
                case SSLException tls -> "TLS: " + text(tls);
                case IOException tunnel
                when text(tunnel).startsWith("Unable to tunnel") ->
                    "the proxy answered " + text(tunnel).replaceFirst("(?s)^.*returns \"(.*)\"$", "$1");
                default -> "";
            };
            if (!known.isEmpty()) {
                return known;
            }
        }
        return chain.stream()
                .map(RemoteFailures::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }

    private static String text(Throwable cause) {
        var message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static List<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        for (Throwable cause = failure; cause != null && chain.size() < 20; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private String clean(String message) {
        var clean = message.replaceAll("[\\r\\n]+", " ");
        for (var secret : (Iterable<String>)
                Stream.concat(secrets.stream(), secrets.stream().map(Remote::encoded))::iterator) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }
}

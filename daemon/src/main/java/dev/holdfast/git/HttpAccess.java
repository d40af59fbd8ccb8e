package dev.holdfast.git;

import dev.holdfast.net.Certificates;
import dev.holdfast.net.Proxies;
import dev.holdfast.net.ProxyUnusable;
import dev.holdfast.net.Route;
import dev.holdfast.net.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How servers are reached over http and https: by our own settings, Git's (`http.sslCAInfo`, `http.proxy` and their
/// like) and the environment. Files are read again each time, so that a changed certificate needs no restart.
public final class HttpAccess {

    private static final Logger LOG = LoggerFactory.getLogger(HttpAccess.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final Map<String, String> environment;
    private final MachineConfig machine;
    private final @Nullable Path caFile;

    private HttpAccess(Map<String, String> environment, @Nullable Path caFile) {
        this.environment = environment;
        this.machine = MachineConfig.of(environment);
        this.caFile = caFile;
    }

    /// @param caFile authorities that are trusted besides all others
    static HttpAccess of(Map<String, String> environment, @Nullable Path caFile) {
        return new HttpAccess(environment, caFile);
    }

    public static HttpAccess of(Map<String, String> environment) {
        return new HttpAccess(environment, null);
    }

    /// @throws GitProblem where a file with authorities that somebody has named cannot be read
    public SSLContext tls(String url) {
        var uri = uri(url);
        sayThatTheCheckStays(uri);
        var named = new ArrayList<X509Certificate>();
        if (caFile != null) {
            named.addAll(certificates("repository.ca_file", caFile));
        }
        var variable = environment.getOrDefault("GIT_SSL_CAINFO", "");
        if (!variable.isEmpty()) {
            named.addAll(certificates("GIT_SSL_CAINFO", Path.of(variable)));
        }
        machine.http("sslCAInfo", uri)
                .filter(file -> !file.isEmpty())
                .ifPresent(file -> named.addAll(certificates("http.sslCAInfo", machine.path(file))));
        var places = new ArrayList<Path>();
        machine.http("sslCAPath", uri)
                .filter(path -> !path.isEmpty())
                .map(machine::path)
                .ifPresent(places::add);
        var directory = environment.getOrDefault("GIT_SSL_CAPATH", "");
        if (!directory.isEmpty()) {
            places.add(Path.of(directory));
        }
        try {
            return Trust.of(environment, named, places).context();
        } catch (IOException e) {
            throw new GitProblem(String.valueOf(e.getMessage()));
        }
    }

    private static List<X509Certificate> certificates(String setting, Path file) {
        try {
            return Certificates.of(file);
        } catch (IOException e) {
            throw new GitProblem("cannot read " + file + " of " + setting + ": " + e.getMessage());
        }
    }

    /// @throws GitProblem where a proxy is set that cannot be used
    public Route route(String url) {
        var uri = uri(url);
        var scheme = String.valueOf(uri.getScheme());
        try {
            return new Proxies(environment)
                    .to(
                            scheme,
                            String.valueOf(uri.getHost()),
                            UrlPattern.port(scheme, uri.getPort()),
                            machine.http("proxy", uri).orElse(null),
                            "Git's http.proxy");
        } catch (ProxyUnusable e) {
            throw new GitProblem(String.valueOf(e.getMessage()));
        }
    }

    private void sayThatTheCheckStays(URIish uri) {
        var said = environment.containsKey("GIT_SSL_NO_VERIFY")
                ? "GIT_SSL_NO_VERIFY"
                : machine.http("sslVerify", uri)
                        .filter(value -> value.matches("(?i)false|no|off|0"))
                        .map(value -> "http.sslVerify")
                        .orElse(null);
        if (said != null && SAID.compareAndSet(false, true)) {
            LOG.warn(
                    "{} is not followed: certificates are always checked. Put the authority of one that is not"
                            + " accepted into repository.ca_file, http.sslCAInfo or the system's store",
                    said);
        }
    }

    private static URIish uri(String url) {
        try {
            return new URIish(url);
        } catch (java.net.URISyntaxException e) {
            throw new GitProblem("the URL cannot be read: " + e.getReason());
        }
    }
}

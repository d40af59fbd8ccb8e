package dev.holdfast.net;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which proxy the environment gives to a server, as curl and Git read it: the variables in lower case first.
public final class Proxies {

    static {
        // Java sends no password to a proxy that is asked for a tunnel, unless told so before the first connection.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    private final Map<String, String> environment;

    public Proxies(Map<String, String> environment) {
        this.environment = environment;
    }

    /// @param scheme `http` or `https`
    /// @param configured what a setting says in place of the variables: a proxy's URL, or nothing for none
    /// @param source which setting that is
    /// @throws ProxyUnusable where one is named that cannot be used
    public Route to(String scheme, String host, int port, @Nullable String configured, String source) {
        if (configured != null && configured.isBlank()) {
            return new Route.Direct(source + " is empty");
        }
        var name = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
        var found = configured == null ? firstOf(List.of(name, "ALL_PROXY")) : new Named(source, configured);
        if (found == null) {
            return new Route.Direct(name + " is not set");
        }
        var excepted = firstOf(List.of("NO_PROXY"));
        if (excepted != null && new NoProxy(excepted.value()).holdsFor(host, port)) {
            return new Route.Direct(excepted.name() + " names " + host);
        }
        return new Route.Through(ProxyServer.parse(found.value(), found.name()));
    }

    private record Named(String name, String value) {}

    private @Nullable Named firstOf(List<String> names) {
        for (var name : names) {
            for (var spelt : List.of(name.toLowerCase(Locale.ROOT), name)) {
                var value = environment.get(spelt);
                if (value != null && !value.isBlank()) {
                    return new Named(spelt, value);
                }
            }
        }
        return null;
    }
}

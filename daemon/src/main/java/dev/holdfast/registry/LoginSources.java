package dev.holdfast.registry;

import dev.holdfast.engine.EngineAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Where credentials for registries are looked for.
///
/// @param logins of the daemon's settings, by registry; they go before the Docker client's
/// @param config the Docker client's configuration
/// @param required whether that file must be there
/// @param environment of the credential helpers
public record LoginSources(Map<String, Login> logins, Path config, boolean required, Map<String, String> environment) {

    /// Docker Hub has several names; they mean the same here.
    public LoginSources {
        var byHost = new HashMap<String, Login>();
        logins.forEach((key, login) -> byHost.put(Servers.host(key), login));
        logins = Map.copyOf(byHost);
    }

    /// @param passwordFile read anew for each run
    public record Login(String username, Path passwordFile) {}

    /// The configuration that the Docker client itself would use.
    public static LoginSources ofClient(Map<String, String> environment) {
        return of(Map.of(), environment);
    }

    /// @param logins of the daemon's settings, which go before that configuration
    public static LoginSources of(Map<String, Login> logins, Map<String, String> environment) {
        return new LoginSources(
                logins, EngineAddress.dockerFolder(environment).resolve("config.json"), false, environment);
    }

    /// Not the environment, which may hold anything.
    @Override
    public String toString() {
        return "credentials for " + logins.keySet() + " and those in " + config;
    }
}

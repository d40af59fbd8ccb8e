package dev.holdfast.registry;

import java.util.Set;

/// The names of registries, which Docker's configuration spells in more than one way.
final class Servers {

    /// What images without a host are taken from.
    static final String HUB = "docker.io";

    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final Set<String> HUB_NAMES = Set.of(HUB, "index.docker.io", "registry-1.docker.io");

    private Servers() {}

    /// The host, and the port where one is written, of a key such as `https://registry.example.com/v1/`.
    static String host(String key) {
        var bare = key.strip().replaceFirst("^https?://", "");
        var slash = bare.indexOf('/');
        var host = slash < 0 ? bare : bare.substring(0, slash);
        return HUB_NAMES.contains(host) ? HUB : host;
    }

    /// As the Docker client calls a registry in its configuration and before credential helpers.
    static String key(String host) {
        return host.equals(HUB) ? HUB_KEY : host;
    }
}
